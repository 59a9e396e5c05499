# SPDX-License-Identifier: Apache-2.0
"""What zeep makes of metadata: URL OPERATION, or calls it at the address it tells."""
import sys

import zeep


def main(url, operation):
    client = zeep.Client(url)
    names = [name for service in client.wsdl.services.values()
             for port in service.ports.values()
             for name in port.binding._operations]
    if operation not in names:
        sys.exit("%s is not among %r" % (operation, names))
    if operation == "Add":
        # At the address that the WSDL tells.
        result = client.service.Add(2.0, 3.0)
        if result != 5.0:
            sys.exit("Add: %r" % (result,))
    else:
        result = client.service.Find(7)
        if result.number != 7 or result.shape != "square":
            sys.exit("Find: %r" % (result,))


main(*sys.argv[1:])
