# SPDX-License-Identifier: Apache-2.0
"""What .NET and Mono wrote goes through tables generated from its own schemas:
it is valid, read, and written back the same to the letter, but for prefixes.

usage: wcf-data.py SEBON ROUNDTRIP DIR
SEBON is the generator, ROUNDTRIP the program corpus-roundtrip. DIR holds
dc-golden (schemas of data contracts and an instance of each), corewcf/messages
(requests and replies of CoreWCF's own tests) and mono-capture (exchanges of Mono
with itself). Without DIR the test is skipped.
"""
import csv
import glob
import os
import re
import subprocess
import sys
import tempfile
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "corpus"))
import tables  # noqa: E402

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WELL = "111111"      # valid, read, written, valid, the same, equal in memory

# A WSDL of one operation, in whose schema other schemas may be imported.
WSDL = """<d:definitions xmlns:d="http://schemas.xmlsoap.org/wsdl/"
 xmlns:b="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:test:wcf-data"
 targetNamespace="urn:test:wcf-data" name="data">
<d:types>{schemas}</d:types>
<d:message name="in"><d:part name="body" {request}/></d:message>
<d:message name="out"><d:part name="body" {reply}/></d:message>
<d:message name="detail"><d:part name="detail" {fault}/></d:message>
<d:portType name="Port"><d:operation name="Do">
 <d:input message="t:in"/><d:output message="t:out"/>
 <d:fault name="fault" message="t:detail"/>
</d:operation></d:portType>
<d:binding name="Binding" type="t:Port">
 <b:binding transport="http://schemas.xmlsoap.org/soap/http"/>
 <d:operation name="Do"><b:operation soapAction="urn:do"/>
 <d:input><b:body use="literal"/></d:input>
 <d:output><b:body use="literal"/></d:output>
 <d:fault name="fault"><b:fault name="fault" use="literal"/></d:fault>
 </d:operation>
</d:binding></d:definitions>
"""
IMPORTS = """<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">%s</x:schema>"""
SCHEMA = """<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"
 xmlns:t="{0}" targetNamespace="{0}" elementFormDefault="qualified">
{1}</x:schema>"""


def part(name):
    """Of "{ns}local"."""
    ns, _, local = name[1:].partition("}")
    return "element=%s xmlns:e=%s" % (quoteattr("e:" + local), quoteattr(ns))


def wsdl(schemas, request, reply, fault=None):
    return WSDL.format(schemas=schemas, request=part(request),
                       reply=part(reply), fault=part(fault or reply))


class Report:
    """Lines of TAP."""

    def __init__(self):
        self.number = self.failed = 0

    def say(self, good, name, why=""):
        self.number += 1
        self.failed += not good
        if not good and why:
            print("# " + why.replace("\n", "\n# "))
        print("%sok %d %s" % ("" if good else "not ", self.number, name),
              flush=True)

    def pass_messages(self, name, path, work, messages, wanted, exact=True):
        """Takes messages, by name, through the tables of the WSDL at path;
        wanted(name) gives what is right besides WELL, as a regular
        expression. exact: texts are written to the letter."""
        compiled, why = tables.compile_tables(path, work)
        if compiled is None:
            self.say(False, name, why)
            return
        files = {}
        for message, text in messages.items():
            files[os.path.join(work, message + ".xml")] = message
            with open(os.path.join(work, message + ".xml"), "wb") as f:
                f.write(text)
        code, text, errors = tables.run(
            [tables.PASS] + ["--exact"] * exact + [
                path, compiled[0], work, work, ",".join(compiled[1])] +
            list(files))
        lines = {line.split("\t")[1]: line for line in text.splitlines()}
        for file, message in files.items():
            line = lines.get(file, "%s %s" % (code, errors))
            steps = (line.split("\t") + ["", ""])[2]
            self.say(steps == WELL or re.search(wanted(message), line),
                     "%s: %s" % (name, message), line)


# ---- Data contracts ----------------------------------------------------------

def golden_schemas(folder):
    """The schema files by instance: those called as it is, or as another one
    of the same type is."""
    with open(os.path.join(folder, "_names.tsv"), newline="") as f:
        types = {row[0]: row[1] for row in csv.reader(f, delimiter="\t")}
    own = {name: sorted(glob.glob(os.path.join(folder, name + ".[0-9].xsd")))
           for name in types}
    return {name: own[name] or next(
        (own[other] for other in types
         if own[other] and types[other] == types[name]), [])
            for name in types}


