#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures sebon beside gSOAP in one run and writes test/bench/README.md.
# Installs what is missing, builds optimised without sanitizers in build-bench.
# Everything is on loopback and bounded; about four minutes.
# usage: sh test/bench/run.sh [--quick]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/samples/setup.sh"

# shellcheck disable=SC2086
setup_install $build_packages wrk gsoap libgsoap-dev valgrind
folder=$root/build-bench
[ -f "$folder/build.ninja" ] ||
    meson setup "$folder" "$root" -Dbuildtype=release -Db_sanitize=none \
        >/dev/null
setup_build "$folder" cc
sh "$root/test/peers/gsoap_build.sh" "$root" "$folder/gsoap" \
    >"$folder/gsoap.log" 2>&1 || {
    cat "$folder/gsoap.log" >&2
    exit 1
}
exec /usr/bin/python3 "$root/test/bench/run.py" "$@"
