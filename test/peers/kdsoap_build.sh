#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds kdsoap-client and kdsoap-server out of the WSDL that a server gives out.
# usage: kdsoap_build.sh SOURCE_ROOT OUTPUT_FOLDER WSDL_URL
set -eu
source=$1
out=$2
wsdl=$3
parts='Qt5Core Qt5Network Qt5Xml'
moc=$(pkg-config --variable=host_bins Qt5Core)/moc
include=$(pkg-config --variable=prefix Qt5Core)/include
mkdir -p "$out"
cd "$out"

# build NAME LIBRARY [OPTION...]: kdwsdl2cpp's options.
build() {
    name=$1
    library=$2
    shift 2
    kdwsdl2cpp "$@" -both "$name" "$wsdl"
    "$moc" "-I$include" "$name.h" -o "moc_$name.cpp"
    "$moc" "-I$include" -I. "$source/test/peers/kdsoap_$name.cpp" -o "$name.moc"
    # Word splitting is wanted: the flags.
    # shellcheck disable=SC2046
    ${CXX:-c++} -fPIC -w -I. $(pkg-config --cflags $parts) \
        -o "kdsoap-$name" "$source/test/peers/kdsoap_$name.cpp" "$name.cpp" \
        "moc_$name.cpp" "-l$library" -lkdsoap $(pkg-config --libs $parts)
}

build client kdsoap
build server kdsoap-server -server