def target_of(schema):
    return ElementTree.parse(schema).getroot().get("targetNamespace")


def compile_types(schemas, work):
    """What is wrong with the types of XML Schema files, in C and in C++."""
    code, _, text = tables.run([tables.TOOL, "generate", "--types"] + schemas +
                               ["--out", work])
    if code != 0:
        return text or "sebon failed"
    for language in (["-std=c11"], ["-std=c++17", "-x", "c++"]):
        code, _, text = tables.run(
            tables.CC + language + [
                "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I",
                os.path.join(tables.ROOT, "include"), "-I", work] +
            glob.glob(os.path.join(work, "*.c")))
        if code != 0:
            return text or "%s failed" % tables.CC[0]
    return ""


def check_golden(report, folder, work):
    """Each instance as the body of a message."""
    common = os.path.join(folder, "_serialization.xsd")
    for name, schemas in golden_schemas(folder).items():
        here = os.path.join(work, name)
        os.makedirs(os.path.join(here, "types"))
        if schemas:
            why = compile_types(schemas + [common],
                                os.path.join(here, "types"))
            report.say(not why, "dc-golden: types of " + name, why)
        with open(os.path.join(folder, name + ".xml"), "rb") as f:
            text = f.read()
        root = ElementTree.fromstring(text).tag
        path = os.path.join(here, "golden.wsdl")
        with open(path, "w") as f:
            f.write(wsdl(IMPORTS % "".join(
                "<x:import namespace=%s schemaLocation=%s/>" % (
                    quoteattr(target_of(schema)), quoteattr(schema))
                for schema in schemas + [common]), root, root))
        text = re.sub(rb"^\xef\xbb\xbf|<\?xml[^>]*\?>", b"", text)
        report.pass_messages("dc-golden", path, here, {
            name: b'<s:Envelope xmlns:s="%s"><s:Body>%s</s:Body></s:Envelope>'
                  % (SOAP.encode(), text)}, lambda message: WELL)


# ---- CoreWCF -----------------------------------------------------------------

TEMPURI = "http://tempuri.org/"
COMPATIBILITY = "https://ssm-fault-contract-compatibility.com"
SERVICES = "http://schemas.datacontract.org/2004/07/Services"


def wrapper(name, member=None, kind="x:string"):
    content = "" if member is None else (
        '<x:element name="%s" type="%s" minOccurs="0"/>' % (member, kind))
    return ('<x:element name="%s"><x:complexType><x:sequence>%s</x:sequence>'
            '</x:complexType></x:element>' % (name, content))


def operation(ns, name, member, result, kind="x:string", more=""):
    """The schema of an operation with an argument and a result."""
    return SCHEMA.format(ns, wrapper(name, member, kind) + more +
                         wrapper(name + "Response", result, kind))


# Of XmlSerializer and of DataContractSerializer.
MESSAGE = """<x:complexType name="Message"><x:sequence>
<x:element name="Message" type="x:string" minOccurs="0"/>
</x:sequence></x:complexType>"""
FAULT_TYPE = SCHEMA.format(SERVICES, MESSAGE)
FAULT_ELEMENT = """<x:import namespace="{0}"/>
<x:element name="SSMCompatibilityFault" type="s:Message" nillable="true"
 xmlns:s="{0}"/>""".format(SERVICES)
FAULT = "{%s}SSMCompatibilityFault" % COMPATIBILITY

# By the name of the exchange: namespace, operation, schemas, fault.
CONTRACTS = {
    "HttpClient": (TEMPURI, "Echo", operation(
        TEMPURI, "Echo", "text", "EchoResult"), None),
    "Issue1382": (TEMPURI, "Echo", operation(
        TEMPURI, "Echo", "value", "EchoResult", "x:int"), None),
    "ServiceWithCoreWCFMessageParameter": (TEMPURI, "Identity", operation(
        TEMPURI, "Identity", "Input", "Output"), None),
    "ServiceWithCoreWCFXmlSerializerFormat": (TEMPURI, "Identity", operation(
        TEMPURI, "Identity", "msg", "IdentityResult"), None),
    "ServiceWithCoreWCFXmlSerializerFormatOnOperation": (
        TEMPURI, "Identity", operation(
            TEMPURI, "Identity", "msg", "IdentityResult", "t:Message",
            MESSAGE), None),
    "ServiceWithCoreWCFFaultContract": (
        TEMPURI, "Identity", operation(
            TEMPURI, "Identity", "Input", "IdentityResult") +
        SCHEMA.format(COMPATIBILITY, FAULT_ELEMENT) + FAULT_TYPE, FAULT),
    "ServiceWithCoreWCFFaultContractWithNamespaceAtServiceContractLevel": (
        COMPATIBILITY, "Identity", FAULT_TYPE + SCHEMA.format(
            COMPATIBILITY, FAULT_ELEMENT + wrapper("Identity", "Input") +
            wrapper("IdentityResponse", "IdentityResult")), FAULT),
}


