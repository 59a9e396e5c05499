#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The documents that a server gives out, read as one who has only its address.

    served.py SERVER SEBON

Each address that a document names gives a document of the namespace it is
imported for; ?singleWsdl refers to none and means the same; Host may be an IPv6
address, and the server a Unix socket.
"""
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'contract'))
import graph  # noqa: E402

WSDL = '{http://schemas.xmlsoap.org/wsdl/}'
XS = '{http://www.w3.org/2001/XMLSchema}'
number = 0


def report(good, name):
    global number
    number += 1
    print('%s %d - %s' % ('ok' if good else 'not ok', number, name), flush=True)


def get(server, target, host=None):
    connection = http.client.HTTPConnection(server, timeout=20)
    connection.putrequest('GET', target, skip_host=host is not None)
    if host is not None:
        connection.putheader('Host', host)
    connection.endheaders()
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, body


def imports(root):
    for node in root.iter():
        if node.tag == WSDL + 'import':
            yield node.get('location'), node.get('namespace')
        elif node.tag in (XS + 'import', XS + 'include'):
            if node.get('schemaLocation'):
                yield node.get('schemaLocation'), node.get('namespace')


def follow(server, path):
    """All documents by the address they have; None: one is wrong."""
    start = 'http://%s%s?wsdl' % (server, path)
    waiting, found = [(start, None)], {}
    while waiting:
        url, ns = waiting.pop()
        parts = urllib.parse.urlsplit(url)
        if parts.netloc != server or parts.path != path:
            print('# not of this server: ' + url)
            return None
        status, body = get(server, '%s?%s' % (parts.path, parts.query))
        if status != 200:
            print('# %s: %d' % (url, status))
            return None
        root = ET.fromstring(body)
        if ns is not None and root.get('targetNamespace') != ns:
            print('# %s is of %s' % (url, root.get('targetNamespace')))
            return None
        if url not in found:
            found[url] = body
            waiting += imports(root)
    return found


def one_namespace(lines):
    """Components of WSDL without their namespaces, which ?singleWsdl changes."""
    out = set()
    for line in lines:
        if line.split(' ')[0] in ('porttype', 'binding', 'service'):
            line = re.sub(r'(?<![=\w])\{[^}]*\}', '', line)
        out.add(line)
    return out


def meaning(folder, name, body):
    path = os.path.join(folder, name)
    with open(path, 'wb') as f:
        f.write(body)
    return one_namespace(graph.graph(path))


def check_service(server, sebon, folder, path):
    found = follow(server, path)
    report(found is not None, path + ': each import leads to its document')
    kinds = sorted({u.rpartition('?')[2].partition('=')[0] for u in found or {}})
    print('# %s: %d documents, %s' % (path, len(found or {}), kinds))
    status, body = get(server, path + '?singleWsdl')
    root = ET.fromstring(body)
    report(status == 200 and not list(imports(root)),
           path + ': ?singleWsdl refers to no other document')
    linked = os.path.join(folder, 'linked' + path.replace('/', '_'))
    subprocess.run([sebon, 'download', 'http://%s%s?wsdl' % (server, path),
                    '--out', linked], check=True, stdout=subprocess.DEVNULL)
    main = [n for n in os.listdir(linked)
            if b'<wsdl:service ' in open(os.path.join(linked, n), 'rb').read()]
    ours = meaning(folder, 'single.wsdl', body)
    theirs = one_namespace(graph.graph(os.path.join(linked, main[0])))
    for line in sorted(ours ^ theirs):
        print('# ' + line)
    report(ours == theirs and ours, path + ': and it means the same')
    made = subprocess.run([sebon, 'generate', os.path.join(folder,
                           'single.wsdl'), '--out', linked])
    report(made.returncode == 0, path + ': and code is made of it')


def check_ports(server):
    """Contracts of one service, bound at addresses of their own."""
    for path in ('/stock', '/labels'):
        root = ET.fromstring(get(server, path + '?singleWsdl')[1])
        ports = {p.get('name'): p[0].get('location')[len('http://' + server):]
                 for p in root.iter(WSDL + 'port')}
        report(ports == {'BasicHttpBinding_IStock': '/stock',
                         'CustomBinding_IStock': '/stock',
                         'BasicHttpBinding_ILabels': '/labels'},
               path + ': each port has the address of its contract')


def check_host(server, path):
    for host in ('[::1]:8080', '[fe80::1]', 'localhost', ''):
        at = 'http://%s%s' % (host or 'localhost', path)
        bodies = [get(server, path + query, host)[1].decode()
                  for query in ('?wsdl', '?singleWsdl', '?disco')]
        report(all(at in body for body in bodies) and
               at + '?singleWsdl' in bodies[2],
               "%s: addresses are those of Host '%s'" % (path, host))


def download(sebon, url, out):
    """The names of the files."""
    made = subprocess.run([sebon, 'download', url, '--out', out],
                          stdout=subprocess.DEVNULL)
    return sorted(os.listdir(out)) if made.returncode == 0 else None


def check_unix(server, unix, sebon, folder):
    at = 'http+unix://' + urllib.parse.quote(unix, safe='')
    for i, path in enumerate(('/parts?wsdl', '/parts/mex', '/parts')):
        out = os.path.join(folder, str(i))
        over_tcp = download(sebon, 'http://' + server + path, out + 'tcp')
        over_unix = download(sebon, at + path, out + 'unix')
        report(over_unix and over_unix == over_tcp,
               'a Unix socket: all documents by ' + path)


def main():
    program, sebon = sys.argv[1:]
    folder = tempfile.mkdtemp()
    unix = os.path.join(folder, 'socket')
    process = subprocess.Popen([program, unix], stdout=subprocess.PIPE,
                               text=True)
    try:
        server = process.stdout.readline().strip()[len('http://'):]
        for path in ('/calculator', '/parts', '/stock', '/labels'):
            check_service(server, sebon, folder, path)
        check_ports(server)
        check_host(server, '/parts')
        check_unix(server, unix, sebon, folder)
        print('1..%d' % number)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
