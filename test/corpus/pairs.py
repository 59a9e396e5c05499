# SPDX-License-Identifier: Apache-2.0
"""Finds a corpus' recorded messages and the units that they are of.

A message is a file with a SOAP envelope. It belongs to the WSDLs of its own
project (the first folder; those in messages-X are of project X) that have its
body's element, or what its fault's detail holds, among their names: to those in
its own folder, else to the nearest. One without such a name, to the only WSDL in
its folder.
"""
import collections
import os
import re
from xml.etree import ElementTree

LARGEST = 1 << 24
MOST_UNITS = 6  # that are tried for a message
ENVELOPE = re.compile(r"\{(http://schemas\.xmlsoap\.org/soap/envelope/|"
                      r"http://www\.w3\.org/2003/05/soap-envelope)\}Envelope$")
QUOTED = re.compile(r"""["']([^"'<>]+)["']""")
PLACE = re.compile(r"""[lL]ocation\s*=\s*["']([^"']+)["']""")
NO_MESSAGES = (".wsdl", ".xsd", ".json", ".tsv", ".md")

Message = collections.namedtuple("Message", "path units")  # None: no XML


def first_child(element):
    return next(iter(element), None) if element is not None else None


def name_in(path):
    """The body's element, or what a fault's detail holds, as "{ns}local"; ""
    when there is none, None when the file is no message, False when it may be
    one, but not in XML (MIME, or not well-formed)."""
    with open(path, "rb") as f:
        text = f.read(LARGEST)
    if b"Envelope" not in text:
        return None
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    soap = ENVELOPE.match(root.tag)
    if soap is None:
        return None
    element = first_child(root.find("{%s}Body" % soap.group(1)))
    if element is not None and element.tag == "{%s}Fault" % soap.group(1):
        detail = element.find("detail")
        if detail is None:
            detail = element.find("{%s}Detail" % soap.group(1))
        element = first_child(detail)
    return "" if element is None else element.tag


class Names:
    """All that stands in quotes in the documents of a unit."""

    def __init__(self, directory):
        self.directory = directory
        self.known = {}

    def of(self, unit):
        if unit not in self.known:
            self.known[unit] = self.read(os.path.join(self.directory, unit))
        return self.known[unit]

    @staticmethod
    def read(path):
        words, seen, rest = set(), set(), [path]
        while rest:
            path = os.path.normpath(rest.pop())
            if path in seen or not os.path.isfile(path):
                continue
            seen.add(path)
            with open(path, errors="replace") as f:
                text = f.read()
            words.update(QUOTED.findall(text))
            rest += [os.path.join(os.path.dirname(path), place)
                     for place in PLACE.findall(text) if "://" not in place]
        return words


def has_name(words, name):
    ns, _, local = name.rpartition("}")
    plain = local[:-len("Response")] if local.endswith("Response") else local
    return (not ns or ns[1:] in words) and (local in words or plain in words)


def nearness(unit, path):
    return len(os.path.commonprefix([unit.split("/"), path.split("/")]))


def units_of(path, name, units, names):
    """The nearest first, but only those beside it when there are some."""
    place = path[len("messages-"):] if path.startswith("messages-") else path
    project = place.split("/")[0] + "/"
    own = [unit for unit in units if unit.startswith(project)]
    found = [unit for unit in own if name and has_name(names.of(unit), name)]
    beside = [unit for unit in own
              if os.path.dirname(unit) == os.path.dirname(place)]
    if len(beside) == 1:
        return beside
    found = [unit for unit in found if unit in beside] or found
    found.sort(key=lambda unit: (-nearness(unit, place), unit))
    return found[:MOST_UNITS]


def find(directory, units, without):
    """All messages; but not those in the folder `without`."""
    names = Names(directory)
    messages = []
    for place, folders, files in os.walk(directory):
        folders[:] = sorted(f for f in folders
                            if os.path.join(place, f) != without)
        for name in sorted(files):
            path = os.path.join(place, name)
            if name.endswith(NO_MESSAGES) or not os.path.isfile(path):
                continue
            body = name_in(path)
            if body is not None:
                relative = os.path.relpath(path, directory)
                messages.append(Message(
                    path, None if body is False else units_of(
                        relative, body, units, names)))
    return messages
