# SPDX-License-Identifier: Apache-2.0
"""Writes tables (NAME.txt) as the C source the tool is built with.

usage: embed.py OUT.c NAME.txt...
"""
import os
import sys


def lines_of(path):
    """The lines, comments emptied, continued ones joined in the first's place
    so that numbers stay the file's."""
    lines = []
    first = None
    with open(path, encoding="ascii") as file:
        for raw in file:
            line = raw.rstrip()
            if line.lstrip().startswith("#"):
                line = ""
            lines.append(line)
            if first is None:
                first = len(lines) - 1
            else:
                lines[first] += " " + line.strip()
                lines[-1] = ""
            if lines[first].endswith("\\"):
                lines[first] = lines[first][:-1].rstrip()
            else:
                first = None
    return lines


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def without_scheme(address):
    for scheme in ("http://", "https://"):
        if address.startswith(scheme):
            return address[len(scheme):]
    return address


def main(out, paths):
    tables, addresses, body = [], [], []
    for number, path in enumerate(paths):
        name = os.path.splitext(os.path.basename(path))[0]
        lines = lines_of(path)
        ns = next(line.split()[1] for line in lines if line)
        addresses += [(without_scheme(line.split()[1]), ns) for line in lines
                      if line.startswith("at ")]
        tables.append("    {%s, %s, lines_%d}," % (quoted(name), quoted(ns),
                                                   number))
        body.append("static const char *const lines_%d[] = {" % number)
        body += ["    %s," % quoted("" if line.startswith("at ") else line)
                 for line in lines]
        body += ["    NULL", "};", ""]
    with open(out, "w", encoding="ascii") as file:
        file.write("\n".join(
            ['#include "codegen/wellknown-table.h"', ""] + body +
            ["const struct wellknown_table wellknown_tables[] = {"] + tables +
            ["    {NULL, NULL, NULL}", "};", "",
             "const struct wellknown_address wellknown_addresses[] = {"] +
            ["    {%s, %s}," % (quoted(a), quoted(ns))
             for a, ns in sorted(addresses)] +
            ["    {NULL, NULL}", "};", ""]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
