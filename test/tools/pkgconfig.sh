# SPDX-License-Identifier: Apache-2.0
# pkgconfig.sh SOURCE_ROOT BUILD_ROOT SANITIZERS: what is installed is enough to
# generate, build and run a program, with the shared and the static library.
set -u
. "$(dirname "$0")/tap.sh"
root=$1
build=$2
sanitize=
[ "$3" = none ] || sanitize=-fsanitize=$3
sample=$root/samples/calculator

install_all() {
    meson install -C "$build" --no-rebuild --quiet --destdir "$work/dest" ||
        return 1
    pc=$(find "$work/dest" -name sebon.pc)
    [ -n "$pc" ] && prefix=$(sed -n 's/^prefix=//p' "$pc") || return 1
    prefix=$work/dest$prefix
    PKG_CONFIG_PATH=${pc%/*}
    export PKG_CONFIG_PATH
    lib=$(pkg libdir)
}

pkg() {
    pkg-config --define-variable=prefix="$prefix" --variable="$1" sebon
}

flags() {
    pkg-config --define-variable=prefix="$prefix" "$@" sebon
}

tool_runs() {
    "$(pkg tool)" generate "$sample/calculator.wsdl" --out "$work"
}

# The line of the samples' first comment.
sample_builds() {
    # shellcheck disable=SC2046,SC2086
    cc $sanitize -o "$work/shared" "$sample/client-sync.c" \
        "$work/calculator.c" -I"$work" $(flags --cflags --libs)
}

sample_builds_static() {
    rm -f "$lib"/libsebon.so* &&
        # shellcheck disable=SC2046,SC2086
        cc $sanitize -o "$work/static" "$sample/client-sync.c" \
            "$work/calculator.c" -I"$work" $(flags --static --cflags --libs)
}

# Nobody listens on port 1: a run that gets as far as that has a library.
runs() {
    LD_LIBRARY_PATH=$lib "$@" http://127.0.0.1:1/ 2>"$work/error"
    [ $? -eq 1 ] && grep 'Add.*127\.0\.0\.1:1' "$work/error"
}

if check "it installs" install_all; then
    check "the tool that pkg-config names runs" tool_runs
    check "a sample builds with pkg-config's flags" sample_builds
    check "and runs with the shared library" runs "$work/shared"
    check "a sample builds with the static library" sample_builds_static
    check "and runs without the shared one" runs "$work/static"
fi
tap_end
