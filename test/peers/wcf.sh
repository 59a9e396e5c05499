#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Microsoft's WCF client calls our server; our clients call SoapCore's, on
# ASP.NET Core. Packages come from where the machine's NuGet gets them.
. "$(dirname "$0")/lib.sh"
need_command dotnet
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
programs=$build/test/peers
wcf=$programs/wcf
rm -rf "$wcf"
mkdir -p "$wcf"
cp -R "$source/test/peers/wcf/." "$wcf"

# restore, build client|service: into $wcf/bin-..., 100 s at most each.
restore() {
    timeout 100 dotnet restore "$wcf/$1" >"$scratch/restore.log" 2>&1
}
build() {
    timeout 100 dotnet build --no-restore -c Release -v quiet \
        -p:UseSharedCompilation=false -o "$wcf/bin-$1" "$wcf/$1" \
        >"$scratch/build.log" 2>&1 || {
        sed 's/^/# /' "$scratch/build.log"
        echo "Bail out! the $1 for .NET does not build"
        exit 1
    }
}
restore client || skip_all "NuGet does not have WCF's client"
build client

start_calculator
start orders.log 'http://127[^ ]*' "$programs/wcf-server"
timeout 100 dotnet "$wcf/bin-client/client.dll" "$url" "$found" \
    >"$scratch/wcf" 2>&1
while IFS= read -r line; do
    case $line in
    'ok '* | 'not ok '*)
        tests=$((tests + 1))
        [ "${line%%ok *}" = "" ] || failures=$((failures + 1))
        echo "${line%%ok *}ok $tests - WCF client: ${line#*ok }"
        ;;
    *) echo "$line" ;;
    esac
done <"$scratch/wcf"
[ $tests -gt 0 ] || {
    echo "Bail out! no call was made"
    exit 1
}

restore service || {
    echo "ok $((tests += 1)) - SoapCore # SKIP NuGet does not have it"
    finish
}
build service
start service.log 'http://127[^ ]*' dotnet "$wcf/bin-service/service.dll"
check_our_clients "$found/calculator" "SoapCore's service"
for door in sync begin-end events; do
    for soap in '' --soap12; do
        # shellcheck disable=SC2086
        check "our $door client, SoapCore's data and faults $soap" \
            "$programs/wcf-client" $soap "$found/orders" "$door"
    done
done
finish
