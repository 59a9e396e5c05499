/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page that a browser gets at a service's address: what it is, how to make
 * a client, and a form for each operation. The forms are built in the browser
 * from the tables, given as JSON; page/ has the script. All text in the page
 * comes from constant tables and a checked host, and is escaped all the same.
 */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/number.h"
#include "runtime/base/text.h"
#include "runtime/rpc/metadata.h"
#include "runtime/soap/codec.h"
#include "runtime/xml/writer.h"

/* ---- Text --------------------------------------------------------------- */

static void
put_lines(struct sbn__buf *out, const char *const *lines)
{
    for (; *lines != NULL; lines++)
        sbn__buf_puts(out, *lines);
}

/* In HTML, also in an attribute. */
static void
put_text(struct sbn__buf *out, const char *text)
{
    sbn__xml_write_value(out, text, strlen(text));
}

static void
put_number(struct sbn__buf *out, uint64_t number)
{
    char digits[SBN__INT_ROOM];

    sbn__buf_append(out, digits, sbn__format_uint64(digits, number));
}

/* A JSON string inside a script element: nothing in it can end that. */
static void
put_string(struct sbn__buf *out, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char c;

    sbn__buf_putc(out, '"');
    for (; *text != '\0'; text++) {
        c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f || strchr("\"\\<>&'", c) != NULL) {
            sbn__buf_lit(out, "\\u00");
            sbn__buf_putc(out, hex[c >> 4]);
            sbn__buf_putc(out, hex[c & 15]);
        } else {
            sbn__buf_putc(out, (char)c);
        }
    }
    sbn__buf_putc(out, '"');
}

/* ---- The tables as JSON ---------------------------------------------------
 */

enum { TYPES_MAX = 2000 };

struct forms {
    const sbn_contract *contract;
    struct sbn__buf *out;
    struct sbn__index index; /* of types */
    const sbn_type **types;
    uint32_t count;
    sbn_status status;
};

static uint32_t
type_hash(const sbn_type *type)
{
    return sbn__hash(SBN__HASH_START, (const char *)&type, sizeof(type));
}

/* The type's number, which it gets when it is met; TYPES_MAX: there are too
 * many, or no memory. */
static uint32_t
type_number(struct forms *forms, const sbn_type *type)
{
    uint32_t cursor = UINT32_MAX, number, hash = type_hash(type);

    while ((number = sbn__index_next(&forms->index, hash, &cursor)) !=
           UINT32_MAX)
        if (forms->types[number] == type)
            return number;
    if (forms->count == TYPES_MAX)
        return TYPES_MAX;
    if (sbn__index_add(&forms->index, hash, forms->count) != SBN_OK)
        return TYPES_MAX;
    forms->types[forms->count] = type;
    return forms->count++;
}

static void
put_enum(struct sbn__buf *out, const sbn_enum *type)
{
    uint32_t i;

    sbn__buf_lit(out, ",\"e\":[");
    for (i = 0; i < type->count; i++) {
        if (i > 0)
            sbn__buf_putc(out, ',');
        put_string(out, type->texts[i]);
    }
    sbn__buf_putc(out, ']');
}

static void
put_flags(struct sbn__buf *out, const sbn_field *field)
{
    static const struct {
        uint32_t flag;
        char name;
    } flags[] = {{SBN_F_REPEATED, 'r'},
                 {SBN_F_LIST, 'l'},
                 {SBN_F_GROUP, 'g'},
                 {SBN_F_ATTRIBUTE, 'a'},
                 {SBN_F_TEXT, 'x'}};
    size_t i;

    for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if ((field->flags & flags[i].flag) == 0)
            continue;
        sbn__buf_lit(out, ",\"");
        sbn__buf_putc(out, flags[i].name);
        sbn__buf_lit(out, "\":1");
    }
    if ((field->flags & SBN_F_OPTIONAL) != 0 || field->min == 0)
        sbn__buf_lit(out, ",\"o\":1");
}

static void
put_field(struct forms *forms, const sbn_field *field)
{
    struct sbn__buf *out = forms->out;
    const char *ns = forms->contract->namespaces[field->ns];
    uint32_t number = TYPES_MAX;

    if (field->kind == SBN_K_STRUCT)
        number = type_number(forms, field->type);
    sbn__buf_lit(out, "{\"n\":");
    put_string(out, field->name != NULL ? field->name : "");
    sbn__buf_lit(out, ",\"ns\":");
    put_string(out, ns != NULL ? ns : "");
    sbn__buf_lit(out, ",\"k\":");
    put_string(out, sbn__kind_name(field->kind));
    put_flags(out, field);
    if (field->kind == SBN_K_ENUM)
        put_enum(out, field->type);
    if (field->def != NULL) {
        sbn__buf_lit(out, ",\"d\":");
        put_string(out, field->def);
    }
    if (number != TYPES_MAX) {
        sbn__buf_lit(out, ",\"t\":");
        put_number(out, number);
    }
    sbn__buf_putc(out, '}');
}

