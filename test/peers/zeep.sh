#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# python3-zeep calls our server.
. "$(dirname "$0")/lib.sh"
/usr/bin/python3 -c 'import zeep' 2>/dev/null ||
    skip_all "python3-zeep is not installed"
start_calculator
for case in add subtract multiply divide fault many; do
    check "zeep: $case" /usr/bin/python3 "$source/test/peers/zeep_client.py" \
        "$wsdl" "$url" "$case"
done
finish
