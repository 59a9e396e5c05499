/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of messages and port types become WSDL documents. */
#include "codegen/wellknown-table.h"

#include <string.h>

#define NS_WSDL "http://schemas.xmlsoap.org/wsdl/"
#define NS_XSD "http://www.w3.org/2001/XMLSchema"
#define NS_WSAM "http://www.w3.org/2007/05/addressing/metadata"

/* WS-Addressing 1.0 Metadata, 4.4.4: the action is
 * [target namespace]/[port type]/[name of the input or output]; these names are
 * the messages' in all tables. */
static void
set_action(const struct wk_reader *reader, xmlNodePtr param, const char *name)
{
    xmlNsPtr wsam = xmlSearchNs(reader->doc, param, (const xmlChar *)"wsam");
    xmlChar *port =
        xmlGetNoNsProp(param->parent->parent, (const xmlChar *)"name");
    const char *action =
        mem_printf("%s/%s/%s", reader->target, (const char *)port, name);

    xmlNewNsProp(param, wsam, (const xmlChar *)"Action",
                 (const xmlChar *)action);
    xmlFree(port);
}

static const char *
local_name(const char *qname)
{
    const char *colon = strchr(qname, ':');

    return colon == NULL ? qname : colon + 1;
}

/* "in MESSAGE", "in MESSAGE named", "out MESSAGE", "fault MESSAGE..." */
static bool
read_param(struct wk_reader *reader, xmlNodePtr operation,
           const struct wk_line *line)
{
    bool in = wk_says(line, 0, "in"), named_so = wk_says(line, 2, "named");
    const char *message = wk_word(line, 1);
    xmlNodePtr node;
    size_t i;

    if (message == NULL)
        return false;
    if (wk_says(line, 0, "fault")) {
        for (i = 1; (message = wk_word(line, i)) != NULL; i++) {
            node = wk_add(reader, operation, line, "fault");
            wk_set(node, "name", local_name(message));
            wk_set(node, "message", wk_qname(reader, message));
        }
        return true;
    }
    if (!in && !wk_says(line, 0, "out"))
        return false;
    node = wk_add(reader, operation, line, in ? "input" : "output");
    if (named_so)
        wk_set(node, "name", local_name(message));
    wk_set(node, "message", wk_qname(reader, message));
    set_action(reader, node, local_name(message));
    return line->words.count == (named_so ? 3 : 2);
}

static bool
read_operation(struct wk_reader *reader, xmlNodePtr port,
               const struct wk_line *line)
{
    xmlNodePtr node;

    if (!wk_says(line, 0, "operation") || line->words.count != 2)
        return false;
    node = wk_add(reader, port, line, "operation");
    wk_set(node, "name", wk_word(line, 1));
    wk_block(reader, node, line->depth + 1, read_param);
    return true;
}

/* A schema that the messages' elements are of: imported in types. */
static void
add_schema(struct wk_reader *reader, xmlNodePtr root,
           const struct wk_line *line, const char *ns)
{
    xmlNodePtr types = wk_add(reader, root, line, "types");
    xmlNodePtr schema = wk_add(reader, types, line, "schema");
    xmlNsPtr xs = wk_declare(schema, NS_XSD, "xs");
    xmlNodePtr import = wk_add(reader, schema, line, "import");

    xmlSetNs(schema, xs);
    xmlSetNs(import, xs);
    wk_set(import, "namespace", ns);
}

static bool
read_definition(struct wk_reader *reader, xmlNodePtr root,
                const struct wk_line *line)
{
    const char *word = wk_word(line, 0), *first = wk_word(line, 1);
    const char *second = wk_word(line, 2);
    xmlNodePtr node;

    if (strcmp(word, "port") == 0 && line->words.count == 2) {
        node = wk_add(reader, root, line, "portType");
        wk_set(node, "name", first);
        wk_block(reader, node, line->depth + 1, read_operation);
        return true;
    }
    if (line->words.count != 3)
        return false;
    if (strcmp(word, "message") == 0) {
        node = wk_add(reader, root, line, "message");
        wk_set(node, "name", first);
        node = wk_add(reader, node, line, "part");
        wk_set(node, "name", first);
        wk_set(node, "element", wk_qname(reader, second));
        return true;
    }
    wk_declare(root, second, first);
    if (strcmp(word, "uses") == 0) {
        add_schema(reader, root, line, second);
    } else if (strcmp(word, "joins") == 0) {
        node = wk_add(reader, root, line, "import");
        wk_set(node, "namespace", second);
        wk_set(node, "location", second);
    } else {
        return false;
    }
    return true;
}

/* "definitions NAMESPACE PREFIX" */
void
wk_read_definitions(struct wk_reader *reader, const struct wk_line *line)
{
    xmlNodePtr root = wk_add(reader, NULL, line, "definitions");

    if (!wk_says(line, 0, "definitions") || line->words.count != 3) {
        wk_error(reader, line);
        return;
    }
    reader->ns = wk_declare(root, NS_WSDL, "wsdl");
    xmlSetNs(root, reader->ns);
    reader->target = wk_word(line, 1);
    reader->prefix = wk_word(line, 2);
    wk_declare(root, reader->target, reader->prefix);
    wk_declare(root, NS_WSAM, "wsam");
    wk_set(root, "targetNamespace", reader->target);
    wk_block(reader, root, 0, read_definition);
}
