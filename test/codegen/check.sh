#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sebon check prints what NAME.expect has for each of these files, the exit
# status in its last line.
# usage: check.sh SEBON [--update]
set -u
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../data/wsdl/check" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

for file in unusual.wsdl ../nested.wsdl ../incomplete/names.wsdl \
    ../errors/not-well-formed.wsdl ../errors/policies.wsdl; do
    number=$((number + 1))
    expect=$(basename "${file%.wsdl}").expect
    "$sebon" check "$file" >"$work/out" 2>"$work/err" </dev/null
    echo "exit status $?" >>"$work/out"
    [ "${2-}" != --update ] || cp "$work/out" "$expect"
    if diff -u "$expect" "$work/out" >"$work/diff" && [ ! -s "$work/err" ]; then
        echo "ok $number $file"
    else
        sed 's/^/# /' "$work/diff" "$work/err"
        echo "not ok $number $file"
    fi
done
echo "1..$number"
