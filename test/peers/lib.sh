# SPDX-License-Identifier: Apache-2.0
# For the peer tests: TAP output, and servers that are started and ended.
# Sourced. Arguments of every peer test: the build root, the source root.
set -u
build=$1
source=$2
samples=$build/samples/calculator
wsdl=$source/samples/calculator/calculator.wsdl
scratch=$(mktemp -d)
pids=
tests=0
failures=0

cleanup() {
    for pid in $pids; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# The peer is not on this machine: counted as skipped.
skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

need_command() {
    command -v "$1" >/dev/null 2>&1 || skip_all "$1 is not installed"
}

# start LOG PATTERN COMMAND...: runs it, waits (10 s at most) for a line of its
# output that matches PATTERN; the match is in $found.
start() {
    log=$scratch/$1
    pattern=$2
    shift 2
    : >"$log"
    "$@" >"$log" 2>&1 &
    started=$!
    pids="$pids $started"
    tries=0
    while ! found=$(grep -o -m 1 "$pattern" "$log"); do
        tries=$((tries + 1))
        if [ $tries -gt 200 ] || ! kill -0 "$started" 2>/dev/null; then
            echo "Bail out! did not start: $* : $(cat "$log")"
            exit 1
        fi
        sleep 0.05
    done
}

start_calculator() {
    start calculator.log 'http://127[^ ]*' \
        "$samples/calculator-server" --port 0 --delay 10
    url=$found
}

# check NAME COMMAND...: passes when it exits with 0.
check() {
    name=$1
    shift
    tests=$((tests + 1))
    if "$@" >"$scratch/out" 2>&1; then
        echo "ok $tests - $name"
    else
        echo "not ok $tests - $name"
        sed 's/^/# /' "$scratch/out"
        failures=$((failures + 1))
    fi
}

# Each line of the file is in the output of the command.
prints() {
    expected=$1
    shift
    "$@" >"$scratch/printed" 2>&1 || {
        cat "$scratch/printed"
        return 1
    }
    while read -r line; do
        grep -qF -- "$line" "$scratch/printed" || {
            echo "missing: $line"
            cat "$scratch/printed"
            return 1
        }
    done <"$expected"
}

# All three doors of our client against the server at $1.
check_our_clients() {
    printf '%s\n' 115.99 68.46 731.25 3.142857 >"$scratch/results"
    for door in sync begin-end events; do
        check "our $door client calls $2" prints "$scratch/results" \
            "$samples/calculator-client-$door" --timeout 10000 "$1"
    done
}

finish() {
    echo "1..$tests"
    exit $((failures > 0))
}
