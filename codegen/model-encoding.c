/* SPDX-License-Identifier: Apache-2.0 */
/* SOAP 1.1, 5 and WSDL 1.1, 2.2: arrays, and the built-in types with an
 * identity. */
#include "codegen/model.h"

#include <string.h>

#define NS_ENCODING "http://schemas.xmlsoap.org/soap/encoding/"

bool
model_is_encoding(const struct xs_type *type)
{
    return type->c.name.ns != NULL && strcmp(type->c.name.ns, NS_ENCODING) == 0;
}

bool
model_is_soap_array(const struct xs_type *type)
{
    const struct xs_type *base = xs_base(type);

    return type->derivation == XS_RESTRICTION && base != NULL &&
           model_is_encoding(base) && strcmp(base->c.name.local, "Array") == 0;
}

/* "int[]", "string[,]", "Item[3]": without the last brackets. */
static struct qname
item_name(struct qname array)
{
    const char *bracket = strrchr(array.local, '[');

    if (bracket != NULL)
        array.local = mem_strn(array.local, (size_t)(bracket - array.local));
    return array;
}

/* What wsdl:arrayType says of the items; local NULL: nothing. */
static struct qname
array_type(const struct xs_type *xs)
{
    struct qname none = {NULL, NULL};
    size_t i;

    for (i = 0; i < xs->attributes.count; i++) {
        const struct xs_attribute_use *use =
            VEC(&xs->attributes, struct xs_attribute_use, i);

        if (use->array_type.local != NULL)
            return item_name(use->array_type);
    }
    return none;
}

/* The element that some declare beside wsdl:arrayType; NULL: none. */
static struct xs_element *
item_element(const struct xs_particle *particle)
{
    while (particle != NULL && particle->children.count == 1)
        particle = VEC(&particle->children, struct xs_particle, 0);
    if (particle == NULL || particle->kind != XS_P_ELEMENT)
        return NULL;
    return particle->element != NULL
               ? particle->element
               : (struct xs_element *)(void *)particle->ref.to;
}

/* NULL: not known, or an array of arrays. */
static struct xs_type *
item_type(const struct model *model, const struct xs_type *xs,
          const struct xs_element *element)
{
    struct qname name = array_type(xs);

    if (name.local != NULL && strchr(name.local, '[') != NULL)
        return NULL;
    if (name.local != NULL)
        return (struct xs_type *)(void *)schema_find(&model->wsdl->schemas,
                                                     XS_TYPE, name);
    return element == NULL ? NULL
                           : xs_element_type(&model->wsdl->schemas, element);
}

void
model_soap_array(struct model *model, struct c_type *type,
                 const struct xs_type *xs)
{
    struct xs_element *element = item_element(xs->content);
    struct xs_type *item = item_type(model, xs, element);
    struct c_field *field = NEW(struct c_field);

    type->flags |= SBN_TYPE_ARRAY;
    field->flags = SBN_F_ANY | SBN_F_REPEATED | SBN_F_OPTIONAL;
    field->kind = SBN_K_XML;
    if (item != NULL) {
        field->xml.local = "item";
        if (element != NULL)
            field->xml = element->c.name;
        field->ns = model_namespace(model, field->xml.ns);
        model_value(model, field, item, mem_printf("%s_item", type->tag));
    }
    if (field->kind == SBN_K_XML)
        field->xml.local = NULL;
    else if (field->kind == SBN_K_STRUCT || field_is_nullable(field) ||
             (element != NULL && element->nillable))
        field->flags |= SBN_F_NILLABLE;
    model_add_field(type, field, "item");
}
