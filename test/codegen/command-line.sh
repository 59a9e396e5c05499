#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tool's command line: exit statuses, what is said where, what is written.
# usage: command-line.sh SEBON
set -u
sebon=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
calculator=$root/samples/calculator/calculator.wsdl
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
number=0

report() { # status name
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number $2"; else echo "not ok $number $2"; fi
}

# exit status 2, one line on stderr, nothing on stdout
refuses() { # text arguments...
    text=$1
    shift
    "$sebon" "$@" >"$work/out" 2>"$work/err" </dev/null
    [ $? = 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] &&
        grep -qF -- "$text" "$work/err"
    report $? "refuses: $text"
}

# exit status 0, nothing on stderr, text on stdout
answers() { # text arguments...
    text=$1
    shift
    "$sebon" "$@" >"$work/out" 2>"$work/err" </dev/null &&
        [ ! -s "$work/err" ] && grep -qF -- "$text" "$work/out"
    report $? "answers: $text"
}

answers 'usage: sebon COMMAND' --help
answers '4  a file, a folder' --help
answers 'sebon 0.' --version
answers '--prefix NAME' generate --help
refuses 'a command is needed'
refuses "unknown command 'frobnicate'" frobnicate
refuses "unknown option '--frobnicate'" --frobnicate
refuses "unknown option '--frobnicate'" generate --frobnicate "$calculator"
refuses "unknown option '-x'" generate -x "$calculator"
refuses "option '--out' needs a value" generate "$calculator" --out
refuses "option '--client' takes no value" generate --client=1 "$calculator"
refuses "'new' cannot begin a name in C" generate --prefix new "$calculator"
refuses "'a-b' cannot begin a name in C" generate --prefix=a-b "$calculator"
refuses 'generate needs a file' generate

"$sebon" generate --out="$work/a/b/c" -- "$calculator" &&
    [ "$(ls "$work/a/b/c" | tr '\n' ' ')" = 'calculator.c calculator.h ' ]
report $? 'makes the folders of --out, and two files in the last'

# at most 90 header lines for the first operation and 35 for each further one,
# 90 source lines an operation
[ "$(wc -l <"$work/a/b/c/calculator.h")" -le $((90 + 3 * 35)) ] &&
    [ "$(wc -l <"$work/a/b/c/calculator.c")" -le $((4 * 90)) ]
report $? 'the calculator stays within its lines'

touch -d '2001-01-01' "$work/a/b/c/calculator.h"
"$sebon" generate --out "$work/a/b/c" "$calculator"
[ "$(date -r "$work/a/b/c/calculator.h" +%Y)" = 2001 ]
report $? 'a file that would not change keeps its time'

mkdir "$work/blocked" "$work/blocked/calculator.c"
"$sebon" generate --out "$work/blocked" "$calculator" 2>"$work/err"
[ $? = 4 ] && grep -q 'calculator.c: error: cannot write' "$work/err" &&
    [ -z "$(find "$work/blocked" -type f -name '*.c*')" ]
report $? 'a file that cannot be written is an error'

: >"$work/file"
"$sebon" generate --out "$work/file" "$calculator" 2>"$work/err"
[ $? = 4 ] && grep -q 'file: error: cannot make the folder' "$work/err"
report $? 'a folder that cannot be made is an error'

"$sebon" download --out "$work/file" http://127.0.0.1:1/ 2>"$work/err"
[ $? = 4 ] && grep -q 'file: error: cannot make the folder' "$work/err"
report $? 'nor can anything be downloaded into it'

"$sebon" download --out "$work/down" http://127.0.0.1:1/ 2>"$work/err"
[ $? = 3 ] && grep -q 'cannot obtain metadata' "$work/err"
report $? 'an address that gives nothing is an error of its own'

"$sebon" generate /t:metadata "/d:$work/down" http://127.0.0.1:1/ 2>"$work/err"
[ $? = 3 ] && grep -q 'cannot obtain metadata' "$work/err"
report $? 'and so it is by way of /target:metadata'

refuses "'$calculator' is no http address" generate /t:metadata "$calculator"
refuses '--target is code or metadata' generate /t:wsdl "$calculator"
refuses "option '--file' needs a value" generate /out "$calculator"

if [ -c /dev/full ]; then
    "$sebon" sample "$calculator" >/dev/full 2>"$work/err"
    [ $? = 4 ] && grep -q 'error: cannot write the output' "$work/err"
    report $? 'output that cannot be written is an error'
fi

# so much memory that it runs, and not enough for this
if { (ulimit -v 60000 && "$sebon" --version) >"$work/out"; } 2>"$work/err"; then
    {
        echo 'SBN_SERVICE_CONTRACT() struct s {'
        i=0
        while [ $i -lt 60000 ]; do
            echo "SBN_OPERATION_CONTRACT() int (*f$i)(int a, int b);"
            i=$((i + 1))
        done
        echo '};'
    } >"$work/large.h"
    (ulimit -v 60000 && "$sebon" contract --check "$work/large.h") \
        >"$work/out" 2>"$work/err"
    [ $? = 9 ] && grep -qx 'sebon: out of memory' "$work/err"
    report $? 'no memory is an error'
else
    number=$((number + 1))
    echo "ok $number no memory is an error # SKIP it does not run in so little"
fi

"$sebon" generate --out "$work/none" "$work/none.wsdl" 2>"$work/err"
[ $? = 1 ] && grep -q 'none.wsdl' "$work/err" && [ ! -e "$work/none" ]
report $? 'a file that is not there is an error'

echo "1..$number"
