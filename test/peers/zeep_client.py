# SPDX-License-Identifier: Apache-2.0
"""Calls the calculator with zeep: WSDL URL CASE."""
import sys

import zeep


def expect(got, want):
    if got != want:
        sys.exit("got %r, not %r" % (got, want))


def main(wsdl, url, case):
    client = zeep.Client(wsdl)
    binding = next(iter(client.wsdl.bindings))
    calc = client.create_service(binding, url)
    if case == "add":
        expect(calc.Add(100.0, 15.99), 115.99)
    elif case == "subtract":
        expect(calc.Subtract(145.0, 76.54), 68.46)
    elif case == "multiply":
        expect(calc.Multiply(9.0, 81.25), 731.25)
    elif case == "divide":
        expect(calc.Divide(22.0, 7.0), 22.0 / 7.0)
    elif case == "fault":
        try:
            calc.Divide(1.0, 0.0)
        except zeep.exceptions.Fault as fault:
            expect(fault.code.split(":")[-1], "Client")
            expect("zero" in fault.message, True)
        else:
            sys.exit("no fault")
    elif case == "many":
        for n in range(200):
            expect(calc.Multiply(n, 0.1), n * 0.1)
    else:
        sys.exit("no case " + case)


main(*sys.argv[1:])
