#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Calls Add through a balancer from several threads until all calls are made,
and restarts the servers behind it one by one meanwhile. Without retries.

usage: load.py SERVER PORT1 PORT2 BALANCER_PORT CALLS
"""
import http.client
import subprocess
import sys
import threading
import time

server, port1, port2, front, calls = sys.argv[1], *map(int, sys.argv[2:])
THREADS = 8
PATH = '/servicemodelsamples/service'
BODY = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        '<s:Body><Add xmlns="http://Microsoft.ServiceModel.Samples">'
        '<n1>2</n1><n2>3</n2></Add></s:Body></s:Envelope>')
HEADERS = {'Content-Type': 'text/xml; charset=utf-8', 'SOAPAction':
           '"http://Microsoft.ServiceModel.Samples/ICalculator/Add"'}
left = [calls]
failures = []
lock = threading.Lock()


def start(port):
    process = subprocess.Popen([server, '--port', str(port), '--delay', '1'],
                               stdout=subprocess.PIPE, text=True)
    if not process.stdout.readline():
        sys.exit('a server did not start')
    return process


def is_up(port):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=5)
    try:
        connection.request('GET', PATH + '?health')
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def take():
    with lock:
        left[0] -= 1
        return left[0] >= 0


def load():
    connection = http.client.HTTPConnection('127.0.0.1', front, timeout=30)
    while take():
        try:
            connection.request('POST', PATH, BODY, HEADERS)
            reply = connection.getresponse()
            text = reply.read()
            if reply.status != 200 or b'<AddResult>5<' not in text:
                failures.append(f'{reply.status} {text[:200]}')
        except OSError as error:
            failures.append(repr(error))
            connection.close()
    connection.close()


servers = {port1: start(port1), port2: start(port2)}
while not is_up(front):
    time.sleep(0.05)
threads = [threading.Thread(target=load) for _ in range(THREADS)]
for thread in threads:
    thread.start()
restarts = 0
while any(thread.is_alive() for thread in threads):
    for port in servers:
        servers[port].terminate()
        if servers[port].wait(30) != 0:
            failures.append('a server did not end well')
        servers[port] = start(port)
        restarts += 1
        time.sleep(1)  # the balancer checks that often
for process in servers.values():
    process.terminate()
    process.wait()
print(f'{calls} calls, {restarts} restarts, {len(failures)} failures')
for failure in failures[:5]:
    print(failure)
sys.exit(bool(failures) or restarts < 2)
