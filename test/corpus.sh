#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the generator over a collection of real WSDLs and prints a table; exits
# with 1 below the bar (test/corpus/run.py says what it is).
# usage: sh test/corpus.sh [DIR] [--only TEXT] [--class CLASS] [--jobs N]
# DIR holds INDEX.tsv (columns unit, class, bytes ... as in its first line) and
# the units; default: ../shared/corpus. Work goes to build/corpus.
set -eu
cd "$(dirname "$0")/.."
. test/setup.sh
install_packages $build_packages
configure build
ninja -C build codegen/sebon >/dev/null
exec /usr/bin/python3 test/corpus/run.py "$@"
