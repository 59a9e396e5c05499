/* SPDX-License-Identifier: Apache-2.0 */
/* Types of XmlSerializer as types of XML Schema. */
#include <string.h>

#include "codegen/contract-emit.h"

static void put_particle(struct schema_set *set, struct schema_text *schema,
                         struct text *text, size_t indent,
                         const struct data_member *member);

static bool
is_particle(const struct data_member *member)
{
    return member->form == MEMBER_ELEMENT || member->form == MEMBER_CHOICE ||
           member->form == MEMBER_ANY_ELEMENT;
}

/* minOccurs and maxOccurs, as XmlSerializer always writes them */
static void
put_occurs(struct text *text, bool required, bool many)
{
    text_printf(text, " minOccurs=\"%d\" maxOccurs=\"%s\"",
                required && !many ? 1 : 0, many ? "unbounded" : "1");
}

/* ---- Particles ----------------------------------------------------------- */

static void
put_choice(struct schema_set *set, struct schema_text *schema,
           struct text *text, size_t indent, const struct data_member *member)
{
    const struct vec *members = &member->use.type->members;
    size_t i;

    xml_indent(text, indent);
    text_put(text, "<xs:choice");
    put_occurs(text, true, member->many);
    text_put(text, ">\n");
    for (i = 0; i < members->count; i++)
        put_particle(set, schema, text, indent + 2,
                     VEC(members, struct data_member, i));
    xml_indent(text, indent);
    text_put(text, "</xs:choice>\n");
}

static void
put_particle(struct schema_set *set, struct schema_text *schema,
             struct text *text, size_t indent, const struct data_member *member)
{
    struct element_form form = {.name = member->name,
                                .use = &member->use,
                                .required = member->required,
                                .many = member->many,
                                .unqualified = member->unqualified,
                                .default_value = member->default_value,
                                .doc = member->doc};

    if (member->form == MEMBER_CHOICE) {
        put_choice(set, schema, text, indent, member);
    } else if (member->form == MEMBER_ANY_ELEMENT) {
        xml_indent(text, indent);
        text_put(text, "<xs:any");
        put_occurs(text, false, member->many);
        text_put(text, "/>\n");
    } else if (member->form == MEMBER_ELEMENT && member->ns != NULL) {
        schema_foreign(set, schema, text, indent, &form, member->ns,
                       member->place);
    } else if (member->form == MEMBER_ELEMENT) {
        schema_element(set, schema, text, indent, &form);
    }
}

static void
put_sequence(struct schema_set *set, struct schema_text *schema, size_t indent,
             const struct data_type *type)
{
    struct text *text = &schema->body;
    bool open = false;
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        const struct data_member *member =
            VEC(&type->members, struct data_member, i);

        if (!is_particle(member))
            continue;
        if (!open) {
            xml_indent(text, indent);
            text_put(text, "<xs:sequence>\n");
        }
        open = true;
        put_particle(set, schema, text, indent + 2, member);
    }
    if (open) {
        xml_indent(text, indent);
        text_put(text, "</xs:sequence>\n");
    }
}

/* ---- Attributes ---------------------------------------------------------- */

/* One of another namespace is an attribute of that. */
static void
foreign_attribute(struct schema_set *set, struct schema_text *schema,
                  const struct data_member *member)
{
    struct schema_text *other = schema_of(set, member->ns);
    struct text text = {NULL, 0, 0, 0};
    struct qname name;

    name.ns = member->ns;
    name.local = member->name;
    schema_attr(schema, &schema->body, "ref", name);
    xml_open(&text, 2, "xs:attribute", member->name);
    schema_attr(other, &text, "type", member->use.type->name);
    text_put(&text, "/>\n");
    /* elements and attributes have names of their own */
    if (map_get(&other->elements, mem_printf("@%s", member->name)) == NULL) {
        map_put(&other->elements, mem_printf("@%s", member->name), text.data);
        text_put(&other->body, text.data);
    }
}

static void
put_attribute(struct schema_set *set, struct schema_text *schema, size_t indent,
              const struct data_member *member)
{
    struct text *text = &schema->body;

    schema_need(set, member->use.type);
    xml_indent(text, indent);
    text_put(text, "<xs:attribute");
    if (member->ns != NULL) {
        foreign_attribute(set, schema, member);
    } else {
        xml_attr(text, "name", member->name);
        schema_attr(schema, text, "type", member->use.type->name);
    }
    if (member->default_value != NULL)
        xml_attr(text, "default", member->default_value);
    if (member->required)
        text_put(text, " use=\"required\"");
    text_put(text, "/>\n");
}

