/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the document of a well-known namespace.
 * usage: wellknown-print [NAMESPACE]; without, the namespaces there are.
 */
#include <stdio.h>

#include "codegen/diag.h"
#include "codegen/memory.h"
#include "codegen/wellknown.h"

int
main(int argc, char **argv)
{
    xmlDocPtr doc;
    const char *ns;
    size_t i;

    if (argc < 2) {
        for (i = 0; (ns = wellknown_namespace(i)) != NULL; i++)
            puts(ns);
        return 0;
    }
    doc = wellknown_document(argv[1]);
    if (doc != NULL)
        xmlDocFormatDump(stdout, doc, 1);
    xmlFreeDoc(doc);
    mem_release();
    return doc == NULL || diag_errors() > 0;
}
