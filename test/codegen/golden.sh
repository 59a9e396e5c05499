#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Generates each case of cases.txt twice and compares the bytes with each other
# and with test/golden; with --update, rewrites test/golden instead.
# usage: golden.sh SEBON [--update]
set -u
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
data=$here/../data/wsdl
golden=$here/../golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cases() { grep -v '^#' "$here/cases.txt"; }

if [ "${2-}" = --update ]; then
    cases | while read -r name input options; do
        rm -rf "${golden:?}/$name"
        # shellcheck disable=SC2086
        (cd "$data" && "$sebon" generate "$input" --out "$golden/$name" \
            $options </dev/null) || exit 1
    done
    exit
fi

echo "1..$(cases | wc -l)"
number=0
cases > "$work/cases"
while read -r name input options; do
    number=$((number + 1))
    result=ok
    for run in one two; do
        # shellcheck disable=SC2086
        (cd "$data" && "$sebon" generate "$input" --out "$work/$run/$name" \
            $options </dev/null) || result='not ok'
    done
    diff -r "$work/one/$name" "$work/two/$name" >"$work/diff" &&
        diff -ru "$golden/$name" "$work/one/$name" >>"$work/diff" ||
        result='not ok'
    sed 's/^/# /' "$work/diff"
    echo "$result $number $name"
done < "$work/cases"
