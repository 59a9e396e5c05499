# SPDX-License-Identifier: Apache-2.0
# headers.sh SOURCE_ROOT HEADER...: each public header, and the generated ones
# given, compiles alone, without a warning, in old and new C and C++.
set -u
. "$(dirname "$0")/tap.sh"
root=$(cd "$1" && pwd) || exit 1
shift
strict='-fsyntax-only -Wall -Wextra -Wpedantic -Werror'

# compiles COMPILER STANDARD HEADER: twice, as guards must work.
compiles() {
    case $2 in
    c++*) language=c++ ;;
    *) language=c ;;
    esac
    printf '#include "%s"\n#include "%s"\nint main(void) { return 0; }\n' \
        "$3" "$3" >"$work/alone.$language"
    # shellcheck disable=SC2086
    $1 -x $language "-std=$2" $strict -I"$root/include" -I. \
        "$work/alone.$language"
}

for compiler in gcc clang; do
    if ! command -v $compiler >/dev/null; then
        skip "$compiler" "not installed"
        continue
    fi
    for standard in c99 c11 c++11 c++17; do
        for header in "$root"/include/sebon.h "$root"/include/sebon/*.h "$@"
        do
            check "$compiler $standard ${header##*/}" \
                compiles $compiler $standard "$header"
        done
    done
done
tap_end
