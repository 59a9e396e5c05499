# SPDX-License-Identifier: Apache-2.0
"""replay.py SERVER DATA [-v] [SCENARIO...]

Sends what was recorded on .NET to our services, byte for byte but for the Host,
and compares the replies with the recorded ones. DATA is the folder with net/
and corewcf/. TAP: one test a scenario. kept.tsv says which differences are
meant; any other fails, and so does one that is gone. With scenarios named only
these run; -v shows all differences.
"""
import csv
import fnmatch
import os
import re
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET

from message import Envelope, Response, without_idle_declarations

HERE = os.path.dirname(os.path.abspath(__file__))
GROUPS = re.compile(r'(calc|shape|untyped|message|fault|fault11|fault11d|raw11|'
                    r'raw11d|fault12|raw12|bind|prim|type|xmlser|rpc)(-|$)')
# What is recorded at paths that need WS-Addressing, or that only say how the
# host was told to send: cookies, gzip, utf-16, MTOM.
ELSEWHERE = re.compile(r'/faults/1[12]-wsa|/all/|/types/(complex12|versions)|/rpc/encoded|/bind/(?!(basic|soap11|soap12)$)')
SMALL = ('/faults/11-small',)


def read_index(folder):
    """Exchanges of our groups by scenario; what shares a connection is one."""
    scenarios = {}
    with open(os.path.join(folder, 'INDEX.tsv'), encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            if row['nn'] == '-' or not GROUPS.match(row['scenario']) or \
                    ELSEWHERE.match(row['service']):
                continue
            scenarios.setdefault(row['scenario'], []).append(row)
    return scenarios


def file_of(folder, row, what):
    path = os.path.join(folder, 'exchanges', '%s.%s.%s.http' % (
        row['scenario'], row['nn'], what))
    if not os.path.exists(path):
        return None
    with open(path, 'rb') as file:
        return file.read()


def connections(rows):
    """Runs of exchanges that went over one connection in one go."""
    together, last = [], None
    for row in rows:
        match = re.search(r'exchange \d+ of \d+ of one call, connection (\d+)',
                          row['notes'])
        if match and match.group(1) == last:
            together[-1].append(row)
        else:
            together.append([row])
        last = match.group(1) if match else None
    return together


def with_host(request, port):
    return re.sub(rb'(?m)^Host: 127\.0\.0\.1:\d+\r$',
                  b'Host: 127.0.0.1:%d\r' % port, request, count=1)


def talk(port, requests, expected):
    """Sends the bytes, and reads as many responses as expected, or until the
    connection ends. A request that is not all there is followed by our end."""
    responses, data = [], b''
    heads = [r.split(b' ', 1)[0] == b'HEAD' for r in requests]
    try:
        peer = socket.create_connection(('127.0.0.1', port), timeout=10)
    except OSError:
        return [None] * len(requests)
    with peer:
        peer.sendall(b''.join(with_host(r, port) for r in requests))
        if expected < len(requests):
            peer.shutdown(socket.SHUT_WR)
        while len(responses) < len(requests):
            response = Response(data, heads[len(responses)])
            if response.complete:
                responses.append(response)
                data = response.rest
                continue
            try:
                piece = peer.recv(65536)
            except ConnectionResetError:
                piece = b''
            if not piece:
                break
            data += piece
    return responses + [None] * (len(requests) - len(responses))


def clip(text):
    return text if len(text) < 400 else text[:400] + '...'


def gist(response):
    """The answer in few words: status, and what the body says."""
    if response is None:
        return 'none'
    text = str(response.status)
    if not response.body:
        allow = response.fields.get('allow')
        return text + (' empty' if allow is None else ' empty, Allow: ' + allow)
    if not response.media_type().endswith('xml'):
        return '%s %s' % (text, response.media_type())
    envelope = Envelope(response.body)
    if envelope.fault is not None:
        return '%s fault %s' % (text, envelope.fault['code'])
    return '%s %s' % (text, ''.join(node.show() for node in envelope.body))


def differ(ours, theirs):
    """(field, ours, theirs) of all that differs."""
    if ours is None or theirs is None or ours.status != theirs.status or \
            bool(ours.body) != bool(theirs.body):
        a, b = gist(ours), gist(theirs)
        return [] if a == b else [('answer', a, b)]
    if theirs.media_type() != ours.media_type():
        return [('type', ours.media_type(), theirs.media_type())]
    if theirs.media_type() == 'text/html' or not ours.body:
        return []
    try:
        return differ_envelopes(Envelope(ours.body), Envelope(theirs.body))
    except (ET.ParseError, ValueError) as error:
        return [('envelope', str(error), '')]


def differ_envelopes(ours, theirs):
    found = []

    def compare(field, a, b):
        if a != b:
            found.append((field, str(a), str(b)))

    compare('version', ours.version, theirs.version)
    compare('headers', ours.headers, theirs.headers)
    if ours.fault is not None and theirs.fault is not None:
        for key in sorted(set(ours.fault) | set(theirs.fault)):
            compare(key, ours.fault.get(key, 'none'),
                    theirs.fault.get(key, 'none'))
    elif ours.fault is not None or theirs.fault is not None:
        compare('fault', ours.fault, theirs.fault)
    else:
        shown = [''.join(node.show() for node in envelope.body)
                 for envelope in (ours, theirs)]
        compare('value', *shown)
        if shown[0] == shown[1]:
            compare('names', [node.value() for node in ours.body],
                    [node.value() for node in theirs.body])
    return found


class Kept:
    """The differences that are meant: row of docs/interop.md, exchanges (a
    pattern), field, our value (a pattern)."""

    def __init__(self, path):
        self.lines = []
        with open(path, encoding='utf-8') as file:
            for line in file:
                if line.strip() and not line.startswith('#'):
                    self.lines.append(line.rstrip('\n').split('\t') + [0])

    def allows(self, exchange, field, value):
        for line in self.lines:
            if fnmatch.fnmatchcase(exchange, line[1]) and line[2] == field and \
                    fnmatch.fnmatchcase(value.replace('[', '('),
                                        line[3].replace('[', '(')):
                line[-1] += 1
                return line[0]
        return None


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdout=subprocess.PIPE,
                                        universal_newlines=True)
        ports = self.process.stdout.readline().split()
        if len(ports) != 2:
            sys.exit('the server did not start')
        self.port, self.small = (int(port) for port in ports)

    def port_of(self, row):
        return self.small if row['service'] in SMALL else self.port

    def stop(self):
        self.process.terminate()
        return self.process.wait()


