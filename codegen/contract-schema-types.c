/* SPDX-License-Identifier: Apache-2.0 */
/* Data contracts as types of XML Schema. */
#include <string.h>

#include "codegen/contract-emit.h"

/* The schema that every data contract may refer to, the
 * same for all services. */
const char *const contract_serialization[] = {
    "  <xs:element name=\"anyType\" nillable=\"true\" type=\"xs:anyType\"/>\n",
    "  <xs:element name=\"anyURI\" nillable=\"true\" type=\"xs:anyURI\"/>\n",
    "  <xs:element name=\"base64Binary\" nillable=\"true\" "
    "type=\"xs:base64Binary\"/>\n",
    "  <xs:element name=\"boolean\" nillable=\"true\" type=\"xs:boolean\"/>\n",
    "  <xs:element name=\"byte\" nillable=\"true\" type=\"xs:byte\"/>\n",
    "  <xs:element name=\"dateTime\" nillable=\"true\" "
    "type=\"xs:dateTime\"/>\n",
    "  <xs:element name=\"decimal\" nillable=\"true\" type=\"xs:decimal\"/>\n",
    "  <xs:element name=\"double\" nillable=\"true\" type=\"xs:double\"/>\n",
    "  <xs:element name=\"float\" nillable=\"true\" type=\"xs:float\"/>\n",
    "  <xs:element name=\"int\" nillable=\"true\" type=\"xs:int\"/>\n",
    "  <xs:element name=\"long\" nillable=\"true\" type=\"xs:long\"/>\n",
    "  <xs:element name=\"QName\" nillable=\"true\" type=\"xs:QName\"/>\n",
    "  <xs:element name=\"short\" nillable=\"true\" type=\"xs:short\"/>\n",
    "  <xs:element name=\"string\" nillable=\"true\" type=\"xs:string\"/>\n",
    "  <xs:element name=\"unsignedByte\" nillable=\"true\" "
    "type=\"xs:unsignedByte\"/>\n",
    "  <xs:element name=\"unsignedInt\" nillable=\"true\" "
    "type=\"xs:unsignedInt\"/>\n",
    "  <xs:element name=\"unsignedLong\" nillable=\"true\" "
    "type=\"xs:unsignedLong\"/>\n",
    "  <xs:element name=\"unsignedShort\" nillable=\"true\" "
    "type=\"xs:unsignedShort\"/>\n",
    "  <xs:element name=\"char\" nillable=\"true\" type=\"tns:char\"/>\n",
    "  <xs:simpleType name=\"char\">\n    <xs:restriction base=\"xs:int\"/>\n"
    "  </xs:simpleType>\n",
    "  <xs:element name=\"duration\" nillable=\"true\" "
    "type=\"tns:duration\"/>\n",
    "  <xs:simpleType name=\"duration\">\n"
    "    <xs:restriction base=\"xs:duration\">\n"
    "      <xs:pattern "
    "value=\"\\-?P(\\d*D)?(T(\\d*H)?(\\d*M)?(\\d*(\\.\\d*)?S)?)?\"/>\n"
    "      <xs:minInclusive value=\"-P10675199DT2H48M5.4775808S\"/>\n"
    "      <xs:maxInclusive value=\"P10675199DT2H48M5.4775807S\"/>\n"
    "    </xs:restriction>\n  </xs:simpleType>\n",
    "  <xs:element name=\"guid\" nillable=\"true\" type=\"tns:guid\"/>\n",
    "  <xs:simpleType name=\"guid\">\n    <xs:restriction base=\"xs:string\">\n"
    "      <xs:pattern value=\"[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-"
    "[\\da-fA-F]{4}-[\\da-fA-F]{12}\"/>\n"
    "    </xs:restriction>\n  </xs:simpleType>\n",
    "  <xs:attribute name=\"FactoryType\" type=\"xs:QName\"/>\n",
    "  <xs:attribute name=\"Id\" type=\"xs:ID\"/>\n",
    "  <xs:attribute name=\"Ref\" type=\"xs:IDREF\"/>\n",
    NULL};

/* ---- Pieces -------------------------------------------------------------- */

static void
child(struct schema_set *set, struct schema_text *schema, size_t indent,
      const char *name, const struct data_use *use, bool required)
{
    struct element_form form = {name, use, required, false, false, false, NULL};

    schema_element(set, schema, &schema->body, indent, &form);
}

