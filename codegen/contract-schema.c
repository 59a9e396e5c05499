/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas of a service: elements of its messages, then types. */
#include <string.h>

#include "codegen/contract-emit.h"

/* ---- Text ---------------------------------------------------------------- */

void
xml_put(struct text *text, const char *words)
{
    for (; *words != '\0'; words++) {
        switch (*words) {
        case '&':
            text_put(text, "&amp;");
            break;
        case '<':
            text_put(text, "&lt;");
            break;
        case '>':
            text_put(text, "&gt;");
            break;
        case '"':
            text_put(text, "&quot;");
            break;
        case '\t':
        case '\n':
        case '\r':
            text_printf(text, "&#%d;", *words);
            break;
        default:
            /* XML 1.0 has no other control characters */
            text_putn(text, (unsigned char)*words < ' ' ? "?" : words, 1);
        }
    }
}

void
xml_attr(struct text *text, const char *name, const char *value)
{
    text_printf(text, " %s=\"", name);
    xml_put(text, value);
    text_put(text, "\"");
}

void
xml_indent(struct text *text, size_t indent)
{
    while (indent-- > 0)
        text_put(text, " ");
}

void
xml_doc(struct text *text, size_t indent, const char *name, const char *words)
{
    if (words == NULL)
        return;
    xml_indent(text, indent);
    text_printf(text, "<%s>", name);
    xml_put(text, words);
    text_printf(text, "</%s>\n", name);
}

/* ---- Schemas by namespace ------------------------------------------------ */

struct schema_text *
schema_of(struct schema_set *set, const char *ns)
{
    struct schema_text *schema;
    size_t i;

    for (i = 0; i < set->schemas.count; i++)
        if (strcmp(VEC(&set->schemas, struct schema_text, i)->ns, ns) == 0)
            return VEC(&set->schemas, struct schema_text, i);
    schema = NEW(struct schema_text);
    schema->ns = ns;
    schema->is_serialization = strcmp(ns, NS_SERIALIZATION) == 0;
    text_put(&schema->body, "");
    vec_add(&set->schemas, schema);
    return schema;
}

static void
import(struct schema_text *schema, const char *ns)
{
    size_t i;

    for (i = 0; i < schema->imports.count; i++)
        if (strcmp(VEC(&schema->imports, const char, i), ns) == 0)
            return;
    vec_add(&schema->imports, mem_str(ns));
}

const char *
schema_prefix(struct schema_text *schema, const char *ns)
{
    const char *prefix;

    if (strcmp(ns, NS_XSD) == 0)
        return "xs:";
    if (strcmp(ns, schema->ns) != 0)
        import(schema, ns);
    if (*ns == '\0')
        return "";
    if (strcmp(ns, schema->ns) == 0)
        return "tns:";
    prefix = (const char *)map_get(&schema->prefixes, ns);
    if (prefix == NULL) {
        prefix = mem_printf("q%u:", ++schema->prefix_count);
        map_put(&schema->prefixes, ns, mem_str(prefix));
    }
    return prefix;
}

void
schema_xmlns(struct schema_text *schema, struct text *text, const char *ns)
{
    const char *prefix = (const char *)map_get(&schema->prefixes, ns);

    if (prefix != NULL)
        xml_attr(text,
                 mem_printf("xmlns:%.*s", (int)strlen(prefix) - 1, prefix), ns);
}

void
schema_global(struct schema_text *schema, const char *name,
              const struct text *text, struct place place)
{
    const char *other = (const char *)map_get(&schema->elements, name);

    if (other == NULL) {
        map_put(&schema->elements, name, text->data);
        text_put(&schema->body, text->data);
    } else if (strcmp(other, text->data) != 0) {
        diag_error(place,
                   "element '%s' of namespace '%s' is declared twice, "
                   "with different content",
                   name, schema->ns);
    }
}

/* ---- Elements ------------------------------------------------------------ */

void
schema_need(struct schema_set *set, struct data_type *type)
{
    set->has_data = true;
    if (type->queued || type->kind == DATA_BUILTIN || type->kind == DATA_ANY)
        return;
    type->queued = true;
    vec_add(&set->queue, type);
}

/* <xs:sequence> of one element of any name */
static void
put_any(struct text *text, size_t indent)
{
    xml_indent(text, indent);
    text_put(text, "<xs:complexType>\n");
    xml_indent(text, indent + 2);
    text_put(text, "<xs:sequence>\n");
    xml_indent(text, indent + 4);
    text_put(text, "<xs:any minOccurs=\"0\" processContents=\"lax\"/>\n");
    xml_indent(text, indent + 2);
    text_put(text, "</xs:sequence>\n");
    xml_indent(text, indent);
    text_put(text, "</xs:complexType>\n");
}

