#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures sebon beside gSOAP in one run and writes test/bench/README.md.
# Installs what is missing, builds optimised without sanitizers in build-bench.
# Everything is on loopback and bounded; about four minutes.
# usage: sh test/bench/run.sh [--quick]
set -eu
cd "$(dirname "$0")/../.."
. test/setup.sh
install_packages $build_packages wrk gsoap libgsoap-dev valgrind
configure build-bench -Dbuildtype=release -Db_sanitize=none \
    -Ddefault_library=both
ninja -C build-bench >build-bench/ninja.log || {
    cat build-bench/ninja.log
    exit 1
}
sh test/peers/gsoap_build.sh "$PWD" "$PWD/build-bench/gsoap" \
    >build-bench/gsoap.log 2>&1
exec /usr/bin/python3 test/bench/run.py "$@"
