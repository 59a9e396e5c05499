# SPDX-License-Identifier: Apache-2.0
"""HTTP messages and SOAP envelopes, so that they can be compared."""
import gzip
import re
import xml.etree.ElementTree as ET
from io import BytesIO

SOAP = {'http://schemas.xmlsoap.org/soap/envelope/': '1.1',
        'http://www.w3.org/2003/05/soap-envelope': '1.2'}
XSI = '{http://www.w3.org/2001/XMLSchema-instance}'
XML = '{http://www.w3.org/XML/1998/namespace}'


class Response:
    """One response out of bytes; interim ones are passed over. rest is what
    follows it; complete is False while bytes are missing."""

    def __init__(self, data, head_only=False):
        self.status, self.fields, self.body, self.rest = None, {}, b'', b''
        self.complete = False
        while True:
            head, found, data = data.partition(b'\r\n\r\n')
            if not found:
                return
            lines = head.decode('latin-1').split('\r\n')
            status = int(lines[0].split()[1])
            if status >= 200:
                break
        for line in lines[1:]:
            name, _, value = line.partition(':')
            self.fields[name.lower()] = value.strip()
        self.status = status
        if head_only:
            self.rest, self.complete = data, True
        else:
            self._take_body(data)

    def _take_body(self, data):
        if 'chunked' in self.fields.get('transfer-encoding', ''):
            while True:
                size, found, data = data.partition(b'\r\n')
                if not found:
                    return
                size = int(size.split(b';')[0], 16)
                if len(data) < size + 2:
                    return
                self.body += data[:size]
                data = data[size + 2:]
                if size == 0:
                    break
        else:
            size = int(self.fields.get('content-length', '0'))
            if len(data) < size:
                return
            self.body, data = data[:size], data[size:]
        self.rest, self.complete = data, True
        if self.fields.get('content-encoding') == 'gzip':
            self.body = gzip.decompress(self.body)

    def media_type(self):
        return self.fields.get('content-type', '').split(';')[0].strip().lower()


class Node:
    """An element: name and attributes as {ns}local, without the prefixes."""

    def __init__(self, name, attributes, text, children):
        self.name, self.attributes = name, attributes
        self.text, self.children = text, children

    def child(self, name):
        for child in self.children:
            if child.name.split('}')[-1] == name:
                return child
        return None

    def value(self):
        """What is compared: order of attributes and prefixes do not count."""
        return (self.name, tuple(sorted(self.attributes.items())), self.text,
                tuple(child.value() for child in self.children))

    def show(self):
        tag = self.name.split('}')[-1]
        attributes = ''.join(' %s="%s"' % (name.split('}')[-1], value)
                             for name, value in sorted(self.attributes.items()))
        inside = self.text + ''.join(child.show() for child in self.children)
        return '<%s%s>%s</%s>' % (tag, attributes, inside, tag)


def resolve(text, scope):
    """A QName as {ns}local."""
    prefix, colon, local = text.strip().rpartition(':')
    if colon and prefix not in scope:
        return text
    ns = scope.get(prefix, '')
    return '{%s}%s' % (ns, local) if ns else local


def resolve_declared(text, declared):
    """A value that looks like a QName of a prefix that its element declares."""
    prefix, colon, _ = text.partition(':')
    return resolve(text, declared) if colon and prefix in declared else text


def embedded(text):
    """Text that is XML itself is compared as XML: writers differ in what does
    not count, as in quotes and <a />."""
    if not text.startswith('<'):
        return text
    try:
        return parse(text.encode('utf-8')).show()
    except ET.ParseError:
        return text


def parse(data):
    """The root as a Node. Characters that XML forbids, and .NET writes, are
    read as private ones."""
    data = re.sub(rb'&#x([0-8BCEF]|1[0-9A-F]|FFF[EF]);',
                  lambda m: b'&#xE0%s;' % m.group(1)[-2:].rjust(2, b'0'), data)
    scopes, declared, stack, root = [{}], [], [], None
    pending = {}
    for event, item in ET.iterparse(BytesIO(data),
                                    ('start-ns', 'start', 'end')):
        if event == 'start-ns':
            pending[item[0]] = item[1]
        elif event == 'start':
            scopes.append(dict(scopes[-1], **pending))
            declared.append(pending)
            pending = {}
            stack.append([])
        else:
            scope, children = scopes.pop(), stack.pop()
            attributes = dict(item.attrib)
            if XSI + 'type' in attributes:
                attributes[XSI + 'type'] = resolve(attributes[XSI + 'type'],
                                                   scope)
            if XSI + 'nil' in attributes:
                attributes[XSI + 'nil'] = 'true'
            if item.tag.endswith('}NotUnderstood'):
                attributes['qname'] = resolve(attributes['qname'], scope)
            text = item.text or ''
            if children:
                text = ''.join([text] + [c.tail or '' for c in item]).strip()
            local = item.tag.split('}')[-1]
            if local == 'faultcode' or (local == 'Value' and
                                        item.tag[1:].split('}')[0] in SOAP):
                text = resolve(text, scope)
            else:
                text = resolve_declared(text, declared[-1])
            declared.pop()
            root = Node(item.tag, attributes, embedded(text), children)
            if stack:
                stack[-1].append(root)
    return root


class Envelope:
    """What a reply says: header entries, and the body or a fault."""

    def __init__(self, data):
        root = parse(data)
        ns, _, local = root.name[1:].partition('}')
        if ns not in SOAP or local != 'Envelope':
            raise ValueError('no envelope: %s' % root.name)
        self.version = SOAP[ns]
        header, body = root.child('Header'), root.child('Body')
        self.headers = sorted(child.value()
                              for child in (header.children if header else []))
        self.fault, self.body = None, body.children
        if body.children and body.children[0].name == '{%s}Fault' % ns:
            self.fault = fault_of(body.children[0], self.version)


def fault_of(node, version):
    """code, subcode, reason, lang, actor, node and detail, as far as given."""
    fault = {}
    if version == '1.1':
        names = (('code', 'faultcode'), ('actor', 'faultactor'))
        reasons, detail = [node.child('faultstring')], node.child('detail')
    else:
        names = (('node', 'Node'), ('actor', 'Role'))
        reasons, detail = node.child('Reason').children, node.child('Detail')
        code = node.child('Code')
        fault['code'] = code.child('Value').text
        level = 'subcode'
        code = code.child('Subcode')
        while code is not None:
            fault[level] = code.child('Value').text
            code, level = code.child('Subcode'), level + ' of it'
    for key, name in names:
        if node.child(name) is not None:
            fault[key] = node.child(name).text
    if reasons and reasons[0] is not None:
        fault['reason'] = reasons[0].text
        fault['lang'] = reasons[0].attributes.get(XML + 'lang', '')
        for more in reasons[1:]:
            fault['reason ' + more.attributes.get(XML + 'lang', '')] = more.text
    if detail is not None:
        fault['detail'] = ''.join(c.show() for c in detail.children)
    return fault


def without_idle_declarations(data):
    """The bytes without declarations of the schema namespaces that nothing
    uses, and those declarations."""
    idle = []

    def drop(match):
        prefix = match.group(1)
        if re.search(rb'[<\s"\']' + prefix + rb':', data):
            return match.group(0)
        idle.append(match.group(0).split(b'=')[0].strip().decode())
        return b''

    data = re.sub(rb' xmlns:(\w+)="http://www\.w3\.org/2001/XMLSchema'
                  rb'(?:-instance)?"', drop, data)
    return data, idle
