# SPDX-License-Identifier: Apache-2.0
"""Compares the well-known tables with the schemas they speak of.

usage: wellknown-compare.py PRINT DIR
PRINT is the program wellknown-print; DIR holds TABLE.tsv (columns namespace,
file) and the files. Without DIR the test is skipped. Differences are printed as
+ (the table has it alone) and - (the file has it alone).
"""
import csv
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XML = "http://www.w3.org/XML/1998/namespace"
# Attributes that hold a QName, or several.
QNAMES = {"type", "ref", "base", "itemType", "memberTypes", "message",
          "element"}
DEFAULTS = {("use", "optional"), ("mixed", "false"), ("minOccurs", "1"),
            ("maxOccurs", "1"), ("namespace", "##any"), ("finalDefault", ""),
            ("processContents", "strict"), ("abstract", "false"),
            ("elementFormDefault", "unqualified"),
            ("attributeFormDefault", "unqualified")}
# Where a table may have more than the file, which shows some of many.
OPEN = {"http://schemas.microsoft.com/2003/10/Serialization/Arrays",
        "http://xml.apache.org/xml-soap"}
# Components that differ on purpose: codegen/wellknown/README.md says why.
DIFFERENT = {
    ("http://www.w3.org/2004/06/xmlmime", "attribute contentType"),
    ("http://www.w3.org/2004/06/xmlmime", "simpleType expectedMediaTypeItem"),
    ("urn:oasis:names:tc:SAML:1.0:assertion", "complexType SubjectType"),
}


class Scoped:
    """A tree with the prefixes that hold at each element."""

    def __init__(self, text):
        parser = ET.XMLPullParser(["start", "start-ns"])
        parser.feed(text.lstrip())
        scope, self.scopes, self.root = {"xml": XML}, {}, None
        for event, item in parser.read_events():
            if event == "start-ns":
                scope = dict(scope)
                scope[item[0]] = item[1]
            else:
                self.scopes[item] = scope
                if self.root is None:
                    self.root = item

    def qname(self, element, text):
        prefix, colon, local = text.rpartition(":")
        return "{%s}%s" % (self.scopes[element].get(prefix, ""), local)

    def attributes(self, element):
        for name, value in element.attrib.items():
            if name.startswith("{") or (name, value) in DEFAULTS:
                continue
            if name in QNAMES:
                value = " ".join(self.qname(element, part)
                                 for part in value.split())
            yield name, value


def is_model(node):
    return node[0] in ("sequence", "choice", "all")


def is_attribute(node):
    return node[0] in ("attribute", "attributeGroup", "anyAttribute")


def node_of(tree, element):
    """(tag, attributes, children) without what makes no difference."""
    tag = element.tag.rpartition("}")[2]
    attributes = dict(tree.attributes(element))
    children = []
    for child in element:
        if child.tag.rpartition("}")[2] in ("annotation", "documentation",
                                            "unique", "import"):
            continue
        children.append(node_of(tree, child))
    if tag == "enumeration" and ":" in attributes["value"]:
        prefix = attributes["value"].partition(":")[0]
        if prefix in tree.scopes[element]:
            attributes["value"] = tree.qname(element, attributes["value"])
    if tag == "complexType":
        for child in children:
            if child[0] == "complexContent" and ("mixed", "true") in child[1]:
                attributes["mixed"] = "true"
        children = [(c[0], (), c[2]) if c[0] == "complexContent" else c
                    for c in children]
    # a sequence of nothing is nothing, of one model that model
    children = [c for c in children
                if not (c[0] == "sequence" and not c[1] and not c[2])]
    children = [c[2][0] if c[0] == "sequence" and not c[1] and len(c[2]) == 1
                and is_model(c[2][0]) else c for c in children]
    particles = [c for c in children
                 if not is_attribute(c) and c[0] != "enumeration"]
    others = sorted(c for c in children if c not in particles)
    return (tag, tuple(sorted(attributes.items())),
            tuple(particles + others))


def components(tree):
    found = {}
    for element in tree.root:
        tag = element.tag.rpartition("}")[2]
        if tag in ("annotation", "import", "types", "documentation"):
            continue
        name = "%s %s" % (tag, element.get("name"))
        found[name] = node_of(tree, element)
    if tree.root.tag == XSD + "schema":
        found["schema"] = tuple(sorted(
            item for item in tree.attributes(tree.root)
            if item[0] not in ("version", "id")))
    return found


def show(sign, node, depth=0):
    if not isinstance(node[0], str):
        print(sign, "   ", node)
        return
    print(sign, "    " * (depth + 1) + node[0],
          " ".join("%s=%s" % item for item in node[1]))
    for child in node[2]:
        show(sign, child, depth + 1)


def compare(ns, ours, theirs):
    """How many components differ."""
    count = 0
    for name in sorted(set(ours) | set(theirs)):
        if ours.get(name) == theirs.get(name) or (ns, name) in DIFFERENT:
            continue
        if name not in theirs and ns in OPEN:
            continue
        count += 1
        print("#", ns, name)
        for sign, side in (("#   -", theirs), ("#   +", ours)):
            if name in side:
                show(sign, side[name])
    return count


def main(program, folder):
    if not os.path.exists(os.path.join(folder, "TABLE.tsv")):
        print("1..0 # SKIP no schemas to compare with")
        return 0
    with open(os.path.join(folder, "TABLE.tsv"), encoding="utf-8",
              newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    print("1..%d" % len(rows))
    for number, row in enumerate(rows, 1):
        ns = row["namespace"]
        with open(os.path.join(folder, row["file"]), "rb") as file:
            theirs = components(Scoped(file.read()))
        printed = subprocess.run([program, ns], stdout=subprocess.PIPE,
                                 check=False)
        ours = {}
        if printed.returncode == 0:
            ours = components(Scoped(printed.stdout))
        same = compare(ns, ours, theirs) == 0 and ours
        print("%s %d - %s: %d components" % ("ok" if same else "not ok",
                                             number, ns, len(theirs)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