/* doc and appinfo, which is whole lines; NULL: none */
static void
annotation(struct text *text, size_t indent, const char *doc,
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
    struct data_use use = {type, true};
    struct element_form form = {
        type->name.local, &use, true, false, false, true, NULL};
    struct place nowhere = {NULL, 0};
    struct text text = {NULL, 0, 0, 0};

    if (type->kind == DATA_STREAM || type->kind == DATA_UNTYPED)
        return;
    schema_element(set, schema, &text, 2, &form);
    schema_global(schema, type->name.local, &text, nowhere);
}

static void
open_complex(struct schema_text *schema, const struct data_type *type,
             const char *appinfo)
{
    text_put(&schema->body, "  <xs:complexType");
    xml_attr(&schema->body, "name", type->name.local);
    text_put(&schema->body, ">\n");
    annotation(&schema->body, 4, type->doc, appinfo);
}

/* ---- Classes ------------------------------------------------------------- */

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
        struct element_form form = {
            member->name,          &member->use, member->required, false,
            !member->emit_default, false,        member->doc};

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
        text_put(&schema->body, "    <xs:attribute");
        xml_attr(&schema->body, "ref",
                 mem_printf("%s%s", schema_prefix(schema, NS_SERIALIZATION),
                            names[i]));
        schema_xmlns(schema, &schema->body, NS_SERIALIZATION);
        text_put(&schema->body, "/>\n");
    }
}

static void
class_type(struct schema_set *set, struct schema_text *schema,
           struct data_type *type)
{
    struct text *text = &schema->body;
    size_t i;

    open_complex(schema, type,
                 type->is_value_type ? flag_info("IsValueType") : NULL);
    if (type->base == NULL) {
        members(set, schema, type, 4);
        if (type->is_reference)
            reference_attributes(schema);
    } else {
        schema_need(set, type->base);
        text_put(text, "    <xs:complexContent mixed=\"false\">\n"
                       "      <xs:extension");
        xml_attr(text, "base",
                 mem_printf("%s%s", schema_prefix(schema, type->base->name.ns),
                            type->base->name.local));
        schema_xmlns(schema, text, type->base->name.ns);
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

static void
enum_value(struct text *text, const struct data_type *type, size_t indent,
           size_t i)
{
    const struct data_value *value = VEC(&type->values, struct data_value, i);
    const char *info = NULL;

    if (!is_expected(type, i, value->value)) {
        struct text line = {NULL, 0, 0, 0};

        xml_indent(&line, indent + 6);
        text_printf(&line,
                    "<EnumerationValue xmlns=\"%s\">%lld</EnumerationValue>\n",
                    NS_SERIALIZATION, (long long)value->value);
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
    annotation(text, indent + 2, value->doc, info);
    xml_indent(text, indent);
    text_put(text, "</xs:enumeration>\n");
}

static void
enum_type(struct schema_text *schema, const struct data_type *type)
{
    struct text *text = &schema->body;
    size_t indent = type->is_flags ? 8 : 4, i;

    text_put(text, "  <xs:simpleType");
    xml_attr(text, "name", type->name.local);
    text_put(text, ">\n");
    annotation(text, 4, type->doc, NULL);
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
    struct element_form form = {type->item, &type->args[0], false, true,
                                false,      false,          NULL};

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
generic_argument(struct text *text, const struct data_type *type)
{
    text_put(text, "          <GenericParameter");
    xml_attr(text, "Name", type->name.local);
    xml_attr(text, "Namespace", type->name.ns);
    text_put(text, "/>\n");
}

static void
pair_type(struct schema_set *set, struct schema_text *schema,
          const struct data_type *type)
{
    struct text info = {NULL, 0, 0, 0};

    text_printf(&info,
                "        <GenericType Name=\"KeyValuePairOf{0}{1}{#}\" "
                "Namespace=\"%s\" xmlns=\"%s\">\n",
                type->name.ns, NS_SERIALIZATION);
    generic_argument(&info, type->args[0].type);
    generic_argument(&info, type->args[1].type);
    text_printf(&info, "        </GenericType>\n%s", flag_info("IsValueType"));
    open_complex(schema, type, info.data);
    text_put(&schema->body, "    <xs:sequence>\n");
    child(set, schema, 6, "key", &type->args[0], true);
    child(set, schema, 6, "value", &type->args[1], true);
    text_put(&schema->body, "    </xs:sequence>\n  </xs:complexType>\n");
}

/* ---- Those of the standard library --------------------------------------- */

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
    } else if (type->kind == DATA_STREAM) {
        text_put(&schema->body,
                 "  <xs:simpleType name=\"StreamBody\">\n"
                 "    <xs:restriction base=\"xs:base64Binary\"/>\n"
                 "  </xs:simpleType>\n");
    } else {
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
        class_type(set, schema, type);
        break;
    case DATA_ENUM:
        enum_type(schema, type);
        break;
    case DATA_ARRAY:
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