class Run:
    def __init__(self, server, data, kept, verbose):
        self.server, self.data, self.kept = server, data, kept
        self.verbose = verbose
        self.count = self.failed = 0
        self.groups = {}

    def report(self, ok, name):
        self.count += 1
        self.failed += not ok
        print('%s %d - %s' % ('ok' if ok else 'not ok', self.count, name))

    def exchange(self, row, ours):
        """Whether it is as recorded, or as is meant."""
        theirs = file_of(self.data, row, 'response')
        if theirs is not None:
            theirs = Response(theirs, row['operation'] == 'HEAD')
        return self.judge(row['scenario'].split('-')[0],
                          '%s.%s' % (row['scenario'], row['nn']),
                          '%s; %s' % (row['operation'], row['arguments'][:90]),
                          differ(ours, theirs))

    def judge(self, group, name, what, differences):
        tally = self.groups.setdefault(group, [0, 0, 0, 0, 0])
        tally[0] += 1
        bad = False
        texts = all(field == 'reason' for field, _, _ in differences)
        for field, a, b in differences:
            why = self.kept.allows(name, field, a)
            if why is None:
                bad = True
            if why is None or self.verbose:
                print('# %s (%s): %s\n#   ours:     %s\n#   recorded: %s%s'
                      % (name, what, field, clip(a), clip(b),
                         '' if why is None else '\n#   kept: ' + why))
        tally[4 if bad else 1 if not differences else 2 if texts else 3] += 1
        return not bad

    def scenario(self, name, rows):
        ok = True
        for together in connections(rows):
            requests = [file_of(self.data, row, 'request') for row in together]
            expected = sum(file_of(self.data, row, 'response') is not None
                           for row in together)
            responses = talk(self.server.port_of(together[0]), requests,
                             expected)
            for row, response in zip(together, responses):
                ok &= self.exchange(row, response)
        self.report(ok, name)

    def summary(self):
        print('# %-10s %8s %6s %9s %5s %7s' % (
            'group', 'requests', 'equal', 'but texts', 'kept', 'failing'))
        for group, tally in sorted(self.groups.items()):
            print('# %-10s %8d %6d %9d %5d %7d' % (group, *tally))


