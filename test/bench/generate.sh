#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Generates and compiles the largest WSDLs of a collection, and prints a table:
# size, seconds and memory of the generator and of gcc -O2.
# usage: generate.sh [--gsoap] [DIR]
# DIR: default ../shared/corpus. --gsoap: wsdl2h, soapcpp2 and gcc beside it in
# the same run, which takes minutes and 2 GB. Work goes to build-bench.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/samples/setup.sh"
gsoap=
if [ "${1-}" = --gsoap ]; then
    gsoap=yes
    shift
fi
corpus=${1:-$root/../shared/corpus}
work=$root/build-bench/generate
units='wasabi/spec/fixtures/economic.wsdl gowsdl/fixtures/vboxweb.wsdl
    packagegenerator/tests/resources/ews/services.wsdl'

# shellcheck disable=SC2086
setup_install $build_packages time ${gsoap:+gsoap}
[ -f "$root/build-bench/build.ninja" ] ||
    meson setup "$root/build-bench" "$root" -Dbuildtype=release \
        -Db_sanitize=none >/dev/null
setup_build "$root/build-bench" gcc codegen/sebon

# measure COMMAND...: sets $seconds (of the processor) and $megabytes
measure() {
    /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" >"$work/log" 2>&1 ||
        { tail -n 3 "$work/log" >&2; return 1; }
    seconds=$(awk 'END { printf "%.2f", $1 + $2 }' "$work/time")
    megabytes=$(awk 'END { printf "%.0f", $3 / 1024 }' "$work/time")
}

row() { # tool unit step bytes
    printf '%-8s %-16s %-9s %9s %8s %6s\n' "$1" "$2" "$3" "$4" "$seconds" \
        "$megabytes"
}

bytes() { cat "$@" | wc -c; }

rm -rf "$work"
mkdir -p "$work"
printf '%-8s %-16s %-9s %9s %8s %6s\n' tool WSDL step bytes 'CPU s' MB
for unit in $units; do
    if [ ! -e "$corpus/$unit" ]; then
        echo "$unit: not there, skipped"
        continue
    fi
    name=$(basename "$unit")
    out=$work/$name
    mkdir -p "$out/sebon" "$out/gsoap"
    measure "$root/build-bench/codegen/sebon" generate "$corpus/$unit" \
        --out "$out/sebon"
    row sebon "$name" generate "$(bytes "$out"/sebon/*)"
    measure gcc -O2 -c -I"$root/include" -I"$out/sebon" "$out"/sebon/*.c \
        -o "$out/sebon/all.o"
    row sebon "$name" 'gcc -O2' "$(bytes "$out"/sebon/all.o)"
    [ -n "$gsoap" ] || continue
    measure wsdl2h -c -o "$out/gsoap/all.h" "$corpus/$unit"
    row gsoap "$name" wsdl2h "$(bytes "$out"/gsoap/all.h)"
    (cd "$out/gsoap" && measure soapcpp2 -c -C -x -w \
        -I/usr/share/gsoap/import all.h && row gsoap "$name" soapcpp2 \
        "$(cat ./*.c ./*.h | wc -c)")
    for file in soapC soapClient; do
        measure gcc -O2 -c -I"$out/gsoap" "$out/gsoap/$file.c" \
            -o "$out/gsoap/$file.o"
        row gsoap "$name" "$file.c" "$(bytes "$out/gsoap/$file.o")"
    done
done
