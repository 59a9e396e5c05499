#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles every source in test/golden as C99, C11, C++11 and C++17 with each
# compiler that is there, and with the macros that GNU's own standards add.
# Headers first: each must stand on its own.
# usage: compile.sh
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
flags="-Wall -Wextra -Wpedantic -Werror -fsyntax-only -I$root/include"

compile() { # compiler standard-option language file
    printf '#include "%s"\n#include "%s"\n' "${4%.c}.h" "$4" |
        "$1" -x "$3" "$2" $flags -
}

echo "1..$(ls -d "$root"/test/golden/*/ | wc -l)"
number=0
for folder in "$root"/test/golden/*/; do
    number=$((number + 1))
    result=ok
    for file in "$folder"*.c; do
        for compiler in gcc clang; do
            command -v $compiler >/dev/null || continue
            for standard in c99 c11 gnu11; do
                compile $compiler -std=$standard c "$file" ||
                    result='not ok'
            done
        done
        for compiler in g++ clang++; do
            command -v $compiler >/dev/null || continue
            for standard in c++11 c++17 gnu++17; do
                compile $compiler -std=$standard c++ "$file" ||
                    result='not ok'
            done
        done
    done
    echo "$result $number $(basename "$folder")"
done