def check_corewcf(report, folder, work):
    with open(os.path.join(folder, "index.tsv"), newline="") as f:
        names = [row[0] for row in csv.reader(f, delimiter="\t")][1:]
    for name in names:
        here = os.path.join(work, name)
        os.makedirs(here)
        ns, local, schemas, fault = CONTRACTS[name]
        path = os.path.join(here, "service.wsdl")
        with open(path, "w") as f:
            f.write(wsdl(schemas, "{%s}%s" % (ns, local),
                         "{%s}%sResponse" % (ns, local), fault))
        messages = {}
        for kind in ("request", "response"):
            with open(os.path.join(folder, "%s.%s.xml" % (name, kind)),
                      "rb") as f:
                messages[kind] = f.read()
        report.pass_messages("corewcf: " + name, path, here, messages,
                             lambda message: r"^fault of Do\t.*\t11--1-\t$",
                             exact=False)


# ---- Mono --------------------------------------------------------------------

def take_chunks(rest):
    body = b""
    while True:
        size, _, rest = rest.partition(b"\r\n")
        size = int(size, 16)
        if size == 0:
            return body, rest.partition(b"\r\n")[2]
        body, rest = body + rest[:size], rest[size + 2:]


def bodies_of(stream):
    """Of the messages that follow each other in a recorded stream, those that
    are XML."""
    while stream:
        head, _, stream = stream.partition(b"\r\n\r\n")
        if b"chunked" in head.lower():
            body, stream = take_chunks(stream)
        else:
            size = re.search(rb"(?i)content-length: *(\d+)", head)
            size = int(size.group(1)) if size else 0
            body, stream = stream[:size], stream[size:]
        if body.startswith(b"<?xml"):
            yield body


def copy_metadata(folder, work):
    """With references to files in place of addresses; the main document."""
    for path in (glob.glob(os.path.join(folder, "[swx]*.wsdl")) +
                 glob.glob(os.path.join(folder, "x*.xsd"))):
        with open(path) as f:
            text = f.read()
        text = re.sub(r"http://[^\"]*[?]wsdl=wsdl(\d+)", r"w\1.wsdl", text)
        text = re.sub(r"http://[^\"]*[?]xsd=xsd(\d+)", r"x\1.xsd", text)
        text = re.sub(r"<\w+:import [^>]*[?]xsd=\"[^>]*/>", "", text)
        with open(os.path.join(work, os.path.basename(path)), "w") as f:
            f.write(text)
    return os.path.join(work, "s.wsdl")


def mono_wants(message):
    """Mono's metadata leave out faults and what is ref or out, and that an
    argument may be nil: null comes back as its absence."""
    return (r"^fault \t.*\t-1----\t$|"
            r"^Multi\t.*\t0111[+]1\t|"
            r"^Echo\t.*\t0111[+]1\tsample: .*not 'nillable'")


def check_mono(report, folder, work):
    messages = {}
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.re[qs]*")) +
                       glob.glob(os.path.join(folder, "*", "*.rsp"))):
        place, kind = os.path.splitext(os.path.relpath(path, folder))
        with open(path, "rb") as f:
            for number, body in enumerate(bodies_of(f.read())):
                messages["%s-%d-%s" % (
                    place.replace(os.sep, "-"), number + 1,
                    "request" if kind == ".req" else "response")] = body
    print("# mono: %d messages" % len(messages))
    report.pass_messages("mono", copy_metadata(
        os.path.join(folder, "metadata"), work), work, messages, mono_wants)


def main():
    tables.TOOL, tables.PASS, folder = sys.argv[1:4]
    if not os.path.isdir(folder):
        print("1..0 # SKIP there is no %s" % folder)
        return
    report = Report()
    with tempfile.TemporaryDirectory() as work:
        for name, check in (("dc-golden", check_golden),
                            ("corewcf/messages", check_corewcf),
                            ("mono-capture", check_mono)):
            here = os.path.join(work, name.split("/")[0])
            os.makedirs(here)
            check(report, os.path.join(folder, name), here)
    print("1..%d" % report.number)


main()
