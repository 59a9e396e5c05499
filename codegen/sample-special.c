/* SPDX-License-Identifier: Apache-2.0 */
/* What is no ordinary content: arrays of SOAP's encoding, and wildcards. */
#include "codegen/sample-parts.h"

#include <string.h>

/* ---- Arrays of SOAP's encoding ------------------------------------------- */

const struct xs_attribute_use *
sample_array_use(const struct xs_type *type)
{
    size_t i;

    for (i = 0; i < type->attributes.count; i++) {
        const struct xs_attribute_use *use =
            VEC(&type->attributes, struct xs_attribute_use, i);

        if (use->array_type.local != NULL)
            return use;
    }
    return NULL;
}

/* The name that the schema gives to items, or a usual one. */
static struct qname
item_name(const struct xs_type *array)
{
    const struct xs_particle *content = array->content;
    struct qname name = {NULL, "item"};

    while (content != NULL && content->kind == XS_P_SEQUENCE &&
           content->children.count > 0)
        content = VEC(&content->children, const struct xs_particle, 0);
    if (content != NULL && content->kind == XS_P_ELEMENT &&
        content->element != NULL)
        name = content->element->c.name;
    return name;
}

/* "Item[]" without the brackets; *ret_type is it without all of them. */
static struct qname
items_of(struct sample *sample, struct qname array,
         const struct xs_type **ret_type)
{
    const char *brackets = strrchr(array.local, '[');
    struct qname type;

    if (brackets != NULL)
        array.local = mem_strn(array.local, (size_t)(brackets - array.local));
    type = array;
    type.local = mem_strn(type.local, strcspn(type.local, "["));
    *ret_type = (const struct xs_type *)(const void *)schema_find(
        sample->schemas, XS_TYPE, type);
    return array;
}

/* Two items, none where they would contain themselves. WS-I Basic Profile 1.1,
 * R2113: literal messages do not tell the items' type. */
void
sample_array(struct sample *sample, const struct xs_type *array,
             struct qname of, bool minimal)
{
    struct qname encoding = {NS_ENCODING11, "arrayType"};
    struct xs_element *item = NEW(struct xs_element);
    const struct xs_type *type;
    unsigned count = minimal ? 1 : 2, i;

    of = items_of(sample, of, &type);
    if (type != NULL && type->visiting)
        count = 0;
    if (sample->encoded)
        sample_attribute(sample, sample_name(sample, encoding),
                         mem_printf("%s[%u]", sample_name(sample, of), count));
    item->c.name = item_name(array);
    item->type.name = of;
    item->type.name.local = mem_strn(of.local, strcspn(of.local, "["));
    item->type.to = (struct xs_component *)(uintptr_t)type;
    text_put(&sample->body, ">");
    sample->depth++;
    for (i = 0; i < count; i++)
        sample_element(sample, item, minimal);
    sample->depth--;
    if (count > 0)
        sample_start_line(sample);
}

/* ---- Wildcards ----------------------------------------------------------- */

static bool
lists(const char *list, const char *word)
{
    size_t size = strlen(word);

    for (; *list != '\0'; list += strcspn(list, " \t\r\n")) {
        list += strspn(list, " \t\r\n");
        if (strcspn(list, " \t\r\n") == size && strncmp(list, word, size) == 0)
            return true;
    }
    return false;
}

static bool
is_target(const char *target, const char *ns)
{
    return target == NULL || ns == NULL ? target == ns
                                        : strcmp(target, ns) == 0;
}

bool
sample_allows(const struct xs_wildcard *any, const char *target, const char *ns)
{
    if (strcmp(any->ns, "##any") == 0)
        return true;
    if (strcmp(any->ns, "##other") == 0)
        return ns != NULL && !is_target(target, ns);
    return lists(any->ns, ns == NULL ? "##local" : ns) ||
           (is_target(target, ns) && lists(any->ns, "##targetNamespace"));
}

/* The smallest declared element that any allows; NULL: there is none. */
static const struct xs_element *
declared_element(struct sample *sample, const struct xs_wildcard *any,
                 const char *target)
{
    const struct vec *all = &sample->schemas->components;
    const struct xs_element *best = NULL;
    size_t i;

    for (i = 0; i < all->count; i++) {
        const struct xs_element *element = VEC(all, const struct xs_element, i);

        if (element->c.space == XS_ELEMENT && !element->abstract &&
            !xs_element_type(sample->schemas, element)->visiting &&
            sample_element_height(sample->schemas, element) != SAMPLE_ENDLESS &&
            sample_allows(any, target, element->c.name.ns) &&
            (best == NULL || sample_element_height(sample->schemas, element) <
                                 sample_element_height(sample->schemas, best)))
            best = element;
    }
    return best;
}

/* namespace="" allows nothing, if taken by the letter. */
static bool
is_local(const struct xs_wildcard *any)
{
    return strstr(any->ns, "##local") != NULL ||
           any->ns[strspn(any->ns, " \t\r\n")] == '\0';
}

void
sample_any(struct sample *sample, const struct xs_wildcard *any)
{
    const struct xs_element *element = NULL;
    struct qname name = {SAMPLE_OTHER_NS, "other"}, type = {NS_XSI, "type"};
    struct qname string = {NS_XSD, "string"};
    const char *tag;

    if (any == NULL)
        return;
    if (!sample_allows(any, any->target, SAMPLE_OTHER_NS) ||
        strcmp(any->process, "strict") == 0)
        element = declared_element(sample, any, any->target);
    if (element != NULL) {
        sample_element(sample, element, true);
        return;
    }
    if (!sample_allows(any, any->target, SAMPLE_OTHER_NS))
        name.ns = is_local(any) ? NULL
                  : any->ns[0] == '#'
                      ? any->target
                      : mem_strn(any->ns, strcspn(any->ns, " \t\r\n"));
    tag = sample_name(sample, name);
    sample_start_line(sample);
    text_printf(&sample->body, "<%s", tag);
    /* what nobody declares must at least say of which type it is */
    if (strcmp(any->process, "strict") == 0)
        sample_attribute(sample, sample_name(sample, type),
                         sample_name(sample, string));
    text_printf(&sample->body, ">text%u</%s>", ++sample->count, tag);
}
