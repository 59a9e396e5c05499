#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Metadata of all kinds, on a free port that is printed.

usage: fetch_server.py WSDL
"""
import http.server
import sys

with open(sys.argv[1], encoding='utf-8') as file:
    WSDL = file.read()

SPLIT = '''<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/"
 xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:split"
 xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:split">
 <w:types><x:schema targetNamespace="urn:split/Imports">
 <x:import namespace="urn:split" schemaLocation="%s"/>%s
 </x:schema></w:types>
 <w:message name="i"><w:part name="parameters" element="t:Ask"/></w:message>
 <w:message name="o"><w:part name="parameters" element="t:Answer"/></w:message>
 <w:portType name="Split"><w:operation name="Ask"><w:input message="t:i"/>
 <w:output message="t:o"/></w:operation></w:portType>
 <w:binding name="b" type="t:Split">
 <s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
 <w:operation name="Ask"><s:operation soapAction="urn:ask"/>
 <w:input><s:body use="literal"/></w:input>
 <w:output><s:body use="literal"/></w:output></w:operation></w:binding>
 <w:service name="Split"><w:port name="p" binding="t:b">
 <s:address location="http://127.0.0.1:9/"/></w:port></w:service>
</w:definitions>'''
SCHEMA = '''<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"
 xmlns:t="urn:split" targetNamespace="urn:split" elementFormDefault="qualified">
 <x:include schemaLocation="../deep/types.xsd"/>
 <x:element name="Ask" type="t:Text"/><x:element name="Answer" type="t:Text"/>
</x:schema>'''
TYPES = '''<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"
 targetNamespace="urn:split"><x:include schemaLocation="/sub/main.xsd"/>
 <x:complexType name="Text"><x:sequence><x:element name="text"
 type="x:string"/></x:sequence></x:complexType></x:schema>'''
LOCAL = '<x:import namespace="urn:l" schemaLocation="%s"/>'

PAGES = {
    '/calc?wsdl': (200, 'text/xml', WSDL),
    '/calc': (200, 'text/html', '<html><body>a page</body></html>'),
    '/plain.wsdl': (200, 'text/xml', WSDL),
    '/split?wsdl': (200, 'text/xml', SPLIT % ('sub/main.xsd', '')),
    '/sub/main.xsd': (200, 'text/xml', SCHEMA),
    '/deep/types.xsd': (200, 'text/xml', TYPES),
    '/file?wsdl': (200, 'text/xml', SPLIT % (
        'sub/main.xsd', LOCAL % 'file:///etc/passwd')),
    '/path?wsdl': (200, 'text/xml', SPLIT % (
        'sub/main.xsd', LOCAL % '/etc/passwd')),
    '/moved': (302, '', '/plain.wsdl'),
    '/loop': (302, '', '/loop'),
    '/away': (302, '', 'http://192.0.2.1/x.wsdl'),
    '/broken?wsdl': (200, 'text/xml', '<w:definitions'),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, kind, body = PAGES.get(self.path, (404, 'text/plain', ''))
        self.send_response(status)
        if status == 302:
            self.send_header('Location', body)
            body = ''
        self.send_header('Content-Type', kind)
        data = body.encode()
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.path = '/none'
        self.do_GET()

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
print(f'http://127.0.0.1:{server.server_port}', flush=True)
server.serve_forever()
