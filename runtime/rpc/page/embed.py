#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes page-text.c: the page's style and script as C strings, and the header
lines with the hashes that the Content-Security-Policy allows them by.

usage: embed.py OUTPUT page.css page.js
"""
import base64
import hashlib
import sys

FIELDS = ("Content-Security-Policy: default-src 'none'; "
          "script-src '{script}'; style-src '{style}'; connect-src 'self'; "
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
          "X-Content-Type-Options: nosniff\r\n"
          "Referrer-Policy: no-referrer\r\n"
          "Cache-Control: no-cache\r\n")

output, css, js = sys.argv[1:]


def quoted(text):
    text = text.replace('\\', '\\\\').replace('"', '\\"')
    return '"' + text.replace('\r', '\\r').replace('\n', '\\n') + '"'


def read(path):
    with open(path, encoding='ascii') as file:
        return file.read()


def digest(text):
    sha = hashlib.sha256(text.encode()).digest()
    return 'sha256-' + base64.b64encode(sha).decode()


def array(name, text):
    # A string constant may not be that long.
    lines = ',\n    '.join(quoted(line + '\n') for line in text.splitlines())
    return f'const char *const {name}[] = {{\n    {lines},\n    NULL}};\n'


style, script = read(css), read(js)
fields = FIELDS.format(script=digest(script), style=digest(style))
with open(output, 'w', encoding='ascii') as file:
    file.write('/* Made from page.css and page.js. */\n'
               '#include "runtime/rpc/metadata.h"\n\n')
    file.write(array('sbn__page_style', style))
    file.write(array('sbn__page_script', script))
    file.write(f'const char sbn__page_fields[] =\n    {quoted(fields)};\n')
