#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Generates and compiles the largest WSDLs of a collection, and prints a table:
# size, seconds of the processor and memory of the generator and of gcc -O2.
# usage: generate.sh [--gsoap] [DIR]
# DIR: holds INDEX.tsv and what it lists; default ../shared/corpus. --gsoap:
# wsdl2h, soapcpp2 and gcc beside it in the same run, 300 s each at most, which
# takes minutes and 2 GB; the table goes to test/bench/generate.md, too. Work
# goes to build-bench.
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
if [ ! -f "$corpus/INDEX.tsv" ]; then
    echo "$corpus/INDEX.tsv: no such file" >&2
    exit 1
fi

# shellcheck disable=SC2086
setup_install $build_packages time ${gsoap:+gsoap}
[ -f "$root/build-bench/build.ninja" ] ||
    meson setup "$root/build-bench" "$root" -Dbuildtype=release \
        -Db_sanitize=none >/dev/null
setup_build "$root/build-bench" gcc codegen/sebon

# The three largest that are whole, or lack what the tool knows.
units() {
    awk -F '\t' 'NR == 1 {
            for (i = 1; i <= NF; i++) column[$i] = i
            next
        }
        $column["class"] ~ /^(clean|well-known|unresolved)$/ {
            print $column["bytes"] "\t" $column["unit"]
        }' "$corpus/INDEX.tsv" | sort -rn | head -n 3 | cut -f 2
}

# measure COMMAND...: sets $seconds and $megabytes, or $failure
measure() {
    status=0
    /usr/bin/time -f '%U %S %M' -o "$work/time" timeout 300 "$@" \
        >"$work/log" 2>&1 || status=$?
    if [ "$status" -eq 0 ]; then
        seconds=$(awk 'END { printf "%.2f", $1 + $2 }' "$work/time")
        megabytes=$(awk 'END { printf "%.0f", $3 / 1024 }' "$work/time")
    else
        seconds=- megabytes=- failure=fails
        [ "$status" -ne 124 ] || failure='> 300 s'
        return 1
    fi
}

row() { # tool unit step bytes
    printf '| %-5s | %-21s | %-15s | %9s | %7s | %5s |\n' "$1" "$2" "$3" "$4" \
        "$seconds" "$megabytes"
}

# step TOOL UNIT STEP FILES -- COMMAND...: the row of a command that makes FILES
step() {
    tool=$1 unit=$2 what=$3 files=$4
    shift 5
    if measure "$@"; then
        # shellcheck disable=SC2086
        row "$tool" "$unit" "$what" "$(cat $files | wc -c)"
    else
        row "$tool" "$unit" "$what" "$failure"
        return 1
    fi
}

sebon_rows() { # unit path folder
    step sebon "$1" generate "$3/*.h $3/*.c" -- \
        "$root/build-bench/codegen/sebon" generate "$2" --out "$3" &&
        step sebon "$1" 'gcc -O2' "$3/all.o" -- \
            gcc -O2 -c -I"$root/include" -I"$3" "$3"/*.c -o "$3/all.o"
}

gsoap_rows() { # unit path folder
    step gSOAP "$1" wsdl2h "$3/all.h" -- wsdl2h -c -o "$3/all.h" "$2" &&
        step gSOAP "$1" soapcpp2 "$3/soap*.h $3/soap*.c" -- soapcpp2 -c -C -x \
            -w -I/usr/share/gsoap/import -d"$3" "$3/all.h" || return 0
    for file in soapC soapClient; do
        step gSOAP "$1" "$file.c -O2" "$3/$file.o" -- \
            gcc -O2 -c -I"$3" "$3/$file.c" -o "$3/$file.o" || true
    done
}

table() {
    printf '| %-5s | %-21s | %-15s | %9s | %7s | %5s |\n' tool WSDL step \
        bytes 'CPU s' MB
    echo '|---|---|---|---|---|---|'
    units >"$work/units"
    while read -r path; do
        name=$(basename "$path")
        out=$work/$name
        mkdir -p "$out/sebon" "$out/gsoap"
        seconds=- megabytes=-
        row - "$name" 'the WSDL' "$(wc -c <"$corpus/$path")"
        sebon_rows "$name" "$corpus/$path" "$out/sebon"
        [ -z "$gsoap" ] || gsoap_rows "$name" "$corpus/$path" "$out/gsoap"
    done <"$work/units"
}

rm -rf "$work"
mkdir -p "$work"
if [ -z "$gsoap" ]; then
    table
    exit
fi
{
    echo '# Generating and compiling'
    echo
    echo "Written by \`sh test/bench/generate.sh --gsoap\` on $(date +%F)" \
        "(gcc $(gcc -dumpversion), gSOAP" \
        "$(wsdl2h -V 2>&1 | head -n 1))."
    echo 'Seconds are the processor'"'"'s, memory is the peak; 300 s each at most.'
    echo
    table
} | tee "$root/test/bench/generate.md"
