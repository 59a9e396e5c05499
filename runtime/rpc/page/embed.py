#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes page-text.h: the page's style and script as C strings, with the hashes
that the Content-Security-Policy allows them by.

usage: embed.py OUTPUT page.css page.js
"""
import base64
import hashlib
import sys

output, css, js = sys.argv[1:]


def quoted(line):
    return '"' + line.replace('\\', '\\\\').replace('"', '\\"') + '\\n"'


def embed(name, path):
    with open(path, encoding='ascii') as file:
        text = file.read()
    digest = hashlib.sha256(text.encode()).digest()
    sha = base64.b64encode(digest).decode()
    # An array: a string constant may not be that long.
    lines = ',\n    '.join(quoted(line) for line in text.splitlines())
    return (f'#define PAGE_{name.upper()}_HASH "sha256-{sha}"\n'
            f'static const char *const page_{name}[] = {{\n    {lines}, NULL}};\n')


with open(output, 'w', encoding='ascii') as file:
    file.write('/* Made from page.css and page.js. */\n')
    file.write(embed('style', css))
    file.write(embed('script', js))
