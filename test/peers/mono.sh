#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# WCF's how-to with Mono: svcutil makes a client from our server's /mex, which
# calls it; our clients call Mono's ServiceHost.
. "$(dirname "$0")/lib.sh"
need_command svcutil
need_command mcs
need_command mono
peers=$source/test/peers/mono
cd "$scratch" || exit 1
printf '%s\n' 'Add Result: 115.99' 'Subtract Result: 68.46' \
    'Multiply Result: 731.25' 'Divide Result: 3.142857' >howto.results
printf '%s\n' 'http://Microsoft.ServiceModel.Samples ICalculator' \
    Add Subtract Multiply Divide >mex.results

compile() { # PROGRAM SOURCE...
    program=$1
    shift
    mcs -out:"$program.exe" -r:System.ServiceModel \
        -r:System.Runtime.Serialization "$@"
}

howto() {
    svcutil -n:Microsoft.ServiceModel.Samples "$url/mex" -a -tcv:Version35 &&
        compile howto output.cs "$peers/HowTo.cs" &&
        prints howto.results mono howto.exe "$url"
}

mex() {
    compile mex "$peers/Mex.cs" && prints mex.results mono mex.exe "$url/mex"
}

start_calculator
check "the how-to: svcutil and mcs make a client, which prints its results" \
    howto
check "WS-MetadataExchange gives the contract" mex

check "a service on ServiceHost compiles" compile service "$peers/Service.cs"
start service.log 'http://127[^ ]*' mono service.exe
check_our_clients "$found" "Mono's ServiceHost"
finish
