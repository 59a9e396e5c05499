#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each test/data/wsdl/errors/NAME.wsdl is refused with exit status 1 and exactly
# the lines of NAME.expect on stderr, and nothing is written.
# usage: errors.sh SEBON
set -u
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
data=$(cd "$(dirname "$0")/../data/wsdl/errors" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$data" || exit 1
echo "1..$(ls ./*.wsdl | wc -l)"
number=0
for file in *.wsdl; do
    number=$((number + 1))
    result=ok
    "$sebon" generate "$file" --out "$work/out" </dev/null 2>"$work/err"
    status=$?
    [ $status = 1 ] || { echo "# exit status $status"; result='not ok'; }
    [ ! -e "$work/out" ] || { echo "# something was written"; result='not ok'; }
    diff -u "${file%.wsdl}.expect" "$work/err" >"$work/diff" ||
        result='not ok'
    sed 's/^/# /' "$work/diff"
    rm -rf "$work/out"
    echo "$result $number ${file%.wsdl}"
done
