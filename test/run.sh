#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All tests, from nothing. The last line says how many passed, failed and were
# skipped; the exit code is 0 when none failed.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$root/samples/setup.sh"

# Compilers to check with, the SOAP stacks that sebon is tried against, the loops
# of the samples (Qt comes with KDSoap), and what libxml2 wants in a static link.
test_packages='g++ binutils clang libclang-rt-14-dev python3-zeep php-cli
    php-soap gsoap libgsoap-dev libkdsoap-bin libkdsoap-dev mono-devel mono-mcs
    haproxy libglib2.0-dev valgrind zlib1g-dev liblzma-dev'
# Larger than all others together; elsewhere what needs it is skipped.
[ "${CI-}" != true ] || test_packages="$test_packages chromium chromium-driver"
# What clang's build runs; the rest starts other programs and needs it once.
unit_suites='support base net http xml soap rpc codegen'

echo "Tests: installs what is missing, builds with gcc in build/ and with" \
    "clang in build-clang/, runs everything."
# shellcheck disable=SC2086
setup_install $build_packages $test_packages

# node's SOAP stack is none of Debian's; without npm it is a skipped test.
node_modules=$root/build/npm/node_modules
if command -v npm >/dev/null; then
    [ -d "$node_modules/soap" ] || timeout 120 npm install --silent --no-audit \
        --no-fund --prefix "$root/build/npm" soap@1 </dev/null ||
        echo "npm has no soap"
    export NODE_PATH="$node_modules"
fi

log=meson-logs/testlog.json

# run_tests FOLDER COMPILER MESON_TEST_ARGUMENT...
run_tests() {
    folder=$root/$1
    compiler=$2
    shift 2
    rm -f "$folder/$log"
    echo "-- $compiler: build"
    setup_build "$folder" "$compiler" || return
    echo "-- $compiler: test"
    # Times are for an idle machine; this one may be slow or busy.
    meson test -C "$folder" --no-rebuild --print-errorlogs -t 4 "$@"
}

run_tests build gcc
suites=
for suite in $unit_suites; do
    suites="$suites --suite $suite"
done
# shellcheck disable=SC2086
run_tests build-clang clang $suites

/usr/bin/python3 "$root/test/tools/summary.py" "$root/build/$log" \
    "$root/build-clang/$log"
