#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Options of svcutil against our own, line by line of spellings.txt.
# usage: spellings.sh SEBON
set -uf
case $1 in
/*) sebon=$1 ;;
*) sebon=$PWD/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
input=$here/../data/wsdl/nested.wsdl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

grep -v '^#' "$here/spellings.txt" >"$work/lines"
echo "1..$(wc -l <"$work/lines")"
number=0
while read -r line; do
    number=$((number + 1))
    result=ok
    theirs=${line%% => *}
    ours=${line#* => }
    told=
    case $ours in
    *' | '*) told=${ours#* | } ours=${ours%% | *} ;;
    esac
    rm -rf "$work/theirs" "$work/ours"
    mkdir "$work/theirs" "$work/ours"
    # shellcheck disable=SC2086
    (cd "$work/theirs" && "$sebon" generate $theirs "$input" 2>"$work/err" &&
        cd "$work/ours" && "$sebon" generate $ours "$input" 2>"$work/err2") ||
        result='not ok'
    diff -r "$work/theirs" "$work/ours" >"$work/diff" || result='not ok'
    if [ -n "$told" ]; then
        grep -qF -- "sebon: $told" "$work/err" || result='not ok'
    elif [ -s "$work/err" ]; then
        result='not ok'
    fi
    [ "$result" = ok ] || sed 's/^/# /' "$work/diff" "$work/err"
    echo "$result $number $theirs"
done <"$work/lines"
