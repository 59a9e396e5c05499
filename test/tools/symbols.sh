# SPDX-License-Identifier: Apache-2.0
# symbols.sh SOURCE_ROOT LIBRARY: the shared library exports exactly what the
# public headers declare with SBN_EXPORT.
set -u
. "$(dirname "$0")/tap.sh"
root=$1
library=$2

# Names a declaration gives, e.g. "SBN_EXPORT const char *\nsbn_version(void)".
cat "$root"/include/sebon.h "$root"/include/sebon/*.h | tr '\n' ' ' |
    grep -o 'SBN_EXPORT [^(;#]*(' |
    sed 's/ *($//; s/.*[ *]//' | grep '^sbn_' | sort >"$work/declared"

# The address sanitizer adds symbols of its own.
nm -D --defined-only "$library" | awk '{ print $NF }' |
    grep -v '^__odr_asan\|^__asan' | sort >"$work/exported"

only_prefix() {
    ! grep -v '^sbn_[a-z0-9]' "$work/exported"
}
declared_are_exported() {
    [ -s "$work/declared" ] || return 1
    comm -23 "$work/declared" "$work/exported" >"$work/missing"
    cat "$work/missing"
    [ ! -s "$work/missing" ]
}
exported_are_declared() {
    comm -13 "$work/declared" "$work/exported" >"$work/extra"
    cat "$work/extra"
    [ ! -s "$work/extra" ]
}
has_soname() {
    objdump -p "$library" | grep 'SONAME *libsebon\.so\.[0-9]*$'
}

check "only sbn_ symbols are exported" only_prefix
check "every public function is exported" declared_are_exported
check "every exported symbol is public" exported_are_declared
check "the library has a soname" has_soname
tap_end
