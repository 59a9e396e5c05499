/* SPDX-License-Identifier: Apache-2.0 */
/* Data contracts as types of XML Schema. */
#include <string.h>

#include "codegen/contract-emit.h"

/* ---- Pieces -------------------------------------------------------------- */

static void
child(struct schema_set *set, struct schema_text *schema, size_t indent,
      const char *name, const struct data_use *use, bool required)
{
    struct element_form form = {.name = name, .use = use, .required = required};

    schema_element(set, schema, &schema->body, indent, &form);
}

static const char *
flag_info(const char *name)
{
    return mem_printf("        <%s xmlns=\"%s\">true</%s>\n", name,
                      NS_SERIALIZATION, name);
}

/* The element of any document whose root is of the type. */
static void
root(struct schema_set *set, struct schema_text *schema, struct data_type *type)
{
    struct data_use use = {type, true, false};
    struct element_form form = {.name = type->name.local,
                                .use = &use,
                                .required = true,
                                .global = true};
    struct place nowhere = {NULL, 0};
    struct text text = {NULL, 0, 0, 0};

    if (type->kind == DATA_STREAM || type->kind == DATA_UNTYPED || type->is_xml)
        return;
    schema_element(set, schema, &text, 2, &form);
    schema_global(schema, type->name.local, &text, nowhere);
}

static void
open_complex(struct schema_text *schema, const struct data_type *type,
             const char *appinfo)
{
    xml_open(&schema->body, 2, "xs:complexType", type->name.local);
    text_put(&schema->body, ">\n");
    xml_annotation(&schema->body, 4, type->doc, appinfo);
}

/* ---- Classes ------------------------------------------------------------- */

/* <GenericType> or, inside of it, <GenericParameter>. */
static void
generic_element(struct text *text, size_t indent, const char *tag,
                const struct data_type *type)
{
    bool outer = strcmp(tag, "GenericType") == 0;
    size_t i;

    xml_indent(text, indent);
    text_printf(text, "<%s", tag);
    xml_attr(text, "Name",
             type->generic != NULL ? type->generic : type->name.local);
    xml_attr(text, "Namespace", type->name.ns);
    if (outer)
        xml_attr(text, "xmlns", NS_SERIALIZATION);
    if (type->arguments.count == 0) {
        text_put(text, "/>\n");
        return;
    }
    text_put(text, ">\n");
    for (i = 0; i < type->arguments.count; i++)
        generic_element(text, indent + 2, "GenericParameter",
                        VEC(&type->arguments, struct data_use, i)->type);
    xml_indent(text, indent);
    text_printf(text, "</%s>\n", tag);
}

/* What a reader is told of a class besides its members; NULL: nothing. */
static const char *
class_info(const struct data_type *type)
{
    struct text info = {NULL, 0, 0, 0};

    if (type->arguments.count > 0)
        generic_element(&info, 8, "GenericType", type);
    if (type->is_value_type)
        text_put(&info, flag_info("IsValueType"));
    return info.data;
}

static void
members(struct schema_set *set, struct schema_text *schema,
        const struct data_type *type, size_t indent)
{
    struct text *text = &schema->body;
    size_t i;

    xml_indent(text, indent);
    text_put(text,
             type->members.count == 0 ? "<xs:sequence/>\n" : "<xs:sequence>\n");
    for (i = 0; i < type->members.count; i++) {
        const struct data_member *member =
            VEC(&type->members, struct data_member, i);
        struct element_form form = {.name = member->name,
                                    .use = &member->use,
                                    .required = member->required,
                                    .no_default = !member->emit_default,
                                    .doc = member->doc};

        schema_element(set, schema, text, indent + 2, &form);
    }
    if (type->members.count > 0) {
        xml_indent(text, indent);
        text_put(text, "</xs:sequence>\n");
    }
}

static void
reference_attributes(struct schema_text *schema)
{
    static const char *const names[] = {"Id", "Ref"};
    size_t i;

    for (i = 0; i < 2; i++) {
        struct qname name;

        name.ns = NS_SERIALIZATION;
        name.local = names[i];
        text_put(&schema->body, "    <xs:attribute");
        schema_attr(schema, &schema->body, "ref", name);
        text_put(&schema->body, "/>\n");
    }
}

