#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds gsoap-client and gsoap-server out of the calculator's WSDL.
# usage: gsoap_build.sh SOURCE_ROOT OUTPUT_FOLDER
set -eu
source=$1
out=$2
mkdir -p "$out"
cd "$out"
cp "$source/samples/calculator/calculator.wsdl" .
rm -f ./*.nsmap # of an earlier build
wsdl2h -c -o calculator.h calculator.wsdl
soapcpp2 -c -x calculator.h
# The name of the namespace table comes from the binding's.
mv ./*.nsmap calculator.nsmap
for peer in client server; do
    main=$(echo $peer | sed 's/^./\U&/')
    ${CC:-cc} -O2 -w -I. -o gsoap-$peer "$source/test/peers/gsoap_$peer.c" \
        soapC.c soap$main.c -lgsoap -lpthread -lm
done
