# SPDX-License-Identifier: Apache-2.0
"""Sends a corpus' recorded messages through what is generated for their WSDLs.

test/corpus/pairs.py finds them. Each is read with the tables of its WSDL and
written back; what became of it is counted by class:

  same        written back equal as XML, but for prefixes
  odd         so too, though the validator does not take it for valid
  more        so too, but for elements and attributes that its schema has not,
              or wants (those are written nil), or but for their order
  fault       a fault; what its detail holds, when declared, is written back equal
  refused     not valid, and refused for that when it was read or written
  unjudged    refused, and the validator has no schema: the message is encoded,
              or the WSDL is not complete
  foreign     no operation of the WSDLs has its body
  no tables   the WSDL itself is refused
  no WSDL     none was found for it
  no XML      it has an envelope, but inside MIME, or is not well-formed
  bad         anything else
"""
import collections
import concurrent.futures
import os
import shutil

import pairs
from tables import PASS, WORK, compile_tables, first_line, index_of, run

CLASSES = ("same", "odd", "more", "fault", "refused", "unjudged", "foreign",
           "no tables", "no WSDL", "no XML", "bad")
ELSEWHERE = ("foreign", "no tables")  # another WSDL may have it

Result = collections.namedtuple("Result", "kind text")


def kind_of(operation, steps):
    if operation == "?":
        return "foreign"
    valid, read, written, _, same, equal = steps
    if "0" in read + written:
        return {"0": "refused", "-": "unjudged"}.get(valid, "bad")
    if "0" in same + equal:
        return "bad"
    if operation.startswith("fault"):
        return "fault"
    return "more" if same == "+" else "odd" if valid == "0" else "same"


def pass_files(job):
    """The results of the files of a unit."""
    path, known, work, options, files = job
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    try:
        tables, why = compile_tables(path, work, *options)
        if tables is None or not tables[1]:
            kind = "bad" if why.startswith("compile") else "no tables"
            return {f: Result(kind, why or "no contract") for f in files}
        code, text, errors = run([PASS, path, tables[0], work, known,
                                  ",".join(tables[1])] + files)
        results = {f: Result("bad", "%s %s" % (code, first_line(errors)))
                   for f in files}
        for line in text.splitlines():
            operation, file, steps, why = (line.split("\t") + [""] * 3)[:4]
            if file in results and steps != "no validator":
                results[file] = Result(kind_of(operation, steps), "%s %s %s" % (
                    operation, steps, why))
        return results
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(work, ignore_errors=True)


def jobs_of(messages, results, nth, incomplete, directory):
    """What to do with the nth unit of each message that is not settled yet."""
    files = collections.defaultdict(list)
    for message in messages:
        last = results.get(message.path)
        if len(message.units or ()) > nth and (
                last is None or last.kind in ELSEWHERE):
            files[message.units[nth]].append(message.path)
    return [(os.path.join(directory, unit),
             os.path.join(directory, "well-known-schemas"),
             os.path.join(WORK, "pairs-%d" % number),
             ["--lenient"] if unit in incomplete else [], paths)
            for number, (unit, paths) in enumerate(files.items())]


def try_units(messages, incomplete, args):
    """The results by file: with the nearest unit that has its body."""
    results = {}
    for nth in range(pairs.MOST_UNITS):
        jobs = jobs_of(messages, results, nth, incomplete, args.directory)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for found in pool.map(pass_files, jobs):
                results.update((file, result) for file, result in found.items()
                               if nth == 0 or result.kind not in ELSEWHERE)
    return results


def print_row(name, counts):
    print("%-22s%6d" % (name, sum(counts.values())) +
          "".join("%10d" % counts[kind] for kind in CLASSES))


def check(args):
    """Prints the table; whether all is well."""
    rows = index_of(args.directory)
    units = [row["unit"] for row in rows]
    incomplete = {row["unit"] for row in rows
                  if row["unresolved"] not in ("", "0")}
    patterns = os.path.join(args.directory, "w3c-databinding")
    messages = [message for message
                in pairs.find(args.directory, units, patterns)
                if args.only in message.path]
    results = try_units(messages, incomplete, args)
    counts = collections.defaultdict(collections.Counter)
    for message in messages:
        name = os.path.relpath(message.path, args.directory)
        result = results.get(message.path, Result(
            "no XML" if message.units is None else "no WSDL", ""))
        counts[name.split("/")[0]][result.kind] += 1
        if result.kind in ("bad", "unjudged") or (
                args.all and result.kind != "same"):
            print("%s: %s: %s" % (name, result.kind, result.text), flush=True)
    print("%-22s%6s" % ("", "all") +
          "".join("%10s" % kind for kind in CLASSES))
    for name in sorted(counts):
        print_row(name, counts[name])
    total = sum(counts.values(), collections.Counter())
    print_row("all", total)
    return total["bad"] == 0