static void
class_type(struct schema_set *set, struct schema_text *schema,
           struct data_type *type)
{
    struct text *text = &schema->body;
    size_t i;

    open_complex(schema, type, class_info(type));
    if (type->base == NULL) {
        members(set, schema, type, 4);
        if (type->is_reference)
            reference_attributes(schema);
    } else {
        schema_need(set, type->base);
        text_put(text, "    <xs:complexContent mixed=\"false\">\n"
                       "      <xs:extension");
        schema_attr(schema, text, "base", type->base->name);
        text_put(text, ">\n");
        members(set, schema, type, 8);
        text_put(text, "      </xs:extension>\n    </xs:complexContent>\n");
    }
    text_put(text, "  </xs:complexType>\n");
    for (i = 0; i < type->known.count; i++)
        schema_need(set, VEC(&type->known, struct data_type, i));
}

/* ---- Enums --------------------------------------------------------------- */

/* Whether the value at place i is what a reader would think it is. */
static bool
is_expected(const struct data_type *type, size_t i, int64_t value)
{
    if (!type->is_flags)
        return value == (int64_t)i;
    return i < 63 && value == (int64_t)1 << i;
}

static const char *
value_text(const struct data_type *type, int64_t value)
{
    if (type->underlying != NULL &&
        strcmp(type->underlying->name.local, "unsignedLong") == 0)
        return mem_printf("%llu", (unsigned long long)value);
    return mem_printf("%lld", (long long)value);
}

static void
enum_value(struct text *text, const struct data_type *type, size_t indent,
           size_t i)
{
    const struct data_value *value = VEC(&type->values, struct data_value, i);
    const char *info = NULL;

    if (!type->is_xml && !is_expected(type, i, value->value)) {
        struct text line = {NULL, 0, 0, 0};

        xml_indent(&line, indent + 6);
        text_printf(&line,
                    "<EnumerationValue xmlns=\"%s\">%s</EnumerationValue>\n",
                    NS_SERIALIZATION, value_text(type, value->value));
        info = line.data;
    }
    xml_indent(text, indent);
    text_put(text, "<xs:enumeration");
    xml_attr(text, "value", value->name);
    if (info == NULL && value->doc == NULL) {
        text_put(text, "/>\n");
        return;
    }
    text_put(text, ">\n");
    xml_annotation(text, indent + 2, value->doc, info);
    xml_indent(text, indent);
    text_put(text, "</xs:enumeration>\n");
}

/* What .NET keeps it in, unless that is an int; NULL: it is. */
static const char *
actual_type(const struct data_type *type)
{
    if (type->underlying == NULL)
        return NULL;
    return mem_printf("        <ActualType Name=\"%s\" Namespace=\"%s\" "
                      "xmlns=\"%s\"/>\n",
                      type->underlying->name.local, NS_XSD, NS_SERIALIZATION);
}

static void
enum_type(struct schema_text *schema, const struct data_type *type)
{
    struct text *text = &schema->body;
    size_t indent = type->is_flags ? 8 : 4, i;

    xml_open(text, 2, "xs:simpleType", type->name.local);
    text_put(text, ">\n");
    xml_annotation(text, 4, type->doc, actual_type(type));
    if (type->is_flags)
        text_put(text, "    <xs:list>\n      <xs:simpleType>\n");
    xml_indent(text, indent);
    text_put(text, "<xs:restriction base=\"xs:string\">\n");
    for (i = 0; i < type->values.count; i++)
        enum_value(text, type, indent + 2, i);
    xml_indent(text, indent);
    text_put(text, "</xs:restriction>\n");
    if (type->is_flags)
        text_put(text, "      </xs:simpleType>\n    </xs:list>\n");
    text_put(text, "  </xs:simpleType>\n");
}

/* ---- Collections --------------------------------------------------------- */

static void
array_type(struct schema_set *set, struct schema_text *schema,
           const struct data_type *type)
{
    struct element_form form = {
        .name = type->item, .use = &type->args[0], .many = true};

    open_complex(schema, type, NULL);
    text_put(&schema->body, "    <xs:sequence>\n");
    schema_element(set, schema, &schema->body, 6, &form);
    text_put(&schema->body, "    </xs:sequence>\n  </xs:complexType>\n");
}

