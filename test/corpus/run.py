# SPDX-License-Identifier: Apache-2.0
"""Generates, and compiles, every unit of a corpus; see test/corpus.sh.

The bar: clean and well-known units generate, and what was generated compiles as
C11 and as C++17 with -Wall -Wextra -Werror; unresolved units are refused and
every missing name is told, and generate with --lenient (those that lack nothing
but names of the xml namespace are as good as clean); negative units and files
that are no WSDL are refused with a place. Nothing crashes, hangs or makes a
sanitizer speak. What is generated is small, and the largest units are generated
and compiled in seconds (measure.py).
"""
import argparse
import collections
import concurrent.futures
import csv
import os
import re
import shutil
import subprocess
import sys
import time

import measure

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
TOOL = os.path.join(ROOT, "build", "codegen", "sebon")
WORK = os.path.join(ROOT, "build", "corpus", str(os.getpid()))
INCLUDE = os.path.join(ROOT, "include")
SECONDS = 10
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
COMPILERS = {
    "c11": ["gcc", "-std=c11"],
    "c++17": ["g++", "-std=c++17", "-x", "c++"],
}
PLACE = re.compile(r"^[^:\n]+(:\d+)?: error: ", re.M)
SANITIZER = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:")

Result = collections.namedtuple("Result", "row outcome detail seconds bytes")


def run(command, seconds, cwd=None):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, cwd=cwd,
                              stderr=subprocess.STDOUT, timeout=seconds,
                              errors="replace")
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        return None, ""


def generate(path, out, *options):
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    began = time.monotonic()
    code, text = run([TOOL, "generate", path, "--out", out] + list(options),
                     SECONDS)
    return code, text, time.monotonic() - began


def broken(code, text):
    """A crash, a hang or a sanitizer's report; None: none of them."""
    if code is None:
        return "hang"
    if code < 0 or SANITIZER.search(text):
        return "crash"
    return None


def compile_all(out):
    """The first complaint of a compiler; None: none."""
    for name in sorted(os.listdir(out)):
        if not name.endswith(".c"):
            continue
        for standard, command in COMPILERS.items():
            code, text = run(command + WARNINGS + [
                "-O0", "-c", "-o", os.devnull, "-I", INCLUDE, "-I", out,
                os.path.join(out, name)], 300)
            if code != 0:
                return "%s: %s" % (standard, first_line(text, "error"))
    return None


def first_line(text, word=""):
    for line in text.splitlines():
        if word in line:
            return line[:200]
    return text[:200]


def sources_size(out):
    return sum(os.path.getsize(os.path.join(out, f)) for f in os.listdir(out))


def check_good(row, path, out):
    code, text, seconds = generate(path, out)
    bad = broken(code, text)
    if bad or code != 0:
        return Result(row, bad or "refused", first_line(text, "error"),
                      seconds, 0)
    complaint = compile_all(out)
    if complaint:
        return Result(row, "does not compile", complaint, seconds, 0)
    return Result(row, "ok", "", seconds, sources_size(out))


def missing_names(row):
    """The names that INDEX.tsv says are missing: kind, prefix, local name."""
    return [n.split(":") for n in (row.get("unresolved") or "").split()
            if ":" in n and not n[:-1].isdigit()]


def is_well_known(name):
    """XML's own names need no file: xml:lang and its kin."""
    return len(name) == 3 and name[1] == "xml"


def check_unresolved(row, path, out):
    missing = missing_names(row)
    if missing and all(is_well_known(n) for n in missing):
        return check_good(row, path, out)
    code, text, seconds = generate(path, out)
    bad = broken(code, text)
    if bad or code == 0:
        return Result(row, bad or "accepted", "", seconds, 0)
    # None stands for an attribute that is not there at all
    untold = [n[-1] for n in missing
              if not is_well_known(n) and n[-1] != "None" and
              n[-1] not in text]
    if untold:
        return Result(row, "missing name not told", " ".join(untold), seconds,
                      0)
    code, text, seconds = generate(path, out, "--lenient")
    bad = broken(code, text)
    if bad or code != 0:
        return Result(row, "lenient: " + (bad or "refused"),
                      first_line(text, "error"), seconds, 0)
    complaint = compile_all(out)
    if complaint:
        return Result(row, "lenient: does not compile", complaint, seconds, 0)
    return Result(row, "ok", "", seconds, 0)


