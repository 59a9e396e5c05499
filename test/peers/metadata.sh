#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Other people's tools read the metadata that our server gives out, and call it
# at the address it tells. Those that are not installed are skipped. Only
# svcutil speaks WS-MetadataExchange itself; the others read what /mex answered.
. "$(dirname "$0")/lib.sh"
peers=$source/test/peers
start metadata.log 'http://127[^ ]*' "$build/test/peers/metadata-server"
at=$found

skip() {
    tests=$((tests + 1))
    echo "ok $tests - $1 # SKIP not installed"
}

# The documents of /mex, as files. A folder has one WSDL that has the service.
mkdir "$scratch/mex"
for service in calculator parts; do
    check "download: $service/mex" "$build/codegen/sebon" download \
        "$at/$service/mex" --out "$scratch/mex/$service"
done
with_service() {
    grep -l '<wsdl:service ' "$scratch/mex/$1"/*.wsdl
}

# each NAME COMMAND...: with the address and an operation behind it.
each() {
    tool=$1
    shift
    for form in wsdl singleWsdl; do
        check "$tool: calculator ?$form" "$@" "$at/calculator?$form" Add
        check "$tool: many files ?$form" "$@" "$at/parts?$form" Find
    done
    check "$tool: calculator /mex" "$@" "$(with_service calculator)" Add
    check "$tool: many files /mex" "$@" "$(with_service parts)" Find
}

if /usr/bin/python3 -c 'import zeep' 2>/dev/null; then
    each zeep /usr/bin/python3 "$peers/metadata_zeep.py"
else
    skip zeep
fi

php="php -n -d extension=soap"
$php -r 'exit(class_exists("SoapClient") ? 0 : 1);' 2>/dev/null || php=php
if $php -r 'exit(class_exists("SoapClient") ? 0 : 1);' 2>/dev/null; then
    # shellcheck disable=SC2086
    each PHP $php "$peers/metadata_php.php"
else
    skip PHP
fi

reads_wsdl2h() {
    wsdl2h -c -o "$scratch/peer.h" "$1" >"$scratch/wsdl2h.log" 2>&1 &&
        grep -q "__$2(\|__[a-z0-9]*__$2(" "$scratch/peer.h" || {
        cat "$scratch/wsdl2h.log"
        return 1
    }
}
if command -v wsdl2h >/dev/null; then
    each wsdl2h reads_wsdl2h
else
    skip wsdl2h
fi

reads_kdwsdl2cpp() {
    (cd "$scratch" && kdwsdl2cpp -o peer.h "$1") &&
        grep -qi "async$2(" "$scratch/peer.h"
}
if command -v kdwsdl2cpp >/dev/null; then
    each KDSoap reads_kdwsdl2cpp
else
    skip KDSoap
fi

# npm install soap, and NODE_PATH says where.
if node -e 'require("soap")' 2>/dev/null; then
    each node node "$peers/metadata_node.js"
else
    skip "node soap"
fi

reads_mono() {
    rm -rf "$scratch/mono"
    mkdir "$scratch/mono" && (cd "$scratch/mono" &&
        svcutil -n:Microsoft.ServiceModel.Samples "$1" -a -tcv:Version35 &&
        grep -q "${2-Add}Completed" ./*.cs && mcs -target:library \
        -r:System.ServiceModel -r:System.Runtime.Serialization ./*.cs)
}
if command -v svcutil >/dev/null && command -v mcs >/dev/null; then
    check "Mono's svcutil: /mex" reads_mono "$at/calculator/mex"
    check "Mono's svcutil: ?wsdl" reads_mono "$at/calculator?wsdl"
    check "Mono's svcutil: many files" reads_mono "$at/parts/mex" Find
else
    skip "Mono's svcutil"
fi
finish