static void
put_annotation(struct text *text, size_t indent,
               const struct element_form *form)
{
    xml_indent(text, indent);
    text_put(text, "<xs:annotation>\n");
    xml_doc(text, indent + 2, "xs:documentation", form->doc);
    if (form->no_default) {
        xml_indent(text, indent + 2);
        text_put(text, "<xs:appinfo>\n");
        xml_indent(text, indent + 4);
        text_printf(text,
                    "<DefaultValue EmitDefaultValue=\"false\" "
                    "xmlns=\"%s\"/>\n",
                    NS_SERIALIZATION);
        xml_indent(text, indent + 2);
        text_put(text, "</xs:appinfo>\n");
    }
    xml_indent(text, indent);
    text_put(text, "</xs:annotation>\n");
}

void
schema_element(struct schema_set *set, struct schema_text *schema,
               struct text *text, size_t indent,
               const struct element_form *form)
{
    struct data_type *type = form->use->type;
    bool any = type->kind == DATA_ANY;
    bool content = any || form->no_default || form->doc != NULL;

    schema_need(set, type);
    xml_indent(text, indent);
    text_put(text, "<xs:element");
    if (!form->global && !form->required)
        text_put(text, " minOccurs=\"0\"");
    if (form->many)
        text_put(text, " maxOccurs=\"unbounded\"");
    xml_attr(text, "name", form->name);
    if (form->use->nillable)
        text_put(text, " nillable=\"true\"");
    if (!any) {
        xml_attr(text, "type",
                 mem_printf("%s%s", schema_prefix(schema, type->name.ns),
                            type->name.local));
        schema_xmlns(schema, text, type->name.ns);
    }
    text_put(text, content ? ">\n" : "/>\n");
    if (!content)
        return;
    if (form->no_default || form->doc != NULL)
        put_annotation(text, indent + 2, form);
    if (any)
        put_any(text, indent + 2);
    xml_indent(text, indent);
    text_put(text, "</xs:element>\n");
}

/* ---- Messages ------------------------------------------------------------ */

static void
global_element(struct schema_set *set, struct qname name,
               const struct data_use *use, struct place place)
{
    struct element_form form = {name.local, use,  true, false,
                                false,      true, NULL};
    struct schema_text *schema = schema_of(set, name.ns);
    struct text text = {NULL, 0, 0, 0};

    schema_element(set, schema, &text, 2, &form);
    schema_global(schema, name.local, &text, place);
}

/* A part of another namespace is an element of that. */
static void
foreign_part(struct schema_set *set, struct schema_text *schema,
             struct text *text, const struct part *part, struct place place)
{
    xml_indent(text, 8);
    text_put(text, "<xs:element");
    if (!part->required)
        text_put(text, " minOccurs=\"0\"");
    xml_attr(text, "ref",
             mem_printf("%s%s", schema_prefix(schema, part->element.ns),
                        part->element.local));
    schema_xmlns(schema, text, part->element.ns);
    text_put(text, "/>\n");
    global_element(set, part->element, &part->use, place);
}

static void
wrapper(struct schema_set *set, const struct message *message,
        struct place place)
{
    struct schema_text *schema = schema_of(set, message->wrapper.ns);
    struct text text = {NULL, 0, 0, 0};
    size_t i;

    set->has_data = true;
    text_put(&text, "  <xs:element");
    xml_attr(&text, "name", message->wrapper.local);
    text_put(&text, ">\n    <xs:complexType>\n      <xs:sequence");
    text_put(&text, message->parts.count == 0 ? "/>\n" : ">\n");
    for (i = 0; i < message->parts.count; i++) {
        const struct part *part = VEC(&message->parts, struct part, i);
        struct element_form form = {part->element.local,
                                    &part->use,
                                    part->required,
                                    false,
                                    false,
                                    false,
                                    NULL};

        if (strcmp(part->element.ns, message->wrapper.ns) == 0)
            schema_element(set, schema, &text, 8, &form);
        else
            foreign_part(set, schema, &text, part, place);
    }
    if (message->parts.count > 0)
        text_put(&text, "      </xs:sequence>\n");
    text_put(&text, "    </xs:complexType>\n  </xs:element>\n");
    schema_global(schema, message->wrapper.local, &text, place);
}

static void
add_message(struct schema_set *set, const struct message *message,
            struct place place)
{
    size_t i;