def check_bad(row, path, out):
    code, text, seconds = generate(path, out)
    bad = broken(code, text)
    if bad or code == 0:
        return Result(row, bad or "accepted", "", seconds, 0)
    if not PLACE.search(text):
        return Result(row, "no place told", first_line(text), seconds, 0)
    if os.listdir(out):
        return Result(row, "left files behind", "", seconds, 0)
    return Result(row, "ok", "", seconds, 0)


def check_any(row, path, out):
    """No SOAP: whatever it says, it ends well."""
    code, text, seconds = generate(path, out)
    return Result(row, broken(code, text) or "ok", "", seconds, 0)


CHECKS = {
    "clean": check_good,
    "well-known": check_good,
    "unresolved": check_unresolved,
    "negative": check_bad,
    "not-wsdl": check_bad,
    "no-soap": check_any,
}


def check(job):
    directory, row, number = job
    out = os.path.join(WORK, str(number))
    try:
        return CHECKS[row["class"]](
            row, os.path.join(directory, row["unit"]), out)
    finally:
        shutil.rmtree(out, ignore_errors=True)


def print_table(results):
    classes = collections.OrderedDict()
    for result in results:
        classes.setdefault(result.row["class"],
                           collections.Counter())[result.outcome] += 1
    print("%-12s %6s %6s %7s" % ("class", "units", "ok", "%"))
    for name, outcomes in classes.items():
        units = sum(outcomes.values())
        print("%-12s %6d %6d %6.1f%%" % (
            name, units, outcomes["ok"], 100.0 * outcomes["ok"] / units))
    for name, outcomes in classes.items():
        for outcome, count in outcomes.most_common():
            if outcome != "ok":
                print("  %-12s %-26s %d" % (name, outcome, count))


def print_slowest(results):
    slow = max(results, key=lambda r: r.seconds)
    print("slowest: %.2f s, %s" % (slow.seconds, slow.row["unit"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", nargs="?", default=os.path.join(
        ROOT, "..", "shared", "corpus"))
    parser.add_argument("--only", default="", help="units with this text")
    parser.add_argument("--class", dest="kind", help="units of this class")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--tool", help="a sebon to use, and not the build's")
    args = parser.parse_args()
    if args.tool:
        global TOOL
        TOOL = args.tool
    index = os.path.join(args.directory, "INDEX.tsv")
    if not os.path.exists(index):
        sys.exit("%s: no such file" % index)
    csv.field_size_limit(1 << 24)
    with open(index, newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    strange = {row["class"] for row in rows} - set(CHECKS)
    if strange:
        sys.exit("%s: no such class: %s" % (index, " ".join(sorted(strange))))
    jobs = [(args.directory, row, number) for number, row in enumerate(rows)
            if args.only in row["unit"] and
            args.kind in (None, row["class"])]
    if not jobs:
        sys.exit("%s: no such unit" % index)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        results = list(pool.map(check, jobs))
    for result in results:
        if result.outcome != "ok":
            print("%s: %s: %s" % (result.row["unit"], result.outcome,
                                  result.detail))
    print_table(results)
    print_slowest(results)
    bench = measure.Bench(TOOL, INCLUDE, WORK)
    good = [all(r.outcome == "ok" for r in results),
            measure.print_sizes(results),
            measure.print_costs(bench, args.directory,
                                [row for _, row, _ in jobs], results)]
    shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(0 if all(good) else 1)


main()
