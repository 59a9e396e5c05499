#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Two servers behind HAProxy are restarted one by one under load: no call fails.
# SEBON_LOAD_CALLS: how many, 10000 by default.
. "$(dirname "$0")/lib.sh"
need_command haproxy
need_command python3
ports=$(python3 -c '
import socket
all = [socket.socket() for _ in range(3)]
for s in all:
    s.bind(("127.0.0.1", 0))
print(*[s.getsockname()[1] for s in all])')
# shellcheck disable=SC2086
set -- $ports
cat >"$scratch/haproxy.cfg" <<END
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
    option redispatch
    retries 3
    retry-on conn-failure
frontend soap
    bind 127.0.0.1:$3
    default_backend shop
backend shop
    balance leastconn
    option httpchk GET /servicemodelsamples/service?health
    default-server inter 200 fall 1 rise 1 check
    server a 127.0.0.1:$1
    server b 127.0.0.1:$2
END
haproxy -db -f "$scratch/haproxy.cfg" >"$scratch/haproxy.log" 2>&1 &
pids="$pids $!"
check "rolling restarts behind HAProxy fail no call" python3 \
    "$source/test/peers/load.py" "$samples/calculator-server" "$1" "$2" "$3" \
    "${SEBON_LOAD_CALLS:-10000}"
sed 's/^/# /' "$scratch/out"
finish
