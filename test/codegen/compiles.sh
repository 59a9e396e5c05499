#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each file of test/data/wsdl/compiles gives code that compiles as C11 and as
# C++17 without a warning: what once did not.
# usage: compiles.sh SEBON
set -u
sebon=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() { # compiler words...
    "$@" -Wall -Wextra -Werror -fsyntax-only -I"$root/include" \
        "$work/out"/*.c 2>>"$work/err"
}

set -- "$root"/test/data/wsdl/compiles/*
echo "1..$#"
number=0
for file; do
    number=$((number + 1))
    case $file in
    *.xsd) types=--types ;;
    *) types= ;;
    esac
    # shellcheck disable=SC2086
    "$sebon" generate $types "$file" --out "$work/out" 2>"$work/err" \
        </dev/null && [ ! -s "$work/err" ] && compile cc -std=c11 &&
        compile c++ -std=c++17 -x c++ && result=ok || result='not ok'
    head -n 20 "$work/err" | sed 's/^/# /'
    rm -rf "$work/out"
    echo "$result $number $(basename "$file")"
done