static void
put_type(struct forms *forms, const sbn_type *type)
{
    uint32_t i;

    if ((type->flags & SBN_TYPE_CHOICE) != 0)
        sbn__buf_lit(forms->out, "{\"c\":1,\"f\":[");
    else
        sbn__buf_lit(forms->out, "{\"f\":[");
    for (i = 0; i < type->field_count; i++) {
        if (i > 0)
            sbn__buf_putc(forms->out, ',');
        put_field(forms, &type->fields[i]);
    }
    sbn__buf_lit(forms->out, "]}");
}

static void
put_operations(struct forms *forms)
{
    const sbn_operation *op = forms->contract->operations;
    const sbn_operation *end = op + forms->contract->operation_count;

    sbn__buf_lit(forms->out, "{\"operations\":[");
    for (; op < end; op++) {
        sbn__buf_lit(forms->out, "{\"action\":");
        put_string(forms->out, op->action != NULL ? op->action : "");
        if (op->in != NULL) {
            sbn__buf_lit(forms->out, ",\"in\":");
            put_field(forms, op->in);
        }
        sbn__buf_puts(forms->out, op + 1 < end ? "},\n" : "}");
    }
    sbn__buf_lit(forms->out, "]");
}

/* Types are met while others are written. */
static void
put_model(struct forms *forms)
{
    uint32_t i;

    put_operations(forms);
    sbn__buf_lit(forms->out, ",\"types\":[");
    for (i = 0; i < forms->count; i++) {
        if (i > 0)
            sbn__buf_lit(forms->out, ",\n");
        put_type(forms, forms->types[i]);
    }
    sbn__buf_lit(forms->out, "]}");
}

static void
put_forms(const struct sbn__site *site, struct sbn__buf *out)
{
    const sbn_allocator *mem = &site->server->hub->mem;
    struct forms forms = {.contract = site->service->contract, .out = out};

    forms.types = sbn__alloc(mem, TYPES_MAX * sizeof(*forms.types));
    if (forms.types == NULL) {
        out->status = SBN_ENOMEM;
        return;
    }
    sbn__index_init(&forms.index, mem);
    put_model(&forms);
    sbn__index_fini(&forms.index);
    sbn__free(mem, forms.types);
}

/* ---- The page -------------------------------------------------------------
 */

/* "ICalculator" is calculator, as generated code calls it. */
static void
put_prefix(struct sbn__buf *out, const char *name)
{
    size_t i;

    if (name[0] == 'I' && name[1] >= 'A' && name[1] <= 'Z' && name[2] >= 'a' &&
        name[2] <= 'z')
        name++;
    for (i = 0; name[i] != '\0'; i++) {
        bool upper = name[i] >= 'A' && name[i] <= 'Z';
        bool after_lower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        char c = sbn__lower(name[i]);

        if (upper && after_lower)
            sbn__buf_putc(out, '_');
        sbn__buf_putc(out,
                      (c >= 'a' && c <= 'z') || sbn__is_digit(c) ? c : '_');
    }
}

static void
put_command(const struct sbn__site *site, const char *before, const char *after,
            struct sbn__buf *out)
{
    sbn__buf_lit(out, "<pre>");
    sbn__buf_puts(out, before);
    sbn__site_put_address(site, site->service, out);
    sbn__buf_puts(out, after);
    sbn__buf_lit(out, "</pre>\n");
}

static void
put_link(const struct sbn__site *site, const char *what, const char *text,
         struct sbn__buf *out)
{
    sbn__buf_lit(out, "<li><a href=\"");
    sbn__site_put_address(site, site->service, out);
    sbn__buf_puts(out, what);
    sbn__buf_lit(out, "\">");
    sbn__buf_puts(out, text);
    sbn__buf_lit(out, "</a></li>\n");
}

