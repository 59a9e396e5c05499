#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gSOAP's C client calls our server; our clients call gSOAP's C server.
. "$(dirname "$0")/lib.sh"
need_command wsdl2h
need_command soapcpp2
sh "$source/test/peers/gsoap_build.sh" "$source" "$scratch/gsoap" \
    >"$scratch/build.log" 2>&1 || {
    sed 's/^/# /' "$scratch/build.log"
    echo "Bail out! the gSOAP peer does not build"
    exit 1
}
start_calculator
for case in add subtract multiply divide fault many; do
    check "gSOAP: $case" "$scratch/gsoap/gsoap-client" "$url" "$case"
done

start gsoap.log 'http://127.0.0.1:[0-9]*' "$scratch/gsoap/gsoap-server" 0 4
check_our_clients "$found/calculator" "gSOAP's server"
finish
