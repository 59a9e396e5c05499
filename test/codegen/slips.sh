#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is wrong and taken all the same gives the code that the right thing gives:
# each file of test/data/wsdl/right and its namesake in lenient, which gives the
# same code, and warnings.
# usage: slips.sh SEBON
set -u
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../data/wsdl" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "1..$(ls right/*.wsdl | wc -l)"
number=0
for right in right/*.wsdl; do
    number=$((number + 1))
    name=$(basename "$right")
    "$sebon" generate "$right" --out "$work/right" 2>"$work/err" </dev/null &&
        [ ! -s "$work/err" ] &&
        "$sebon" generate "lenient/$name" --out "$work/wrong" \
            2>"$work/warnings" </dev/null && [ -s "$work/warnings" ] &&
        diff -ru "$work/right" "$work/wrong" >"$work/diff" &&
        result=ok || result='not ok'
    sed 's/^/# /' "$work/err" "$work/diff"
    rm -rf "$work/right" "$work/wrong"
    echo "$result $number ${name%.wsdl}"
done
