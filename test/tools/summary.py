# SPDX-License-Identifier: Apache-2.0
"""summary.py LOG...: one line over Meson's testlog.json files.

A line of TAP counts as one test; a program that says no TAP counts as one, and
so does one that broke off. A log that is not there, as nothing was built or
run, is a failure too.
"""
import json
import os
import re
import sys

RESULT = re.compile(r"^(not )?ok\b(?:[^#\\]|\\.)*(#\s*(?:SKIP|TODO))?", re.I)


def count_tap(text):
    passed = failed = skipped = 0
    for line in text.splitlines():
        found = RESULT.match(line)
        if not found:
            continue
        if found.group(2):
            skipped += 1
        elif found.group(1):
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_test(test):
    passed, failed, skipped = count_tap(test.get("stdout") or "")
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    if passed + failed + skipped == 0:
        if test["result"] == "SKIP":
            return 0, 0, 1
        return int(good), int(not good), 0
    if not good and test["result"] != "SKIP" and failed == 0:
        failed = 1  # it broke off, or left with an error
    return passed, failed, skipped


def main(logs):
    total = [0, 0, 0]
    for log in logs:
        if not os.path.exists(log):
            total[1] += 1
            continue
        with open(log, encoding="utf-8") as file:
            for line in file:
                for i, count in enumerate(count_test(json.loads(line))):
                    total[i] += count
    print("%d passed, %d failed, %d skipped" % tuple(total))
    return total[1] > 0 or total[0] == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