static void
put_attributes(struct schema_set *set, struct schema_text *schema,
               size_t indent, const struct data_type *type)
{
    bool any = false;
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        const struct data_member *member =
            VEC(&type->members, struct data_member, i);

        if (member->form == MEMBER_ATTRIBUTE)
            put_attribute(set, schema, indent, member);
        any = any || member->form == MEMBER_ANY_ATTRIBUTE;
    }
    if (any) {
        xml_indent(&schema->body, indent);
        text_put(&schema->body, "<xs:anyAttribute namespace=\"##any\"/>\n");
    }
}

/* ---- Types --------------------------------------------------------------- */

/* What text there is: its type alone, or between elements. */
struct text_form {
    const struct data_member *simple; /* NULL: there are elements, or no text */
    bool is_mixed;
};

static bool
has_text(const struct data_type *choice)
{
    size_t i;

    for (i = 0; i < choice->members.count; i++)
        if (VEC(&choice->members, struct data_member, i)->form == MEMBER_TEXT)
            return true;
    return false;
}

static struct text_form
text_form(const struct data_type *type)
{
    struct text_form form = {NULL, false};
    bool has_elements = false;
    size_t i;

    for (i = 0; i < type->members.count; i++) {
        const struct data_member *member =
            VEC(&type->members, struct data_member, i);

        has_elements = has_elements || is_particle(member);
        if (member->form == MEMBER_TEXT)
            form.simple = member;
        form.is_mixed = form.is_mixed || (member->form == MEMBER_CHOICE &&
                                          has_text(member->use.type));
    }
    form.is_mixed = form.is_mixed || (form.simple != NULL && has_elements);
    if (has_elements)
        form.simple = NULL;
    return form;
}

static void
put_extension(struct schema_set *set, struct schema_text *schema,
              const struct data_type *type, const char *content,
              struct qname base)
{
    struct text *text = &schema->body;

    text_printf(text, "    <xs:%sContent", content);
    if (strcmp(content, "complex") == 0)
        text_put(text, " mixed=\"false\"");
    text_put(text, ">\n      <xs:extension");
    schema_attr(schema, text, "base", base);
    text_put(text, ">\n");
    put_sequence(set, schema, 8, type);
    put_attributes(set, schema, 8, type);
    text_printf(text, "      </xs:extension>\n    </xs:%sContent>\n", content);
}

void
schema_xml_class(struct schema_set *set, struct schema_text *schema,
                 struct data_type *type)
{
    struct text_form form = text_form(type);
    struct text *text = &schema->body;
    size_t i;

    xml_open(text, 2, "xs:complexType", type->name.local);
    if (form.is_mixed)
        text_put(text, " mixed=\"true\"");
    text_put(text, ">\n");
    xml_annotation(text, 4, type->doc, NULL);
    if (type->base != NULL) {
        schema_need(set, type->base);
        put_extension(set, schema, type, "complex", type->base->name);
    } else if (form.simple != NULL) {
        schema_need(set, form.simple->use.type);
        put_extension(set, schema, type, "simple", form.simple->use.type->name);
    } else {
        put_sequence(set, schema, 4, type);
        put_attributes(set, schema, 4, type);
    }
    text_put(text, "  </xs:complexType>\n");
    for (i = 0; i < type->known.count; i++)
        schema_need(set, VEC(&type->known, struct data_type, i));
}

/* SOAP 1.1, 5.4.2: the type of the items and [] */
void
schema_soap_array(struct schema_set *set, struct schema_text *schema,
                  const struct data_type *type)
{
    const struct data_type *item = type->args[0].type;
    struct text *text = &schema->body;
    struct qname array = {NS_SOAP_ENCODING, "Array"};
    struct qname array_type = {NS_SOAP_ENCODING, "arrayType"};

    schema_need(set, type->args[0].type);
    xml_open(text, 2, "xs:complexType", type->name.local);
    text_put(text, ">\n    <xs:complexContent mixed=\"false\">\n"
                   "      <xs:restriction");
    schema_attr(schema, text, "base", array);
    text_put(text, ">\n        <xs:attribute");
    schema_attr(schema, text, "ref", array_type);
    schema_attr(
        schema, text, "wsdl:arrayType",
        (struct qname){item->name.ns, mem_printf("%s[]", item->name.local)});
    xml_attr(text, "xmlns:wsdl", NS_WSDL);
    text_put(text, "/>\n      </xs:restriction>\n    </xs:complexContent>\n"
                   "  </xs:complexType>\n");
}