def differ_bytes(ours, status, theirs):
    """As differ, of a body that is to be equal to the byte."""
    if str(ours.status) != status:
        return [('status', str(ours.status), status)]
    if ours.body == theirs:
        return []
    a, idle = without_idle_declarations(ours.body)
    b, their_idle = without_idle_declarations(theirs)
    if a == b:
        return [('idle declarations', ' '.join(idle) or 'none',
                 ' '.join(their_idle))]
    return [('bytes', ours.body.decode(), theirs.decode())]


def replay_bytes(run, folder):
    """Messages of CoreWCF's own tests, whose replies are given to the byte."""
    with open(os.path.join(folder, 'index.tsv'), encoding='utf-8') as file:
        rows = [line.rstrip('\n').split('\t') for line in file][1:]
    for name, action, status, _ in rows:
        bodies = []
        for what in ('request', 'response'):
            path = os.path.join(folder, '%s.%s.xml' % (name, what))
            with open(path, 'rb') as file:
                bodies.append(file.read())
        head = ('POST /corewcf/%s HTTP/1.1\r\nHost: localhost\r\n'
                'SOAPAction: "%s"\r\nContent-Type: text/xml; charset=utf-8\r\n'
                'Content-Length: %d\r\n\r\n' % (name, action, len(bodies[0])))
        response, = talk(run.server.port, [head.encode() + bodies[0]], 1)
        run.report(run.judge('corewcf', 'corewcf.' + name, action,
                             differ_bytes(response, status, bodies[1])),
                   'corewcf ' + name)


def check_kept(run, kept):
    """Each meant difference is there, and is told."""
    with open(os.path.join(HERE, '../../docs/interop.md'),
              encoding='utf-8') as file:
        told = set(re.findall(r'^\| (\w+) \|', file.read(), re.M))
    for line in kept.lines:
        if line[-1] == 0:
            print('# kept.tsv: %s %s %s does not occur' % tuple(line[:3]))
        if line[0] not in told:
            print('# docs/interop.md has no row %s' % line[0])
    run.report(all(line[-1] for line in kept.lines), 'all that is kept occurs')
    run.report(all(line[0] in told for line in kept.lines),
               'all that is kept is told')


def main(program, data, *names):
    verbose = '-v' in names
    names = [name for name in names if name != '-v']
    if not os.path.exists(os.path.join(data, 'net', 'INDEX.tsv')):
        print('1..0 # SKIP the recorded exchanges are not here')
        return 0
    net, corewcf = os.path.join(data, 'net'), os.path.join(data, 'corewcf')
    kept = Kept(os.path.join(HERE, 'kept.tsv'))
    server = Server(program)
    run = Run(server, net, kept, verbose)
    try:
        for name, rows in read_index(net).items():
            if not names or name in names:
                run.scenario(name, rows)
        if not names or 'corewcf' in names:
            replay_bytes(run, os.path.join(corewcf, 'messages'))
    finally:
        status = server.stop()
    run.summary()
    run.report(status == 0, 'the server ends well')
    if not names:
        check_kept(run, kept)
    print('1..%d' % run.count)
    return 1 if run.failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