static void
put_client(const struct sbn__site *site, struct sbn__buf *out)
{
    const char *name = site->service->contract->name;

    put_command(site, "sebon generate ", "?wsdl --out .", out);
    put_command(site, "svcutil.exe ", "?wsdl", out);
    sbn__buf_lit(out, "<p>In C:</p>\n<pre>#include &lt;stdio.h&gt;\n\n"
                      "#include \"");
    put_prefix(out, name);
    sbn__buf_lit(out, ".h\"\n\nint\nmain(void)\n{\n    ");
    put_prefix(out, name);
    sbn__buf_lit(out, "_client *client;\n    sbn_status status = ");
    put_prefix(out, name);
    sbn__buf_lit(out, "_client_new(\n        NULL, \"");
    sbn__site_put_address(site, site->service, out);
    sbn__buf_lit(out, "\",\n        NULL, &amp;client);\n\n"
                      "    if (status != SBN_OK) {\n"
                      "        fprintf(stderr, \"%s\\n\", "
                      "sbn_status_text(status));\n"
                      "        return 1;\n    }\n"
                      "    /* Call the operations of client here. */\n    ");
    put_prefix(out, name);
    sbn__buf_lit(out, "_client_free(client);\n    return 0;\n}\n</pre>\n");
}

static void
put_metadata(const struct sbn__site *site, struct sbn__buf *out)
{
    sbn__buf_lit(out, "<h2>Metadata</h2>\n<ul class=\"links\">\n");
    put_link(site, "?wsdl", "WSDL", out);
    put_link(site, "?singleWsdl", "WSDL, one file", out);
    put_link(site, "?disco", "DISCO", out);
    put_link(site, "?health", "health", out);
    sbn__buf_lit(out, "</ul>\n<p>WS-MetadataExchange: ");
    sbn__site_put_address(site, site->service, out);
    sbn__buf_lit(out, "/mex</p>\n<h2>A client</h2>\n");
    put_client(site, out);
}

static const char *
doc_of(const sbn_contract *contract, uint32_t number)
{
    return contract->docs == NULL ? NULL : contract->docs[number];
}

static void
put_list(const sbn_contract *contract, struct sbn__buf *out)
{
    const char *doc;
    uint32_t i;

    sbn__buf_lit(out, "<h2>Operations</h2>\n");
    for (i = 0; i < contract->operation_count; i++) {
        sbn__buf_lit(out, "<details class=\"operation\" data-operation=\"");
        put_number(out, i);
        sbn__buf_lit(out, "\"><summary>");
        put_text(out, contract->operations[i].name);
        doc = doc_of(contract, i + 1);
        if (doc != NULL) {
            sbn__buf_lit(out, " <span class=\"doc\">");
            put_text(out, doc);
            sbn__buf_lit(out, "</span>");
        }
        sbn__buf_lit(out, "</summary></details>\n");
    }
    sbn__buf_lit(out, "<noscript><p>The forms of the operations need "
                      "JavaScript.</p></noscript>\n");
}

static const char *
title_of(const sbn_contract *contract)
{
    if (contract->metadata != NULL && contract->metadata->service[0] != '\0')
        return contract->metadata->service;
    return contract->name[0] != '\0' ? contract->name : "A SOAP service";
}

static void
put_head(const struct sbn__site *site, struct sbn__buf *out)
{
    sbn__buf_lit(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                      "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\">\n"
                      "<title>");
    put_text(out, title_of(site->service->contract));
    sbn__buf_lit(out, "</title>\n");
    if (sbn__service_has_metadata(site->service)) {
        sbn__buf_lit(out, "<link rel=\"alternate\" type=\"text/xml\" href=\"");
        sbn__site_put_address(site, site->service, out);
        sbn__buf_lit(out, "?disco\">\n");
    }
    sbn__buf_lit(out, "<style>");
    put_lines(out, sbn__page_style);
    sbn__buf_lit(out, "</style>\n</head>\n");
}

void
sbn__help_put(const struct sbn__site *site, struct sbn__buf *out)
{
    const sbn_contract *contract = site->service->contract;

    put_head(site, out);
    sbn__buf_lit(out, "<body>\n<h1>");
    put_text(out, title_of(contract));
    sbn__buf_lit(out, "</h1>\n<p>A SOAP service at ");
    sbn__site_put_address(site, site->service, out);
    sbn__buf_lit(out, "</p>\n");
    if (doc_of(contract, 0) != NULL) {
        sbn__buf_lit(out, "<p>");
        put_text(out, contract->docs[0]);
        sbn__buf_lit(out, "</p>\n");
    }
    put_list(contract, out);
    if (sbn__service_has_metadata(site->service))
        put_metadata(site, out);
    sbn__buf_lit(out, "<script type=\"application/json\" id=\"model\">");
    put_forms(site, out);
    sbn__buf_lit(out, "</script>\n<script>");
    put_lines(out, sbn__page_script);
    sbn__buf_lit(out, "</script>\n</body>\n</html>\n");
}