static void
map_type(struct schema_set *set, struct schema_text *schema,
         const struct data_type *type)
{
    struct text *text = &schema->body;

    open_complex(schema, type, flag_info("IsDictionary"));
    text_put(text, "    <xs:sequence>\n"
                   "      <xs:element minOccurs=\"0\" "
                   "maxOccurs=\"unbounded\"");
    xml_attr(text, "name", type->item);
    text_put(text, ">\n        <xs:complexType>\n          <xs:sequence>\n");
    child(set, schema, 12, type->key, &type->args[0], true);
    child(set, schema, 12, type->value, &type->args[1], true);
    text_put(text, "          </xs:sequence>\n        </xs:complexType>\n"
                   "      </xs:element>\n    </xs:sequence>\n"
                   "  </xs:complexType>\n");
}

static void
pair_type(struct schema_set *set, struct schema_text *schema,
          const struct data_type *type)
{
    open_complex(schema, type, class_info(type));
    text_put(&schema->body, "    <xs:sequence>\n");
    child(set, schema, 6, "key", &type->args[0], true);
    child(set, schema, 6, "value", &type->args[1], true);
    text_put(&schema->body, "    </xs:sequence>\n  </xs:complexType>\n");
}

/* ---- Those of the standard library --------------------------------------- */

static const char *
system_type(const char *name)
{
    if (strcmp(name, "TimeSpan") == 0)
        return "  <xs:simpleType name=\"TimeSpan\">\n"
               "    <xs:restriction base=\"xs:duration\"/>\n"
               "  </xs:simpleType>\n";
    if (strcmp(name, "char") == 0)
        return "  <xs:simpleType name=\"char\">\n"
               "    <xs:restriction base=\"xs:unsignedShort\"/>\n"
               "  </xs:simpleType>\n";
    return "  <xs:simpleType name=\"guid\">\n"
           "    <xs:restriction base=\"xs:string\">\n"
           "      <xs:pattern value=\"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-"
           "[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\"/>\n"
           "    </xs:restriction>\n"
           "  </xs:simpleType>\n";
}

static void
fixed_type(struct schema_text *schema, const struct data_type *type)
{
    if (type->kind == DATA_OFFSET) {
        open_complex(schema, type, flag_info("IsValueType"));
        text_put(&schema->body,
                 "    <xs:sequence>\n"
                 "      <xs:element name=\"DateTime\" type=\"xs:dateTime\"/>\n"
                 "      <xs:element name=\"OffsetMinutes\" "
                 "type=\"xs:short\"/>\n"
                 "    </xs:sequence>\n  </xs:complexType>\n");
    } else if (type->kind == DATA_SYSTEM) {
        text_put(&schema->body, system_type(type->name.local));
    } else if (type->kind == DATA_STREAM) {
        text_put(&schema->body,
                 "  <xs:simpleType name=\"StreamBody\">\n"
                 "    <xs:restriction base=\"xs:base64Binary\"/>\n"
                 "  </xs:simpleType>\n");
    } else if (type->kind == DATA_UNTYPED) {
        text_put(&schema->body,
                 "  <xs:complexType name=\"MessageBody\">\n"
                 "    <xs:sequence>\n"
                 "      <xs:any minOccurs=\"0\" maxOccurs=\"unbounded\" "
                 "namespace=\"##any\"/>\n"
                 "    </xs:sequence>\n  </xs:complexType>\n");
    }
}

void
schema_type(struct schema_set *set, struct data_type *type)
{
    struct schema_text *schema = schema_of(set, type->name.ns);

    switch (type->kind) {
    case DATA_CLASS:
        if (type->is_xml)
            schema_xml_class(set, schema, type);
        else
            class_type(set, schema, type);
        break;
    case DATA_ENUM:
        enum_type(schema, type);
        break;
    case DATA_ARRAY:
        if (type->is_encoded)
            schema_soap_array(set, schema, type);
        else
            array_type(set, schema, type);
        break;
    case DATA_MAP:
        map_type(set, schema, type);
        break;
    case DATA_PAIR:
        pair_type(set, schema, type);
        break;
    default:
        fixed_type(schema, type);
    }
    root(set, schema, type);
}
