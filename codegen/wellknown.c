/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/wellknown.h"

#include <string.h>

#include "codegen/wellknown-table.h"

static const struct wellknown_table *
find(const char *ns)
{
    const struct wellknown_table *table;

    if (ns == NULL)
        return NULL;
    for (table = wellknown_tables; table->ns != NULL; table++)
        if (strcmp(table->ns, ns) == 0)
            return table;
    return NULL;
}

bool
wellknown_has(const char *ns)
{
    return find(ns) != NULL;
}

const char *
wellknown_namespace(size_t i)
{
    size_t k;

    for (k = 0; k < i; k++)
        if (wellknown_tables[k].ns == NULL)
            return NULL;
    return wellknown_tables[i].ns;
}

static const char *
without_scheme(const char *location)
{
    if (strncmp(location, "http://", 7) == 0)
        return location + 7;
    if (strncmp(location, "https://", 8) == 0)
        return location + 8;
    return location;
}

/* Whether two addresses differ in nothing but a slash or hash at the end. */
static bool
same_address(const char *a, const char *b)
{
    size_t size_a = strlen(a), size_b = strlen(b);

    while (size_a > 0 && strchr("/#", a[size_a - 1]) != NULL)
        size_a--;
    while (size_b > 0 && strchr("/#", b[size_b - 1]) != NULL)
        size_b--;
    return size_a == size_b && memcmp(a, b, size_a) == 0;
}

const char *
wellknown_namespace_of(const char *location)
{
    const struct wellknown_address *address;
    const struct wellknown_table *table;

    if (location == NULL)
        return NULL;
    location = without_scheme(location);
    for (address = wellknown_addresses; address->ns != NULL; address++)
        if (same_address(address->address, location))
            return address->ns;
    for (table = wellknown_tables; table->ns != NULL; table++)
        if (same_address(without_scheme(table->ns), location))
            return table->ns;
    return NULL;
}

xmlDocPtr
wellknown_document(const char *ns)
{
    const struct wellknown_table *table = find(ns);
    struct wk_reader reader;
    struct wk_line line;

    if (table == NULL)
        return NULL;
    memset(&reader, 0, sizeof(reader));
    reader.table = table;
    reader.doc = xmlNewDoc((const xmlChar *)"1.0");
    if (!wk_next(&reader, 0, &line))
        return reader.doc;
    if (wk_says(&line, 0, "schema"))
        wk_read_schema(&reader, &line);
    else
        wk_read_definitions(&reader, &line);
    return reader.doc;
}
