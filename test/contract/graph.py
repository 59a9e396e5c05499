#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What WSDL documents mean, as lines of text; two of them compared.

    graph.py print WSDL
    graph.py diff [--used] [--abstract] OURS THEIRS

--used leaves out what no message leads to in the Serialization schema,
--abstract the bindings and services.

Names of prefixes and files, addresses, order of declarations that has no
meaning, documentation and policies do not show.  "- line" is theirs only,
"+ line" ours only.
"""
import os
import sys
import xml.etree.ElementTree as ET

WSDL = '{http://schemas.xmlsoap.org/wsdl/}'
XS = '{http://www.w3.org/2001/XMLSchema}'
WSAW = '{http://www.w3.org/2006/05/addressing/wsdl}'
SOAP = {'{http://schemas.xmlsoap.org/wsdl/soap/}': 'soap11',
        '{http://schemas.xmlsoap.org/wsdl/soap12/}': 'soap12'}
SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/'
# .NET 10 only
NEWER = {'{%s}dateOnly' % SERIALIZATION, '{%s}timeOnly' % SERIALIZATION}


def parse(path):
    """The root; each element knows the prefixes in scope as node.ns"""
    scopes, pending, spaces = [{}], {}, {}
    root = None
    for event, item in ET.iterparse(path, ('start', 'end', 'start-ns')):
        if event == 'start-ns':
            pending[item[0]] = item[1]
        elif event == 'start':
            scopes.append({**scopes[-1], **pending})
            pending = {}
            spaces[item] = scopes[-1]
            root = item if root is None else root
        else:
            scopes.pop()
    return root, spaces


class Graph:
    def __init__(self):
        self.lines = set()
        self.ns = {}
        self.seen = set()
        self.messages = {}
        self.bindings = []
        self.porttypes = []
        self.services = []
        self.schemas = []

    def q(self, node, text):
        if text is None:
            return None
        prefix, _, local = text.rpartition(':')
        ns = self.ns[node].get(prefix, '')
        if ns == XS[1:-1]:
            return 'xs:' + local
        return '{%s}%s' % (ns, local)

    def say(self, text, *args):
        self.lines.add(' '.join((text,) + tuple(a for a in args if a)))

    def load(self, path, urls):
        path = os.path.realpath(path)
        if path in self.seen:
            return
        self.seen.add(path)
        root, spaces = parse(path)
        self.ns.update(spaces)
        folder = os.path.dirname(path)
        for node in root.iter():
            place = None
            if node.tag == WSDL + 'import':
                place = node.get('location')
            elif node.tag in (XS + 'import', XS + 'include'):
                place = node.get('schemaLocation')
            if place:
                self.load(os.path.join(folder, urls.get(place, place)), urls)
        if root.tag == XS + 'schema':
            self.schemas.append(root)
        else:
            self.load_wsdl(root)

    def load_wsdl(self, root):
        tns = root.get('targetNamespace', '')
        for schema in root.findall('.//' + XS + 'schema'):
            self.schemas.append(schema)
        for node in root.findall(WSDL + 'message'):
            self.messages['{%s}%s' % (tns, node.get('name'))] = node
        for tag, kept in (('portType', self.porttypes),
                          ('binding', self.bindings),
                          ('service', self.services)):
            for node in root.findall(WSDL + tag):
                kept.append((tns, node))

    def message(self, node, at):
        name = self.q(node, node.get('message'))
        message = self.messages.get(name)
        if message is None:
            return name + ' MISSING'
        parts = [(p.get('name'),
                  self.q(p, p.get('element')) or
                  'type ' + str(self.q(p, p.get('type'))))
                 for p in message.findall(WSDL + 'part')]
        if at is not None:
            parts = [p for p in parts if p[0] == at]
        return name + ''.join(' %s=%s' % p for p in parts)

    def action(self, node):
        action = node.get(WSAW + 'Action')
        return None if action is None else 'action=' + action

    def porttype(self, tns, node):
        name = 'porttype {%s}%s' % (tns, node.get('name'))
        self.say(name)
        for op in node.findall(WSDL + 'operation'):
            where = '%s %s' % (name, op.get('name'))
            self.say(where, 'directions', '+'.join(
                d.tag[len(WSDL):] for d in op
                if d.tag in (WSDL + 'input', WSDL + 'output')),
                op.get('parameterOrder'))
            for tag in ('input', 'output', 'fault'):
                for d in op.findall(WSDL + tag):
                    self.say(where, tag, d.get('name'), self.action(d),
                             self.message(d, None))

    def binding(self, tns, node):
        name = 'binding {%s}%s' % (tns, node.get('name'))
        self.say(name, 'of', self.q(node, node.get('type')))
        for soap, version in SOAP.items():
            for b in node.findall(soap + 'binding'):
                self.say(name, version, b.get('transport'),
                         b.get('style', 'document'))
            for op in node.findall(WSDL + 'operation'):
                where = '%s %s' % (name, op.get('name'))
                for s in op.findall(soap + 'operation'):
                    self.say(where, 'soapAction=' + s.get('soapAction', ''),
                             s.get('style', ''))
                for d in op:
                    if d.tag.startswith(WSDL):
                        self.direction(where, d, soap)

    def direction(self, where, d, soap):
        where = '%s %s' % (where, d.tag[len(WSDL):])
        for body in d.findall(soap + 'body'):
            self.say(where, 'body', body.get('use'), body.get('namespace'),
                     body.get('encodingStyle'), body.get('parts'))
        for fault in d.findall(soap + 'fault'):
            self.say(where, fault.get('name'), fault.get('use'),
                     fault.get('namespace'))
        for header in d.findall(soap + 'header'):
            self.say(where, 'header', header.get('use'),
                     self.message(header, header.get('part')))

    def service(self, tns, node):
        name = 'service {%s}%s' % (tns, node.get('name'))
        for port in node.findall(WSDL + 'port'):
            self.say(name, 'port', port.get('name'),
                     self.q(port, port.get('binding')))

    # ---- Schemas ---------------------------------------------------------

    def occurs(self, node):
        low, high = node.get('minOccurs', '1'), node.get('maxOccurs', '1')
        return '[%s..%s]' % (low, '*' if high == 'unbounded' else high)

    def type_of(self, node, schema):
        inner = node.find(XS + 'complexType')
        if inner is None:
            inner = node.find(XS + 'simpleType')
        if inner is not None:
            return '(%s)' % self.type(inner, schema)
        return self.q(node, node.get('type')) or 'xs:anyType'

    def particle(self, node, schema):
        tns = schema.get('targetNamespace', '')
        if node.tag == XS + 'element':
            if node.get('ref'):
                return 'ref %s%s' % (self.q(node, node.get('ref')),
                                     self.occurs(node))
            form = node.get('form', schema.get('elementFormDefault',
                                               'unqualified'))
            default = node.get('default')
            return '%s%s%s%s: %s%s%s' % (
                '' if form == 'qualified' else 'unqualified ',
                node.get('name'), self.occurs(node),
                '?' if node.get('nillable') == 'true' else '',
                self.type_of(node, schema),
                '' if default is None else ' default=' + default,
                self.appinfo(node))
        if node.tag == XS + 'any':
            return 'any(%s %s)%s' % (node.get('namespace', '##any'),
                                     node.get('processContents', 'strict'),
                                     self.occurs(node))
        inside = [self.particle(c, schema) for c in node
                  if c.tag != XS + 'annotation']
        return '%s%s{%s}' % (node.tag[len(XS):], self.occurs(node),
                             '; '.join(inside))

    def appinfo(self, node):
        out = []
        for info in node.findall('%sannotation/%sappinfo' % (XS, XS)):
            for child in info:
                out.append('%s=%s' % (
                    child.tag.rpartition('}')[2],
                    ','.join(self.q(child, child.get('Name')) + '@' +
                             child.get('Namespace', '') if k == 'Name' else v
                             for k, v in sorted(child.items())
                             if k not in ('Namespace',)) or child.text))
        return ' <%s>' % ' '.join(out) if out else ''

    def attribute(self, node, schema):
        name = node.get('name') or 'ref ' + str(self.q(node, node.get('ref')))
        array = node.get(WSDL + 'arrayType')
        return '@%s: %s %s %s%s%s' % (
            name, self.type_of(node, schema) if node.get('name') else '',
            node.get('use', 'optional'), node.get('default', ''),
            '' if array is None else ' of ' + self.q(node, array),
            self.appinfo(node))

    def type(self, node, schema):
        out = ['mixed'] if node.get('mixed') == 'true' else []
        for child in node:
            tag = child.tag.replace(XS, '')
            if tag in ('sequence', 'choice', 'all', 'group'):
                out.append(self.particle(child, schema))
            elif tag == 'attribute':
                out.append(self.attribute(child, schema))
            elif tag in ('complexContent', 'simpleContent'):
                out.append(self.type(child, schema))
            elif tag in ('restriction', 'extension'):
                out.append('%s %s %s' % (
                    tag, self.q(child, child.get('base')) or '',
                    self.type(child, schema)))
            elif tag == 'list':
                out.append('list ' + (self.q(child, child.get('itemType')) or
                                      self.type(child, schema)))
            elif tag == 'simpleType':
                out.append('(%s)' % self.type(child, schema))
            elif tag == 'annotation':
                continue
            elif tag == 'anyAttribute':
                out.append('@any(%s %s)' % (
                    child.get('namespace', '##any'),
                    child.get('processContents', 'strict')))
            else:
                out.append('%s=%s%s' % (tag, child.get('value', ''),
                                        self.appinfo(child)))
        return '%s%s' % (' '.join(out), self.appinfo(node))

    def schema(self, schema):
        tns = schema.get('targetNamespace', '')
        for node in schema:
            name = '{%s}%s' % (tns, node.get('name'))
            if name in NEWER or node.get('name') is None:
                continue
            if node.tag == XS + 'element':
                self.say('element', name + (
                    '?' if node.get('nillable') == 'true' else ''),
                    self.type_of(node, schema) + self.appinfo(node))
            elif node.tag in (XS + 'complexType', XS + 'simpleType'):
                self.say('type', name, self.type(node, schema))
            elif node.tag == XS + 'attribute':
                self.say('attribute', name, self.type_of(node, schema))

    def all(self):
        for tns, node in self.porttypes:
            self.porttype(tns, node)
        for tns, node in self.bindings:
            self.binding(tns, node)
        for tns, node in self.services:
            self.service(tns, node)
        for schema in self.schemas:
            self.schema(schema)
        return self.lines


def graph(path):
    urls = {}
    table = os.path.join(os.path.dirname(path), 'URLS.tsv')
    if os.path.exists(table):
        with open(table, encoding='utf-8') as f:
            for line in f:
                cells = line.rstrip('\n').split('\t')
                urls[cells[1]] = cells[0]
                urls[cells[0]] = cells[1]
    g = Graph()
    g.load(path, urls)
    return g.all()


def used(lines):
    """Without what only the fixed schema says and nobody refers to."""
    fixed = {l for l in lines if l.split(' ')[1].startswith(
        '{%s}' % SERIALIZATION)}
    rest = '\n'.join(lines - fixed)
    return {l for l in lines
            if l not in fixed or l.split(' ')[1].rstrip('?') in rest}


def abstract(lines):
    return {l for l in lines if l.split(' ')[0] not in ('binding', 'service')}


def main():
    args = [a for a in sys.argv[1:] if not a.startswith('--')]
    if args[0] == 'print':
        print('\n'.join(sorted(graph(args[1]))))
        return 0
    ours, theirs = graph(args[1]), graph(args[2])
    if '--used' in sys.argv:
        ours, theirs = used(ours), used(theirs)
    if '--abstract' in sys.argv:
        ours, theirs = abstract(ours), abstract(theirs)
    found = {'- ' + l for l in theirs - ours} | {'+ ' + l for l in ours - theirs}
    for line in sorted(found, key=lambda l: (l[2:], l)):
        print(line)
    print('# %d equal, %d differ' % (len(ours & theirs), len(found)))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