    if (message == NULL)
        return;
    if (message->style == MESSAGE_WRAPPED)
        wrapper(set, message, place);
    for (i = 0; i < message->parts.count; i++) {
        const struct part *part = VEC(&message->parts, struct part, i);

        if (message->style == MESSAGE_BARE)
            global_element(set, part->element, &part->use, place);
        else if (message->style == MESSAGE_UNTYPED && !part->use.type->queued) {
            /* not data: the Serialization schema has nothing to do with it */
            part->use.type->queued = true;
            vec_add(&set->queue, part->use.type);
        }
    }
    for (i = 0; i < message->headers.count; i++) {
        const struct part *part = VEC(&message->headers, struct part, i);

        global_element(set, part->element, &part->use, place);
    }
}

static void
add_operation(struct schema_set *set, const struct operation *op)
{
    size_t i;

    if (op->is_wildcard)
        return;
    add_message(set, op->input, op->place);
    add_message(set, op->output, op->place);
    for (i = 0; i < op->faults.count; i++) {
        const struct fault *fault = VEC(&op->faults, struct fault, i);

        schema_need(set, fault->use.type);
        if (!fault->is_root)
            global_element(set, fault->element, &fault->use, fault->place);
    }
    for (i = 0; i < op->known.count; i++)
        schema_need(set, VEC(&op->known, struct data_type, i));
}

/* The fixed schema stands behind the contract's own. */
static void
add_serialization(struct schema_set *set)
{
    struct schema_text *schema = schema_of(set, NS_SERIALIZATION);
    size_t i;

    for (i = 0; contract_serialization[i] != NULL; i++)
        text_put(&schema->body, contract_serialization[i]);
    for (i = set->schemas.count - 1; i > 0; i--)
        if (set->schemas.items[i] == schema && i > 1) {
            set->schemas.items[i] = set->schemas.items[i - 1];
            set->schemas.items[i - 1] = schema;
        }
}

void
contract_schemas(struct schema_set *set, const struct service *service)
{
    size_t i, j;

    memset(set, 0, sizeof(*set));
    for (i = 0; i < service->interfaces.count; i++) {
        const struct interface *interface =
            VEC(&service->interfaces, struct interface, i);

        for (j = 0; j < interface->operations.count; j++)
            add_operation(set,
                          VEC(&interface->operations, struct operation, j));
        for (j = 0; j < interface->known.count; j++)
            schema_need(set, VEC(&interface->known, struct data_type, j));
    }
    for (i = 0; i < set->queue.count; i++)
        schema_type(set, VEC(&set->queue, struct data_type, i));
    for (i = 0; i < set->queue.count; i++)
        VEC(&set->queue, struct data_type, i)->queued = false;
    if (set->has_data)
        add_serialization(set);
}

/* ---- Documents ----------------------------------------------------------- */

static const char *
file_of(const struct schema_set *set, const struct vec *files, const char *ns)
{
    size_t i;

    for (i = 0; files != NULL && i < set->schemas.count; i++)
        if (strcmp(VEC(&set->schemas, struct schema_text, i)->ns, ns) == 0)
            return VEC(files, const char, i);
    return NULL;
}

/* body's lines, each moved to the right */
static void
put_lines(struct text *text, size_t indent, const char *body)
{
    while (*body != '\0') {
        size_t size = strcspn(body, "\n") + 1;

        xml_indent(text, indent);
        text_putn(text, body, size);
        body += size;
    }
}

void
contract_schema_write(struct text *text, const struct schema_set *set,
                      const struct schema_text *schema, size_t indent,
                      const struct vec *files)
{
    size_t i;

    xml_indent(text, indent);
    text_put(text, schema->is_serialization
                       ? "<xs:schema attributeFormDefault=\"qualified\" "
                         "elementFormDefault=\"qualified\""
                       : "<xs:schema elementFormDefault=\"qualified\"");
    if (*schema->ns != '\0') {
        xml_attr(text, "targetNamespace", schema->ns);
        xml_attr(text, "xmlns:tns", schema->ns);
    }
    xml_attr(text, "xmlns:xs", NS_XSD);
    text_put(text, ">\n");
    for (i = 0; i < schema->imports.count; i++) {
        const char *ns = VEC(&schema->imports, const char, i);
        const char *file = file_of(set, files, ns);

        xml_indent(text, indent + 2);
        text_put(text, "<xs:import");
        if (file != NULL)
            xml_attr(text, "schemaLocation", file);
        if (*ns != '\0')
            xml_attr(text, "namespace", ns);
        text_put(text, "/>\n");
    }
    put_lines(text, indent, schema->body.data);
    xml_indent(text, indent);
    text_put(text, "</xs:schema>\n");
}
