#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh SEBON VALID [--update]: contracts written in C and what comes of them.
# --update writes test/contract/golden and the *.expect of test/contract/rules
# anew; a person reads the difference.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
case $2 in
/*) valid=$2 ;;
*) valid=$PWD/$2 ;;
esac
update=${3-}
. "$root/test/tools/tap.sh"
strict="-fsyntax-only -Wall -Wextra -Wpedantic -Werror -I$root/include"

# ---- Rules: each is told with file, line and both functions ------------------

refused() { # file
    "$sebon" contract "$1" --out "$work/out" </dev/null 2>"$work/err"
    [ $? = 1 ] || return
    [ ! -e "$work/out" ] || return
    [ -z "$update" ] || cp "$work/err" "${1%.h}.expect"
    diff -u "${1%.h}.expect" "$work/err"
}

cd "$here/rules" || exit 1
for file in *.h; do
    check "rule ${file%.h}" refused "$file"
done

# ---- Golden documents --------------------------------------------------------

# The documents of a contract, split and single.
golden() { # name
    "$sebon" contract "$here/data/$1.h" --no-code --out "$work/golden/$1" ||
        return
    if [ -n "$update" ]; then
        rm -rf "$here/golden/$1"
        mkdir -p "$here/golden"
        cp -r "$work/golden/$1" "$here/golden/$1"
    fi
    diff -ru "$here/golden/$1" "$work/golden/$1"
}

# A second run changes nothing, and --check writes nothing.
settled() { # name
    "$sebon" contract "$here/data/$1.h" --out "$work/settled" || return
    "$sebon" contract "$here/data/$1.h" --out "$work/settled2" || return
    diff -r "$work/settled" "$work/settled2" || return
    "$sebon" contract --check "$here/data/$1.h" --out "$work/checked" || return
    [ ! -e "$work/checked" ]
}

# The C that comes of it: as generate makes it of the documents, and good C.
code() { # name
    "$sebon" contract "$here/data/$1.h" --metadata --out "$work/code" || return
    "$sebon" generate "$work/code/$1.wsdl" --metadata --out "$work/again" ||
        return
    # but for what header entries ask for, which a WSDL has no place for
    sed 's/^MARKED_PART(\(.*\), [a-z]*, [a-z]*, [^,]*);/PART(\1);/' \
        "$work/code/$1.c" >"$work/unmarked.c"
    cmp "$work/unmarked.c" "$work/again/$1.c" || return
    cmp "$work/code/$1.h" "$work/again/$1.h" || return
    grep -q '{"xsd1", ' "$work/code/$1.c" || return
    "$sebon" contract --single "$here/data/$1.h" --out "$work/one" || return
    "$sebon" contract "$here/data/$1.h" --out "$work/two" || return
    diff "$work/one/$1.h" "$work/two/$1.h" || return
    # shellcheck disable=SC2086
    cc -std=c99 -x c $strict "$work/code/$1.c"
}

marked() {
    "$sebon" contract "$here/data/shop.h" --out "$work/marked" || return
    grep -q '^MARKED_PART(.*, true, false, NULL);' "$work/marked"/*.c
}
check "headers are marked as the contract says" marked

for file in "$here"/data/*.h; do
    name=$(basename "$file" .h)
    check "golden $name" golden "$name"
    check "settled $name" settled "$name"
    check "code $name" code "$name"
done
[ -z "$update" ] || tap_end

# ---- The calculator ----------------------------------------------------------

calculator_code() {
    "$sebon" contract "$here/data/calculator.h" --single \
        --out "$work/calc" || return
    "$sebon" generate "$root/samples/calculator/calculator.wsdl" \
        --out "$work/sample" || return
    cmp "$work/calc/calculator.h" "$work/sample/calculator.h" || return
    cmp "$work/calc/calculator.c" "$work/sample/calculator.c"
}
check 'calculator: the same C as of its WSDL' calculator_code
if [ -x /usr/bin/python3 ]; then
    check 'calculator: the same graph as its WSDL' /usr/bin/python3 \
        "$here/graph.py" diff --used "$work/calc/calculator.wsdl" \
        "$root/samples/calculator/calculator.wsdl"
fi

# ---- Others read the documents -----------------------------------------------

mkdir "$work/all"
for file in "$here"/data/*.h "$here"/net/*.h; do
    check "documents of $(basename "$file")" "$sebon" contract --no-code \
        "$file" --out "$work/all"
done
# but for those that refer to what no file gives: xs:schema, SOAP's arrays
schemas=$(ls "$work"/all/*.xsd)
for file in $(grep -l 'ref="xs:schema"\|:arrayType=' "$work"/all/*.xsd); do
    schemas=$(echo "$schemas" | grep -v "^${file%-xsd*}-xsd")
done
# shellcheck disable=SC2086
check 'all schemas are schemas' "$valid" $schemas

php_reads() { # file
    # shellcheck disable=SC2016
    php -r '(new SoapClient($argv[1], ["cache_wsdl" => 0]))->__getTypes();' "$1"
}
for file in "$work"/all/*.wsdl; do
    name=$(basename "$file")
    case $name in
    *-wsdl[0-9].wsdl) continue ;;
    esac
    if command -v wsdl2h >/dev/null; then
        check "gSOAP reads $name" wsdl2h -o "$work/gsoap.h" "$file"
    fi
    if php -m 2>/dev/null | grep -qi '^soap$'; then
        check "PHP reads $name" php_reads "$file"
    fi
done

# ---- Asynchrony does not show ------------------------------------------------

forms() {
    for form in sync async both; do
        "$sebon" contract "$here/forms/$form/form.h" --out "$work/$form" ||
            return
    done
    diff -r "$work/sync" "$work/async" && diff -r "$work/sync" "$work/both"
}
check 'an operation in any form gives the same bytes' forms

# ---- Contracts are C ---------------------------------------------------------

compiles() { # compiler language standard file
    printf '#include "%s"\n#include "%s"\nint main(void) { return 0; }\n' \
        "$4" "$4" >"$work/alone.$2"
    # shellcheck disable=SC2086
    $1 -x "$2" "-std=$3" $strict "$work/alone.$2"
}

for file in "$here"/data/*.h "$here"/net/*.h "$here"/forms/*/*.h; do
    name=$(basename "$(dirname "$file")")/$(basename "$file")
    for compiler in gcc clang; do
        command -v $compiler >/dev/null || continue
        for standard in c99 c11; do
            check "$compiler $standard $name" \
                compiles $compiler c $standard "$file"
        done
    done
    for compiler in g++ clang++; do
        command -v $compiler >/dev/null || continue
        check "$compiler c++11 $name" compiles $compiler c++ c++11 "$file"
    done
done

# ---- The command line --------------------------------------------------------

says() { # status text arguments...
    status=$1
    text=$2
    shift 2
    "$sebon" contract "$@" >"$work/said" 2>&1 </dev/null
    [ $? = "$status" ] || { cat "$work/said"; return 1; }
    grep -q -- "$text" "$work/said" || { cat "$work/said"; return 1; }
}
check 'no file' says 2 'needs one file'
check 'two files' says 2 'needs one file' a.h b.h
check 'unknown option' says 2 "unknown option '--what'" --what a.h
check 'help' says 0 'usage: sebon contract' --help
check 'no such file' says 1 'nothing.h: error: cannot read' "$work/nothing.h"
check 'a folder' says 1 'error: cannot read' "$work"
check 'what a WSDL cannot say is told' says 0 'warning: operation' \
    --no-code "$here/net/small.h" --out "$work/small"
tap_end
