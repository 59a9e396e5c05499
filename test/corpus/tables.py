# SPDX-License-Identifier: Apache-2.0
"""The tables of a WSDL, generated and compiled to a library."""
import csv
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BUILD = os.environ.get("SEBON_BUILD", os.path.join(ROOT, "build"))
TOOL = os.path.join(BUILD, "codegen", "sebon")
PASS = os.path.join(BUILD, "test", "corpus", "corpus-roundtrip")
WORK = os.path.join(BUILD, "corpus-roundtrip")
CC = os.environ.get("CC", "gcc").split()
SECONDS = 60
CONTRACT = re.compile(r"^extern const sbn_contract (\w+);", re.M)


def run(command, output=None, seconds=SECONDS):
    """The exit code, None when it takes too long, and what it says."""
    try:
        done = subprocess.run(command, stdout=output or subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=seconds,
                              errors="replace")
    except subprocess.TimeoutExpired:
        return None, "", "takes longer than %d s" % seconds
    return done.returncode, done.stdout or "", done.stderr


def first_line(text, word=""):
    lines = [line for line in text.splitlines() if word in line]
    return lines[0][:300] if lines else text[:300]


def compile_tables(path, work, *options):
    """The library and the contracts' names; or None and why not."""
    code, _, text = run([TOOL, "generate", path, "--out", work, *options])
    if code != 0:
        return None, "generate: " + first_line(text, "error")
    header = [f for f in os.listdir(work) if f.endswith(".h")]
    library = os.path.join(work, "tables.so")
    contracts = []
    for name in header:
        with open(os.path.join(work, name)) as f:
            contracts += CONTRACT.findall(f.read())
    sources = [os.path.join(work, f) for f in os.listdir(work)
               if f.endswith(".c")]
    code, _, text = run(CC + [
        "-std=c11", "-O0", "-w", "-shared", "-fPIC", "-I",
        os.path.join(ROOT, "include"), "-I", work, "-o", library] + sources,
                        seconds=300)
    if code != 0:
        return None, "compile: " + first_line(text, "error")
    return (library, contracts), ""


def index_of(directory):
    """The rows of a corpus' INDEX.tsv."""
    index = os.path.join(directory, "INDEX.tsv")
    if not os.path.exists(index):
        sys.exit("%s: no such file" % index)
    csv.field_size_limit(1 << 24)
    with open(index, newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
