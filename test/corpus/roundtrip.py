# SPDX-License-Identifier: Apache-2.0
"""Sends messages through what is generated for a corpus' units; see
test/corpus.sh.

Without more, filled ones of its clean units: for each operation, request and
reply, with what must be and with all there may be, in three variants: "sebon
sample" writes a message, which libxml2's validator checks against the WSDL's own
schema; the generated tables read it, write it (valid again, and the same as
before), and read it again (equal in memory).
With --databinding the messages of the W3C's patterns instead; of those that are
not valid some have more than their schema, which does not come back.
With --pairs all recorded messages that belong to a WSDL, see
test/corpus/recorded.py.
"""
import argparse
import collections
import concurrent.futures
import os
import shutil
import sys

import recorded
from tables import PASS, ROOT, TOOL, WORK, compile_tables, first_line
from tables import index_of, run

STEPS = ("valid sample", "read", "written", "valid after", "same", "equal")
EXTENTS = {
    "full": [],
    "minimal": ["--minimal"],
    "other": ["--variant", "1"],
    "third": ["--variant", "2"],
}

Unit = collections.namedtuple("Unit", "name counts messages operations "
                              "complaints")


def failed(name, step, text):
    return Unit(name, collections.Counter(), 0, 0, ["%s: %s" % (step, text)])


def write_samples(path, work):
    """The files; or None and why there are none."""
    files = []
    for extent, options in EXTENTS.items():
        for reply in (False, True):
            name = os.path.join(work, "samples-%s%s.xml" % (
                extent, "-reply" if reply else ""))
            with open(name, "w") as f:
                code, _, text = run([TOOL, "sample", path] + options +
                                    (["--reply"] if reply else []), f)
            if code != 0 and "there is no operation in it" not in text:
                return None, first_line(text, "rror")
            files.append(name)
    return files, ""


def is_bad(file, steps):
    """Of a message of others that is not valid itself, nothing is asked but
    that it goes through."""
    if steps == "------":
        return True
    ours = os.path.basename(file).startswith("samples-")
    if not ours and steps.startswith("0"):
        return "0" in steps[1:3] + steps[5:]
    return "0" in steps or "+" in steps


def count(name, lines):
    counts = collections.Counter()
    operations, complaints, messages = set(), [], 0
    for line in lines:
        operation, file, steps, why = (line.split("\t") + [""] * 3)[:4]
        if steps == "no validator":
            counts["no validator"] = 1
            complaints.append("no validator: " + why)
            continue
        messages += 1
        operations.add(operation)
        for step, result in zip(STEPS, steps):
            counts[step] += result == "1"
            counts["not " + step] += result == "0"
            counts["more " + step] += result == "+"
        if is_bad(file, steps):
            counts["bad"] += 1
            complaints.append("%s (%s): %s" % (
                operation, os.path.basename(file), why))
    return Unit(name, counts, messages, len(operations), complaints)


def check(job):
    name, path, known, work, files = job
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    try:
        tables, why = compile_tables(path, work)
        if tables is None:
            return failed(name, "tables", why)
        if not tables[1]:
            return failed(name, "tables", "no contract")
        if not files:
            files, why = write_samples(path, work)
            if files is None:
                return failed(name, "sample", why)
        code, text, errors = run([PASS, path, tables[0], work, known,
                                  ",".join(tables[1])] + files)
        if code != 0:
            return failed(name, "round trip", "%s %s" % (
                code, first_line(errors, "ERROR") or first_line(errors)))
        return count(name, text.splitlines())
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(work, ignore_errors=True)


def print_table(units):
    total = collections.Counter()
    for unit in units:
        total.update(unit.counts)
    messages = sum(unit.messages for unit in units)
    broken = [unit for unit in units if unit.messages == 0 and unit.complaints]
    good = [unit for unit in units if unit.counts["bad"] == 0 and
            unit not in broken]
    print("units %d, all well %d, not begun %d, without a validator %d" % (
        len(units), len(good), len(broken), total["no validator"]))
    print("operations %d, messages %d, all well %d" % (
        sum(unit.operations for unit in units), messages,
        messages - total["bad"]))
    print("%-14s %8s %8s %8s %8s" % ("", "good", "more", "bad", "not done"))
    for step in STEPS:
        counts = [total[kind + step] for kind in ("", "more ", "not ")]
        print("%-14s %8d %8d %8d %8d" % (
            step, *counts, messages - sum(counts)))
    return not broken and total["bad"] == 0


def databinding(directory):
    """The W3C patterns: their messages instead of ours."""
    folder = os.path.join(directory, "w3c-databinding")
    files = []
    for place, _, names in os.walk(os.path.join(folder, "databinding")):
        files += [os.path.join(place, n) for n in names
                  if n.endswith(("-soap11.xml", "-soap12.xml"))]
    return os.path.join(folder, "examples.wsdl"), sorted(files)


def jobs_of(args):
    known = os.path.join(args.directory, "well-known-schemas")
    if args.databinding:
        path, files = databinding(args.directory)
        return [("w3c-databinding", path, known,
                 os.path.join(WORK, "w3c"), files)]
    rows = index_of(args.directory)
    first, last = (args.part + ":").split(":")[:2] if args.part else ("", "")
    return [(row["unit"], os.path.join(args.directory, row["unit"]), known,
             os.path.join(WORK, str(number)), [])
            for number, row in enumerate(rows)
            if row["class"] == args.kind and args.only in row["unit"] and
            int(first or 0) <= number < int(last or len(rows))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", nargs="?", default=os.path.join(
        ROOT, "..", "shared", "corpus"))
    parser.add_argument("--only", default="", help="units with this text")
    parser.add_argument("--class", dest="kind", default="clean")
    parser.add_argument("--part", help="FIRST:LAST, lines of INDEX.tsv")
    parser.add_argument("--databinding", action="store_true",
                        help="the messages of the W3C's patterns")
    parser.add_argument("--pairs", action="store_true",
                        help="the recorded messages that belong to a WSDL")
    parser.add_argument("--all", action="store_true",
                        help="all complaints, not one a unit")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    if args.pairs:
        sys.exit(0 if recorded.check(args) else 1)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        units = []
        for unit in pool.map(check, jobs_of(args)):
            units.append(unit)
            shown = unit.complaints if args.all else unit.complaints[-1:]
            for complaint in shown:
                print("%s: %s" % (unit.name, complaint), flush=True)
    sys.exit(0 if print_table(units) else 1)


main()
