/* SPDX-License-Identifier: Apache-2.0 */
/* valid FILE.xsd...: whether each is a schema, with all that it imports. */
#include <libxml/xmlschemas.h>
#include <stdio.h>

static int
is_schema(const char *file)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(file);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    int good = schema != NULL;

    if (!good)
        fprintf(stderr, "%s is no schema\n", file);
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
    return good;
}

int
main(int argc, char **argv)
{
    int i, bad = 0;

    for (i = 1; i < argc; i++)
        bad += !is_schema(argv[i]);
    xmlCleanupParser();
    return bad > 0 || argc == 1;
}
