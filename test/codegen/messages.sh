#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the tool has to say: each NAME.wsdl of the folder, generated with the
# option, gives exactly the lines of NAME.expect on stderr, and the exit status
# stated. With status 1 nothing is written; with 0, two files.
# usage: messages.sh SEBON FOLDER STATUS [OPTION] [--update]
set -u
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
data=$(cd "$2" && pwd)
expected=$3
files=$((2 - 2 * expected))
option=
case ${4-} in
--update | '') update=${4-} ;;
*) option=$4 update=${5-} ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$data" || exit 1
echo "1..$(ls ./*.wsdl | wc -l)"
number=0
for file in *.wsdl; do
    number=$((number + 1))
    result=ok
    mkdir "$work/out"
    "$sebon" generate "$file" ${option:+"$option"} --out "$work/out" \
        </dev/null 2>"$work/err"
    status=$?
    [ "$update" != --update ] || cp "$work/err" "${file%.wsdl}.expect"
    [ $status = "$expected" ] ||
        { echo "# exit status $status"; result='not ok'; }
    [ "$(ls "$work/out" | wc -l)" = $files ] ||
        { echo "# written: $(ls "$work/out")"; result='not ok'; }
    diff -u "${file%.wsdl}.expect" "$work/err" >"$work/diff" ||
        result='not ok'
    sed 's/^/# /' "$work/diff"
    rm -rf "$work/out"
    echo "$result $number ${file%.wsdl}"
done
