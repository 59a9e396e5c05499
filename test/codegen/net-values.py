# SPDX-License-Identifier: Apache-2.0
"""What was read of the messages recorded between Microsoft's client and server
is what they say they sent: test-codegen-net-messages prints the values
(print-values.h), and INDEX.tsv has .NET's arguments and results as JSON.

usage: net-values.py TEST-PROGRAM FOLDER

.NET's names of members and enumerators are often not those in XML; where a name
is not there, the values must be, in any order.
"""
import base64
import collections
import csv
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

GROUPS = ("calc-", "prim-", "type-", "shape-", "message-", "xmlser-", "rpc-")
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
# the client's zone, and its local mean time before there was one
CLIENT_ZONES = (datetime.timedelta(hours=5, minutes=30),
                datetime.timedelta(hours=5, minutes=53, seconds=28))
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$")


# Members of the recorded classes that their serializers do not write.
NOT_SENT = ("Ignored", "ReadOnly", "Skipped")
# Values that XmlSerializer leaves out ([DefaultValue]).
LEFT_OUT = {"Copies": "1", "Language": "en"}

# Enumerators with another name in XML.
ENUM_NAMES = {"SciFi": "science fiction", "Sixties": "1960s",
              "High": "very high", "Odd": "x<y", "Execute": "Exec", "0": ""}
# What .NET's types are called where anything may stand.
TYPE_NAMES = {"Boolean": "boolean", "SByte": "byte", "Byte": "unsignedByte",
              "Int16": "short", "UInt16": "unsignedShort", "Int32": "int",
              "UInt32": "unsignedInt", "Int64": "long",
              "UInt64": "unsignedLong", "Single": "float", "Double": "double",
              "Decimal": "decimal", "String": "string"}

Entry = collections.namedtuple("Entry", "value must actor")


class Literal(str):
    """A number of the index, as it is written there."""


def parse(text):
    return json.loads(text, parse_int=Literal, parse_float=Literal,
                      object_pairs_hook=collections.OrderedDict)


# ---- Simple values ----------------------------------------------------------

def split(actual):
    """The kind and the text of a value that was printed."""
    kind, _, text = actual.partition(":")
    return kind, text


def is_special(expected):
    """Whether an object of the index stands for a simple value."""
    if not isinstance(expected, dict):
        return False
    first = [(k, v) for k, v in expected.items() if k != "$type"][:1]
    return bool(first) and first[0][0] in (
        "DateTime", "Guid", "char", "TimeSpan", "enum", "base64", "bytes",
        "chars", "QName", "Uri", "DateTimeOffset") and \
        not isinstance(first[0][1], (dict, type(None)))


def is_default(expected):
    """What EmitDefaultValue, Specified and the like leave out."""
    if expected is None or expected is False or expected == []:
        return True
    if isinstance(expected, Literal):
        return float(expected) == 0
    if is_special(expected):
        if "DateTime" in expected:
            return expected["DateTime"].startswith("0001-01-01T00:00:00")
        if "Guid" in expected:
            return not expected["Guid"].strip("0-")
        if "char" in expected:
            return expected["char"] == "0"
        if "enum" in expected:
            return expected["value"] == "0"
        if "TimeSpan" in expected:
            return expected["TimeSpan"] == "00:00:00"
        if "DateTimeOffset" in expected:
            return expected["DateTimeOffset"].startswith("0001-01-01T00:00:00")
        return False
    if isinstance(expected, dict):
        return all(is_default(v) for k, v in expected.items()
                   if k not in ("$type", "$id"))
    return False


def same_number(expected, text):
    if expected == text:
        return True
    special = {"NaN": "NaN", "Infinity": "INF", "-Infinity": "-INF"}
    if expected in special:
        return text == special[expected]
    return bool(NUMBER.match(expected) and NUMBER.match(text)) and \
        float(expected) == float(text) and "." not in expected + text and \
        (expected[0] == "-") == (text[0] == "-")


