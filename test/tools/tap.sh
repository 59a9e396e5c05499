# SPDX-License-Identifier: Apache-2.0
# Sourced by test scripts: TAP on stdout, what a failed check printed on stderr.
# Makes $work, a folder of the test's own that goes with it.

tap_count=0
tap_failed=0
work=$(mktemp -d) || exit 1
tap_at_exit=:
trap '$tap_at_exit; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# check NAME COMMAND...: ok when the command succeeds.
check() {
    tap_name=$1
    shift
    tap_count=$((tap_count + 1))
    if "$@" >"$work/tap.log" 2>&1; then
        echo "ok $tap_count - $tap_name"
        return 0
    fi
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $tap_name"
    sed 's/^/# /' "$work/tap.log" >&2
    return 1
}

# skip NAME REASON
skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# Prints the plan and leaves.
tap_end() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
    exit
}
