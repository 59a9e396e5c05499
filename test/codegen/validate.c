/* SPDX-License-Identifier: Apache-2.0 */
#include "test/codegen/validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlschemastypes.h>

#include "test/support/test.h"

static xmlNodePtr
child(xmlNodePtr parent, const char *name)
{
    xmlNodePtr node;

    for (node = parent->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE &&
            (name == NULL || strcmp((const char *)node->name, name) == 0))
            return node;
    return NULL;
}

/* Types that a table does not tell from wider ones, so that values for them
 * cannot be made up: they are excused. */
static bool
is_excused(const char *message)
{
    static const char *const types[] = {"'xs:ENTITY'", "'xs:ENTITIES'",
                                        "'xs:nonPositiveInteger'",
                                        "'xs:negativeInteger'"};
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strstr(message, types[i]) != NULL)
            return true;
    return false;
}

/* data: a count of what is wrong; may be NULL */
static void
on_problem(void *data, xmlErrorPtr error)
{
    size_t *problems = (size_t *)data;

    if (is_excused(error->message))
        return;
    if (problems != NULL)
        ++*problems;
    printf("# line %d: %s", error->line, error->message);
}

/* The schema element with what its ancestors declare, as a document. */
static xmlDocPtr
schema_document(xmlDocPtr wsdl)
{
    xmlDocPtr document = xmlNewDoc((const xmlChar *)"1.0");
    xmlNodePtr root = xmlDocGetRootElement(wsdl);
    xmlNodePtr schema = child(child(root, "types"), "schema"), copy;
    xmlNsPtr ns;

    copy = xmlDocCopyNode(schema, document, 1);
    for (ns = root->nsDef; ns != NULL; ns = ns->next)
        if (ns->prefix != NULL)
            xmlNewNs(copy, ns->href, ns->prefix);
    xmlDocSetRootElement(document, copy);
    document->URL = xmlStrdup(wsdl->URL); /* imports are relative to it */
    return document;
}

void
validator_init(struct validator *validator, const char *wsdl)
{
    xmlSchemaParserCtxtPtr parser;
    xmlDocPtr document, schema;
    size_t size;
    char *bytes;

    validator->schema = NULL;
    if (wsdl == NULL)
        return;
    bytes = test_read_file(wsdl, &size);
    document = xmlReadMemory(bytes, (int)size, test_source_path(wsdl), NULL,
                             XML_PARSE_NONET);
    free(bytes);
    CHECK(document != NULL);
    schema = schema_document(document);
    parser = xmlSchemaNewDocParserCtxt(schema);
    xmlSchemaSetParserStructuredErrors(parser, on_problem, NULL);
    validator->schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    xmlFreeDoc(schema);
    xmlFreeDoc(document);
    CHECK(validator->schema != NULL);
}

void
validator_fini(struct validator *validator)
{
    xmlSchemaFree(validator->schema);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
}

bool
validator_check(struct validator *validator, const char *envelope, size_t size)
{
    xmlSchemaValidCtxtPtr context;
    xmlDocPtr document;
    xmlNodePtr body;
    size_t problems = 0;

    if (validator->schema == NULL)
        return true;
    document = xmlReadMemory(envelope, (int)size, NULL, NULL, XML_PARSE_NONET);
    if (document == NULL)
        return false;
    body = child(child(xmlDocGetRootElement(document), "Body"), NULL);
    context = xmlSchemaNewValidCtxt(validator->schema);
    xmlSchemaSetValidStructuredErrors(context, on_problem, &problems);
    if (xmlSchemaValidateOneElement(context, body) < 0)
        problems++;
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(document);
    return problems == 0;
}
