#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# KDSoap's client, made by kdwsdl2cpp from the WSDL that our server gives out,
# calls it; our clients call KDSoap's server.
. "$(dirname "$0")/lib.sh"
need_command kdwsdl2cpp
need_command c++
pkg-config --exists Qt5Network Qt5Xml || skip_all "Qt5 is not installed"
start_calculator
sh "$source/test/peers/kdsoap_build.sh" "$source" "$scratch/kdsoap" \
    "$url?wsdl" >"$scratch/build.log" 2>&1 || {
    sed 's/^/# /' "$scratch/build.log"
    echo "Bail out! the KDSoap peer does not build"
    exit 1
}
for case in add subtract multiply divide fault many; do
    check "KDSoap: $case" "$scratch/kdsoap/kdsoap-client" "$url" "$case"
done

start kdsoap.log 'http://127.0.0.1:[0-9]*' "$scratch/kdsoap/kdsoap-server"
check_our_clients "$found" "KDSoap's server"
finish
