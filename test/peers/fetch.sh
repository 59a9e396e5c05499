#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sebon generate and sebon download over the network: from our own server, and
# from one that serves what it should not.
. "$(dirname "$0")/lib.sh"
sebon=$build/codegen/sebon
TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR"
need_command python3
start_calculator
calculator=$url
start odd.log 'http://127[^ ]*' python3 -u \
    "$source/test/codegen/fetch_server.py" "$wsdl"
odd=$found

# What differs by where the WSDL came from.
same_code() {
    for file in "$1" "$2"; do
        sed -e '1,2d' -e 's|http://[a-z0-9.]*:[0-9]*/[a-z/]*|URL|g' \
            "$file" | tr -d ' \n"' >"$file.plain"
    done
    cmp "$1.plain" "$2.plain"
}

generates() { # URL...
    rm -rf "$scratch/net" "$scratch/file"
    "$sebon" generate "$@" --out "$scratch/net" &&
        "$sebon" generate "$wsdl" --out "$scratch/file" &&
        same_code "$scratch/net/calculator.h" "$scratch/file/calculator.h"
}

# exits STATUS PATTERN COMMAND...: with this status and text.
exits() {
    status=$1
    pattern=$2
    shift 2
    "$@" >"$scratch/said" 2>&1
    got=$?
    cat "$scratch/said"
    [ $got -eq "$status" ] && grep -qF -- "$pattern" "$scratch/said"
}

leaves_nothing() { [ -z "$(ls -A "$TMPDIR")" ]; }

check "generate from ?wsdl" generates "$calculator?wsdl"
check "generate from ?singleWsdl" generates "$calculator?singleWsdl"
check "generate from /mex" generates "$calculator/mex"
check "generate from the address" generates "$calculator"
check "generate from a page with ?wsdl behind it" generates "$odd/calc"
check "generate from a document" generates "$odd/plain.wsdl"
check "a redirection on the host is followed" generates "$odd/moved"

# The how-to whole: its command, its client, its four results.
howto() { # SEBON COMPILER_ARGUMENT...
    tool=$1
    shift
    rm -rf "$scratch/howto"
    mkdir "$scratch/howto" && (cd "$scratch/howto" && "$tool" generate \
        /n:http://Microsoft.ServiceModel.Samples,Microsoft.ServiceModel.Samples \
        "$calculator/mex" /a /tcv:Version35 &&
        ${CC:-cc} -fsanitize=address,undefined -I. -o client \
            "$source/samples/calculator/client-events.c" ./*.c "$@" &&
        printf '%s\n' 115.99 68.46 731.25 3.142857 >results &&
        prints results ./client --timeout 10000 "$calculator")
}

# The same with what is installed, and nothing else.
installed() {
    DESTDIR=$scratch/dest meson install -C "$build" --no-rebuild --quiet ||
        return
    pc=$(find "$scratch/dest" -name sebon.pc)
    [ -n "$pc" ] || return
    prefix=$scratch/dest$(sed -n 's/^prefix=//p' "$pc")
    (
        export PKG_CONFIG_PATH="${pc%/*}"
        pkg() { pkg-config --define-variable=prefix="$prefix" "$@" sebon; }
        LD_LIBRARY_PATH=$(pkg --variable=libdir)
        export LD_LIBRARY_PATH
        # Word splitting is wanted: the flags.
        # shellcheck disable=SC2046
        howto "$(pkg --variable=tool)" $(pkg --cflags --libs)
    )
}

check "the how-to's command makes a client, which prints its results" \
    howto "$sebon" -I"$source/include" -L"$build/runtime" -lsebon \
    -Wl,-rpath,"$build/runtime"
if command -v meson >/dev/null && command -v pkg-config >/dev/null; then
    check "so it does with what is installed" installed
else
    echo "ok $((tests += 1)) - installed # SKIP meson or pkg-config is not"
fi

splits() {
    rm -rf "$scratch/split"
    "$sebon" download "$odd/split" --out "$scratch/split" &&
        ls "$scratch/split" &&
        [ "$(ls "$scratch/split")" = "main.xsd
split-wsdl.wsdl
types.xsd" ] || [ "$(ls "$scratch/split")" = "main.xsd
split.wsdl
types.xsd" ] && "$sebon" generate "$scratch"/split/*.wsdl --out "$scratch/split"
}
check "download saves what is imported, and generate reads it" splits

reaches_no_file() { # PATH
    rm -rf "$scratch/local"
    "$sebon" download "$odd/$1?wsdl" --out "$scratch/local" &&
        ! grep -r 'file:' "$scratch/local" &&
        ! grep -r '"/etc/passwd"' "$scratch/local"
}
check "a file: import goes" reaches_no_file file
check "an absolute path stays on its host" reaches_no_file path

check "another host is not followed" exits 3 \
    "leads to another host, 'http://192.0.2.1/x.wsdl'" \
    "$sebon" generate "$odd/away" --out "$scratch/no"
check "a circle of redirections ends" exits 3 "too many redirections" \
    "$sebon" generate "$odd/loop" --out "$scratch/no"
check "nothing there: what was tried is told" exits 3 "404 Not Found" \
    "$sebon" generate "$odd/nothing" --out "$scratch/no"
check "broken XML is no metadata" exits 3 "neither WSDL nor XML Schema" \
    "$sebon" generate "$odd/broken?wsdl" --out "$scratch/no"
check "nobody listens" exits 3 "cannot obtain metadata from" \
    "$sebon" generate "http://127.0.0.1:1/x" --out "$scratch/no"
check "https is told" exits 3 "is not supported" \
    "$sebon" generate "https://127.0.0.1:1/x" --out "$scratch/no"
check "download wants an address" exits 2 "is no http address" \
    "$sebon" download calculator.wsdl
check "no folder is left behind" leaves_nothing
finish
