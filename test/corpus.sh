#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the generator over a collection of real WSDLs and prints a table; exits
# with 1 below the bar (test/corpus/run.py says what it is).
# usage: sh test/corpus.sh [DIR] [--only TEXT] [--class CLASS] [--jobs N]
#        sh test/corpus.sh --roundtrip [DIR] [--only TEXT] [--part FIRST:LAST]
#                          [--databinding | --pairs] [--jobs N]
# DIR holds INDEX.tsv (columns unit, class, bytes ... as in its first line) and
# the units; default: ../shared/corpus. Work goes to build/corpus.
# --roundtrip sends messages through the generated code instead, see
# test/corpus/roundtrip.py; with --databinding those of the W3C's patterns, with
# --pairs the recorded ones that belong to a WSDL (test/corpus/recorded.py).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/samples/setup.sh"

# shellcheck disable=SC2086
setup_install $build_packages g++
if [ "${1-}" = --roundtrip ]; then
    shift
    setup_build "$root/build" gcc codegen/sebon test/corpus/corpus-roundtrip
    exec /usr/bin/python3 "$root/test/corpus/roundtrip.py" "$@"
fi
setup_build "$root/build" gcc codegen/sebon
exec /usr/bin/python3 "$root/test/corpus/run.py" "$@"