def moment(text):
    """Date, time, fraction and offset (None: there is none) of a dateTime."""
    match = re.match(r"(-?\d+-\d+-\d+)?T?(\d+:\d+:\d+)?(\.\d+)?"
                     r"(Z|[-+]\d+:\d+)?$", text)
    if match is None:
        return None
    day, clock, fraction, zone = match.groups()
    offset = None
    if zone == "Z":
        offset = datetime.timedelta()
    elif zone:
        hours, minutes = zone[1:].split(":")
        offset = datetime.timedelta(hours=int(hours), minutes=int(minutes))
        offset = -offset if zone[0] == "-" else offset
    try:
        local = datetime.datetime.strptime(
            (day or "2000-01-01") + " " + (clock or "00:00:00"),
            "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return local, (fraction or "").rstrip("0").rstrip("."), offset


def same_local(want, got):
    """A local time is told as the client's, whose zone was another one early in
    the time that a DateTime knows; at its ends none can be moved."""
    local, fraction, _ = want
    if local.year in (1, 9999):
        return local.year == got[0].year and \
            local.timetuple().tm_yday == got[0].timetuple().tm_yday
    return fraction == got[1] and any(
        abs(got[0] - got[2] - local + zone) < datetime.timedelta(minutes=1)
        for zone in CLIENT_ZONES)


def same_time(expected, kind, text):
    """XmlSerializer's dates and times have a part of a DateTime each."""
    want, got = moment(expected["DateTime"]), moment(text)
    if want is None or got is None:
        return expected["DateTime"] == text.rstrip("Z")
    local, fraction, _ = want
    if kind == "date":
        return local.date() == got[0].date()
    if kind == "time":
        return True     # of the zone of whoever wrote it last
    if expected["Kind"] == "Local":
        return got[2] is not None and same_local(want, got)
    return local == got[0] and fraction == got[1] and \
        got[2] == (None if expected["Kind"] == "Unspecified"
                   else datetime.timedelta())


def seconds_of_span(text):
    match = re.match(r"(-)?(?:(\d+)\.)?(\d+):(\d+):(\d+)(?:\.(\d+))?$", text)
    sign, days, hours, minutes, seconds, fraction = match.groups()
    ticks = (((int(days or 0) * 24 + int(hours)) * 60 + int(minutes)) * 60 +
             int(seconds)) * 10 ** 7 + int((fraction or "").ljust(7, "0"))
    return -ticks if sign else ticks


def seconds_of_duration(text):
    match = re.match(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?"
                     r"(?:(\d+)(?:\.(\d+))?S)?)?$", text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups()
    ticks = (((int(days or 0) * 24 + int(hours or 0)) * 60 +
              int(minutes or 0)) * 60 + int(seconds or 0)) * 10 ** 7 + \
        int((fraction or "").ljust(7, "0"))
    return -ticks if sign else ticks


def bytes_of(kind, text):
    return bytes.fromhex(text) if kind == "hexBinary" \
        else base64.b64decode(text)


def same_enum(expected, text):
    return " ".join(ENUM_NAMES.get(name, name) for name in
                    expected["enum"].split(", ")) == text


def same_special(expected, kind, text):
    """An object of the index that stands for a simple value."""
    if "DateTime" in expected:
        return same_time(expected, kind, text)
    if "Guid" in expected:
        return expected["Guid"].lower() == text.lower()
    if "char" in expected:
        return expected["char"] == text
    if "TimeSpan" in expected:
        return seconds_of_span(expected["TimeSpan"]) == \
            seconds_of_duration(text)
    if "enum" in expected:
        return same_enum(expected, text)
    if "base64" in expected:
        return base64.b64decode(expected["base64"]) == bytes_of(kind, text)
    if "bytes" in expected:
        data = bytes_of(kind, text)
        return str(len(data)) == expected["bytes"] and \
            hashlib.sha256(data).hexdigest() == expected["sha256"]
    if "chars" in expected:
        units = text.encode("utf-16-le")
        return str(len(units) // 2) == expected["chars"]
    if "QName" in expected:
        if kind == "any":   # its prefix is no longer known
            return expected["QName"].split("}")[-1] == text.split(":")[-1]
        return expected["QName"] == text or expected["QName"] == "{}" + text
    if "Uri" in expected:
        return plain_uri(expected["Uri"]) == plain_uri(text)
    return False


def same_simple(expected, kind, text):
    if isinstance(expected, bool):
        return text in (("true", "1") if expected else ("false", "0"))
    if isinstance(expected, (Literal, str)) and \
            kind in ("double", "float", "decimal", "integer") or \
            isinstance(expected, Literal):
        return same_number(expected, text)
    if isinstance(expected, str):
        return expected == text or \
            expected.encode("utf-16", "surrogatepass").decode(
                "utf-16", "replace") == text
    if is_special(expected):
        return same_special(expected, kind, text)
    if isinstance(expected, dict) and "value" in expected:
        return same_simple(expected["value"], kind, text)
    return False


def plain_uri(text):
    """.NET's Uri shows what is escaped, and knows what means the same."""
    return urllib.parse.unquote(text).lower().replace(":80/", "/") \
        .rstrip("/")


# ---- Captured XML -----------------------------------------------------------

def element_value(element):
    """An element as if it had been read without a type."""
    if element.get(XSI + "nil") == "true":
        return None
    children = list(element)
    if not children:
        return "any:" + (element.text or "")
    members = collections.OrderedDict()
    for child in children:
        name = child.tag.split("}")[-1]
        value = element_value(child)
        if name in members:
            if not isinstance(members[name], list):
                members[name] = [members[name]]
            members[name].append(value)
        else:
            members[name] = value
    return members


def same_xml(expected, text):
    try:
        element = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return False
    if isinstance(expected, dict) and "xml" in expected:
        return same_markup(expected["xml"], text)
    if isinstance(expected, dict) and "value" in expected and \
            expected.get("$type") in TYPE_NAMES:
        return element.get(XSI + "type").split(":")[-1] == \
            TYPE_NAMES[expected["$type"]] and \
            same(expected["value"], "any:" + (element.text or ""), {})
    if isinstance(expected, dict) and "$type" in expected and \
            "value" in expected and not is_special(expected):
        return same(expected["value"], element_value(element), {})
    if same(expected, element_value(element), {}):
        return True
    found = leaves_of(element)
    return isinstance(expected, dict) and \
        (leaves(expected) != [] or not any(found)) and \
        all(leaf in found for leaf in leaves(expected))


def leaves(expected):
    """The texts in a value, for what a class writes in its own way."""
    if isinstance(expected, dict):
        expected = [v for k, v in expected.items() if k[0] != "$"]
    if isinstance(expected, list):
        return [leaf for item in expected for leaf in leaves(item)]
    return [] if expected is None else [str(expected)]


def leaves_of(element):
    found = []
    for at in element.iter():
        found += list(at.attrib.values()) + [at.text or "", at.tail or ""]
    return found


def same_attributes(expected, text):
    return all(re.sub(r"^\w+:", "", item["xml"]) in text for item in expected)


def same_markup(expected, text):
    """Comments and CDATA sections are not told apart from nothing and text."""
    try:
        return ElementTree.canonicalize(expected, rewrite_prefixes=True) == \
            ElementTree.canonicalize(text, rewrite_prefixes=True)
    except ElementTree.ParseError:
        return expected in text


# ---- Structures -------------------------------------------------------------

def items_of(actual):
    """The items of a collection: the only repeated member of a struct."""
    if isinstance(actual, list):
        return actual
    if isinstance(actual, str) and actual.startswith(("any:", "string:")):
        return [] if actual.endswith(":") else None
    if not isinstance(actual, dict):
        return None
    members = [v for k, v in actual.items() if k not in ("$type", "$at")]
    if not members:
        return []
    if len(members) == 1:
        return members[0] if isinstance(members[0], list) else members
    return None


def same_item(expected, actual, objects):
    """Of a choice that repeats, each alternative has its name."""
    return same(expected, actual, objects) or \
        isinstance(actual, dict) and len(actual) == 1 and \
        same(expected, list(actual.values())[0], objects)


def same_items(expected, actual, objects):
    items = items_of(actual)
    return items is not None and len(items) == len(expected) and \
        all(same_item(a, b, objects) for a, b in zip(expected, items))


def sent_members(expected, actual):
    """Those that are in the message, or would be."""
    names = {k.lower() for k in actual}
    members = collections.OrderedDict()
    for name, value in expected.items():
        is_sent = expected.get(name + "Specified", True)
        if name in ("$type", "$id") or name in NOT_SENT or not is_sent or \
                (name.endswith("Specified") and name[:-9] in expected) or \
                (name.lower() not in names and LEFT_OUT.get(name) == value):
            continue
        # which alternative of a choice a value is (XmlChoiceIdentifier)
        if is_special(value) and value.get("enum") in actual:
            continue
        members[name] = value
    return members


def same_members(expected, actual, objects):
    """By name; what has another name in XML, by value."""
    want = sent_members(expected, actual)
    # private fields are written, and not shown
    got = {k: v for k, v in actual.items()
           if k not in ("$type", "$at") and k != "_hidden"}
    if got.get("$text") == "string:":
        got["$text"] = None     # simple content has no other null
    by_name = {k.lower(): k for k in got}
    left = []
    for name, value in want.items():
        key = by_name.get(name.lower())
        if key in got and same(value, got[key], objects):
            del got[key]
        elif key in got:
            return False
        else:
            left.append(value)
    for value in left:
        key = next((k for k, v in got.items() if same(value, v, objects)),
                   None)
        if key is not None:
            del got[key]
        elif not is_default(value):
            return False
    return all(v is None or v in ([], {}) for v in got.values())


def same_object(expected, actual, objects):
    if "$ref" in expected:
        place = actual.get("$again", actual.get("$at"))
        return place is None or \
            objects.setdefault(expected["$ref"], place) == place
    if "$again" in actual:
        # the index tells an object where .NET's members come first
        return objects.setdefault(expected.get("$id"), actual["$again"]) == \
            actual["$again"]
    if "$id" in expected and "$at" in actual and \
            objects.setdefault(expected["$id"], actual["$at"]) != \
            actual["$at"]:
        return False
    if is_special(expected) and "DateTimeOffset" in expected and \
            "DateTime" in actual:
        want = moment(expected["DateTimeOffset"])
        got = moment(split(actual["DateTime"])[1])
        try:
            return want[0] - want[2] == got[0]
        except OverflowError:
            return True
    return same_members(expected, actual, objects)


def same_entry(expected, entry, objects):
    """A MessageHeader<T> is a value with what its entry says beside it."""
    if not isinstance(expected, dict) or "Content" not in expected:
        return same(expected, entry.value, objects)
    return expected["MustUnderstand"] == entry.must and \
        expected["Actor"] == entry.actor and \
        same(expected["Content"], entry.value, objects)


def same(expected, actual, objects):
    if expected == "...":
        return True     # the index goes no deeper
    if isinstance(actual, Entry):
        return same_entry(expected, actual, objects)
    if isinstance(actual, dict) and isinstance(actual.get("$xml"), str) and \
            'nil="true"' in actual["$xml"].split(">")[0]:
        actual = None
    if expected == {}:
        return actual in ("any:", {}) or isinstance(actual, dict) and \
            same_xml(expected, actual.get("$xml", ""))
    if expected is None or actual is None:
        return expected is actual
    if isinstance(expected, list) and expected and \
            isinstance(expected[0], dict) and "xml" in expected[0] and \
            isinstance(actual, dict) and isinstance(actual.get("$xml"), str):
        return same_attributes(expected, actual["$xml"])
    if isinstance(actual, dict) and set(actual) == {"$xml"}:
        if isinstance(actual["$xml"], list):
            return same_items(expected, actual["$xml"], objects) \
                if isinstance(expected, list) else True
        if isinstance(actual["$xml"], dict):
            return same(expected, actual["$xml"], objects)
        return same_xml(expected, actual["$xml"])
    if isinstance(expected, list):
        return same_items(expected, actual, objects)
    if isinstance(actual, str):
        return same_simple(expected, *split(actual))
    if is_special(expected) and "enum" in expected and \
            isinstance(actual, list):
        return same_enum(expected, " ".join(
            split(item)[1] for item in actual if isinstance(item, str)))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return same_object(expected, actual, objects)
    if isinstance(actual, dict) and "$text" in actual:
        return same(expected, actual["$text"], objects)
    return False


# ---- Messages ---------------------------------------------------------------

def message_members(message):
    """What the header and the body hold, by name."""
    members = collections.OrderedDict()
    for entry in message["headers"]:
        for name, value in entry["value"].items():
            value = Entry(value, entry["must"], entry["actor"])
            if name in members:
                if not isinstance(members[name], list):
                    members[name] = [members[name]]
                members[name].append(value)
            else:
                members[name] = value
    body = message["body"]
    if body is None:
        return members, body
    inside = list(body.values())[0] if len(body) == 1 else body
    if isinstance(inside, dict):
        for name, value in inside.items():
            members.setdefault(name, value)
    return members, inside


def is_whole(value, parts):
    """Whether a message contract's value is one of these."""
    return not (isinstance(value, dict) and "value" in value) and \
        any(same(value, part, {}) for part in parts)


def known(value, members):
    """An older contract does not know all members of a newer one."""
    if isinstance(value, dict) and isinstance(members, dict):
        return collections.OrderedDict(
            (k, known(v, members[k])) for k, v in value.items()
            if k in members)
    return value


def same_message(expected, message, reply, is_older):
    members, inside = message_members(message)
    if reply and expected == "(void)":
        return True
    value = parse(expected)
    if is_older:
        value = known(value, list(members.values())[0] if reply else members)
    if not reply:
        if len(value) == 1:
            only = list(value.values())[0]
            # a message contract is header and body in one, and may have no
            # wrapper
            if is_whole(only, (members, inside, message["body"])):
                return True
        return same_members(value, members, {})
    if isinstance(value, dict) and "return" in value:
        named = collections.OrderedDict(value)
        returned = named.pop("return")
        if returned == "(void)":
            return same_members(named, members, {})
        named["$returned"] = returned
        return same_members(named, members, {})
    if len(members) == 1 and same(value, list(members.values())[0], {}):
        return True
    if not members:
        return is_default(value)
    return is_whole(value, (members, inside, message["body"]))


def read_index(folder):
    lines = {}
    with open(os.path.join(folder, "INDEX.tsv"), newline="",
              encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            lines[row["scenario"] + "." + row["nn"]] = row
    return lines


def check(line, index):
    """None when all is well, else what is wrong; '' when there is nothing to
    compare with."""
    name, kind, text = line.rstrip("\n").split("\t", 2)
    row = index[name]
    expected = row["arguments"] if kind == "request" else row["result"]
    if not expected or row["notes"].startswith("raw") or \
            expected[0] not in "{[\"(-0123456789tfn":
        return ""
    try:
        if same_message(expected, parse(text), kind == "response",
                        row["service"] == "/types/versions"):
            return None
    except ValueError:
        return ""
    return "%s.%s: %.300s was read of %.300s" % (name, kind, text, expected)


def main():
    program, folder = sys.argv[1:3]
    if not os.path.isdir(folder):
        print("1..0 # SKIP the recorded messages are not here")
        return
    csv.field_size_limit(1 << 26)
    index = read_index(folder)
    with tempfile.TemporaryDirectory() as work:
        values = os.path.join(work, "values")
        subprocess.run([program], stdout=subprocess.DEVNULL,
                       env=dict(os.environ, SEBON_NET_VALUES=values),
                       check=False)
        with open(values, encoding="utf-8") as f:
            lines = f.readlines()
    print("1..%d" % len(GROUPS))
    for number, group in enumerate(GROUPS, 1):
        wrong = good = without = 0
        for line in lines:
            if not line.startswith(group):
                continue
            what = check(line, index)
            good += what is None
            without += what == ""
            if what:
                wrong += 1
                print("# " + what)
        print("# %s: %d with the values of the index, %d without any, "
              "%d wrong" % (group, good, without, wrong))
        print("%s %d - values of %s" % (
            "ok" if wrong == 0 and good > 0 else "not ok", number, group))


main()
