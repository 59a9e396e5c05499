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
xml_open(struct text *text, size_t indent, const char *tag, const char *name)
{
    xml_indent(text, indent);
    text_printf(text, "<%s", tag);
    xml_attr(text, "name", name);
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

void
xml_annotation(struct text *text, size_t indent, const char *doc,
               const char *appinfo)
{
    if (doc == NULL && appinfo == NULL)
        return;
    xml_indent(text, indent);
    text_put(text, "<xs:annotation>\n");
    xml_doc(text, indent + 2, "xs:documentation", doc);
    if (appinfo != NULL) {
        xml_indent(text, indent + 2);
        text_put(text, "<xs:appinfo>\n");
        text_put(text, appinfo);
        xml_indent(text, indent + 2);
        text_put(text, "</xs:appinfo>\n");
    }
    xml_indent(text, indent);
    text_put(text, "</xs:annotation>\n");
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
schema_attr(struct schema_text *schema, struct text *text,
            const char *attribute, struct qname name)
{
    xml_attr(text, attribute,
             mem_printf("%s%s", schema_prefix(schema, name.ns), name.local));
    schema_xmlns(schema, text, name.ns);
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
    set->has_data = set->has_data || !type->is_xml;
    if (type->kind == DATA_BUILTIN && !type->is_xml) {
        set->has_date_only =
            set->has_date_only || strcmp(type->name.local, "dateOnly") == 0;
        set->has_time_only =
            set->has_time_only || strcmp(type->name.local, "timeOnly") == 0;
    }
    if (type->queued || type->kind == DATA_BUILTIN || type->kind == DATA_ANY ||
        (type->kind == DATA_DATASET && type->is_xml))
        return;
    type->queued = true;
    vec_add(&set->queue, type);
}

/* The lines of an anonymous type, each moved to the right. */
static void
put_inside(struct text *text, size_t indent, const char *lines)
{
    while (*lines != '\0') {
        size_t size = strcspn(lines, "\n") + 1;

        xml_indent(text, indent);
        text_putn(text, lines, size);
        lines += size;
    }
}

/* What has no type to name; NULL: type has one. */
static const char *
anonymous(const struct data_type *type)
{
    if (type->kind == DATA_ANY)
        return type->is_xml ? "<xs:complexType mixed=\"true\">\n"
                              "  <xs:sequence>\n"
                              "    <xs:any/>\n"
                              "  </xs:sequence>\n"
                              "</xs:complexType>\n"
                            : "<xs:complexType>\n"
                              "  <xs:sequence>\n"
                              "    <xs:any minOccurs=\"0\" "
                              "processContents=\"lax\"/>\n"
                              "  </xs:sequence>\n"
                              "</xs:complexType>\n";
    if (type->kind != DATA_DATASET)
        return NULL;
    if (type->is_xml)
        return "<xs:complexType>\n"
               "  <xs:sequence>\n"
               "    <xs:element ref=\"xs:schema\"/>\n"
               "    <xs:any/>\n"
               "  </xs:sequence>\n"
               "</xs:complexType>\n";
    return "<xs:complexType>\n"
           "  <xs:annotation>\n"
           "    <xs:appinfo>\n"
           "      <ActualType Name=\"DataSet\" Namespace=\"" NS_DATA
           "System.Data\" xmlns=\"" NS_SERIALIZATION "\"/>\n"
           "    </xs:appinfo>\n"
           "  </xs:annotation>\n"
           "  <xs:sequence maxOccurs=\"unbounded\">\n"
           "    <xs:any minOccurs=\"0\" namespace=\"" NS_XSD
           "\" processContents=\"lax\"/>\n"
           "    <xs:any minOccurs=\"0\" "
           "namespace=\"urn:schemas-microsoft-com:xml-diffgram-v1\" "
           "processContents=\"lax\"/>\n"
           "  </xs:sequence>\n"
           "</xs:complexType>\n";
}

void
schema_element(struct schema_set *set, struct schema_text *schema,
               struct text *text, size_t indent,
               const struct element_form *form)
{
    struct data_type *type = form->use->type;
    const char *inside = anonymous(type), *appinfo = NULL;
    bool content = inside != NULL || form->no_default || form->doc != NULL;

    schema_need(set, type);
    xml_indent(text, indent);
    text_put(text, "<xs:element");
    if (!form->global && !form->required)
        text_put(text, " minOccurs=\"0\"");
    if (form->many)
        text_put(text, " maxOccurs=\"unbounded\"");
    if (form->default_value != NULL)
        xml_attr(text, "default", form->default_value);
    if (form->unqualified)
        text_put(text, " form=\"unqualified\"");
    xml_attr(text, "name", form->name);
    if (form->use->nillable)
        text_put(text, " nillable=\"true\"");
    if (inside == NULL)
        schema_attr(schema, text, "type", type->name);
    else if (type->kind == DATA_DATASET && type->is_xml)
        import(schema, NS_XSD);
    text_put(text, content ? ">\n" : "/>\n");
    if (!content)
        return;
    if (form->no_default)
        appinfo = mem_printf("%*s<DefaultValue EmitDefaultValue=\"false\" "
                             "xmlns=\"%s\"/>\n",
                             (int)indent + 6, "", NS_SERIALIZATION);
    xml_annotation(text, indent + 2, form->doc, appinfo);
    if (inside != NULL)
        put_inside(text, indent + 2, inside);
    xml_indent(text, indent);
    text_put(text, "</xs:element>\n");
}

/* ---- Messages ------------------------------------------------------------ */

static void
global_element(struct schema_set *set, struct qname name,
               const struct data_use *use, struct place place)
{
    struct element_form form = {
        .name = name.local, .use = use, .required = true, .global = true};
    struct schema_text *schema = schema_of(set, name.ns);
    struct text text = {NULL, 0, 0, 0};

    schema_element(set, schema, &text, 2, &form);
    schema_global(schema, name.local, &text, place);
}

void
schema_foreign(struct schema_set *set, struct schema_text *schema,
               struct text *text, size_t indent,
               const struct element_form *form, const char *ns,
               struct place place)
{
    struct qname name;

    name.ns = ns;
    name.local = form->name;
    xml_indent(text, indent);
    text_put(text, "<xs:element");
    if (!form->required)
        text_put(text, " minOccurs=\"0\"");
    if (form->many)
        text_put(text, " maxOccurs=\"unbounded\"");
    schema_attr(schema, text, "ref", name);
    text_put(text, "/>\n");
    global_element(set, name, form->use, place);
}

static void
wrapper(struct schema_set *set, const struct message *message,
        struct place place)
{
    struct schema_text *schema = schema_of(set, message->wrapper.ns);
    struct text text = {NULL, 0, 0, 0};
    size_t i;

    set->has_data = set->has_data || !message->is_xml;
    xml_open(&text, 2, "xs:element", message->wrapper.local);
    if (message->is_xml && message->parts.count == 0) {
        text_put(&text, ">\n    <xs:complexType/>\n  </xs:element>\n");
        schema_global(schema, message->wrapper.local, &text, place);
        return;
    }
    text_put(&text, ">\n    <xs:complexType>\n      <xs:sequence");
    text_put(&text, message->parts.count == 0 ? "/>\n" : ">\n");
    for (i = 0; i < message->parts.count; i++) {
        const struct part *part = VEC(&message->parts, struct part, i);
        struct element_form form = {.name = part->element.local,
                                    .use = &part->use,
                                    .required = part->required,
                                    .many = part->many};

        if (strcmp(part->element.ns, message->wrapper.ns) == 0)
            schema_element(set, schema, &text, 8, &form);
        else
            schema_foreign(set, schema, &text, 8, &form, part->element.ns,
                           place);
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
        else if (message->style == MESSAGE_RPC)
            schema_need(set, part->use.type);
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

    add_message(set, op->input, op->place);
    add_message(set, op->output, op->place);
    for (i = 0; i < op->faults.count; i++) {
        const struct fault *fault = VEC(&op->faults, struct fault, i);

        schema_need(set, fault->use.type);
        if (!fault->is_root || fault->use.type->is_xml)
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

    schema_serialization(set, &schema->body);
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

        for (j = 0; j < interface->told.count; j++)
            add_operation(set, VEC(&interface->told, struct operation, j));
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
    put_inside(text, indent, schema->body.data);
    xml_indent(text, indent);
    text_put(text, "</xs:schema>\n");
}
