#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The calculator sample, from nothing: sets a Debian 12 machine up, builds,
# starts the server on a free port and runs the three clients against it.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$root/samples/setup.sh"

echo "Calculator sample: installs what is missing, builds in build/, runs the" \
    "server and its three clients."
# shellcheck disable=SC2086
setup_install $build_packages
setup_build "$root/build" gcc \
    samples/calculator/calculator-server \
    samples/calculator/calculator-client-sync \
    samples/calculator/calculator-client-begin-end \
    samples/calculator/calculator-client-events ||
    setup_fail "the build failed"

programs=$root/build/samples/calculator
folder=$(mktemp -d) || exit 1
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# The server's one line says that it listens, and where.
mkfifo "$folder/url" || exit 1
"$programs/calculator-server" --port 0 >"$folder/url" &
server=$!
read -r url <"$folder/url" || setup_fail "the server did not start"

failed=0
for door in sync begin-end events; do
    echo "-- calculator-client-$door $url"
    "$programs/calculator-client-$door" "$url" || failed=1
done

kill "$server"
wait "$server" || failed=1
server=
exit "$failed"
