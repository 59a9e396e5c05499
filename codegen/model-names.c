/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that others see are given before anything is built, in the order of the
 * files: operations first, then named types. So a name does not depend on what
 * else is generated, and a suffix does not move when something unrelated comes.
 */
#include "codegen/model-names.h"

#include <string.h>

#include "codegen/namemap.h"
#include "codegen/text.h"

static const char *
pointer_key(const void *pointer)
{
    return mem_printf("%p", pointer);
}

/* ---- Operations ---------------------------------------------------------- */

static bool
is_free(const struct scope *names, const char *prefix, const char *name)
{
    static const char *const forms[] = {"%s_%s", "%s_begin_%s", "%s_end_%s",
                                        "%s_%s_async", "%s_%s_completed"};
    size_t i;

    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct text text = {NULL, 0, 0, 0};

        text_printf(&text, forms[i], prefix, name);
        if (scope_has(names, text.data))
            return false;
    }
    return true;
}

/* The operation's five functions and its struct get their names at once. */
static void
take_all(struct scope *names, const char *prefix, const char *name)
{
    scope_add(names, mem_printf("%s_%s", prefix, name));
    scope_add(names, mem_printf("%s_begin_%s", prefix, name));
    scope_add(names, mem_printf("%s_end_%s", prefix, name));
    scope_add(names, mem_printf("%s_%s_async", prefix, name));
    scope_add(names, mem_printf("%s_%s_completed", prefix, name));
}

static const char *
overload_key(const struct wsdl_port_type *type, const struct wsdl_operation *op)
{
    size_t before = 0, i;

    for (i = 0; VEC(&type->operations, struct wsdl_operation, i) != op; i++)
        before += strcmp(VEC(&type->operations, struct wsdl_operation, i)->name,
                         op->name) == 0;
    if (before > 0)
        return mem_printf("%s.%s#%zu", qname_text(type->name), op->name,
                          before + 1);
    return mem_printf("%s.%s", qname_text(type->name), op->name);
}

static void
name_operation(struct model *model, const char *prefix, const char *key,
               const struct wsdl_operation *op, const char *wanted)
{
    const char *name = wanted;
    unsigned n;

    for (n = 2; !is_free(&model->names, prefix, name); n++)
        name = mem_printf("%s_%u", wanted, n);
    take_all(&model->names, prefix, name);
    take_all(&model->naturals, prefix, name_snake(op->name));
    namemap_note("operation", key, name);
    map_put(&model->planned, pointer_key(op), (void *)(uintptr_t)name);
}

void
model_name_operations(struct model *model, const char *prefix,
                      const struct wsdl_port_type *type)
{
    const struct wsdl_operation *op;
    const char *key, *given;
    int pass;
    size_t i;

    /* those that a file names go first */
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < type->operations.count; i++) {
            op = VEC(&type->operations, struct wsdl_operation, i);
            key = overload_key(type, op);
            given = namemap_find("operation", key);
            if ((given != NULL) == (pass == 0))
                name_operation(model, prefix, key, op,
                               given != NULL ? given : name_snake(op->name));
        }
    }
}

const char *
model_operation_name(const struct model *model, const struct wsdl_operation *op)
{
    return (const char *)map_get(&model->planned, pointer_key(op));
}

/* ---- Types --------------------------------------------------------------- */

/* By --namespace, or the run's own. */
static const char *
prefix_of(const struct model *model, const char *ns)
{
    const char *others = NULL, *text, *comma;
    size_t i;

    if (ns == NULL)
        ns = "";
    for (i = 0; model->prefixes != NULL && i < model->prefixes->count; i++) {
        text = VEC(model->prefixes, const char, i);
        comma = strrchr(text, ',');
        if ((size_t)(comma - text) == strlen(ns) &&
            memcmp(text, ns, strlen(ns)) == 0)
            return comma + 1;
        if (comma == text + 1 && *text == '*')
            others = comma + 1;
    }
    return others != NULL ? others : model->prefix;
}

/* The name a type has when no file gives it another: free, and as like tag as
 * can be. */
static const char *
take_natural(struct model *model, const char *tag)
{
    if (scope_has(&model->naturals, tag))
        tag = mem_printf("%s_type", tag);
    return scope_take(&model->naturals, tag);
}

static struct type_name *
settle(struct model *model, const char *key, const char *natural)
{
    struct type_name *name = NEW(struct type_name);

    name->key = key;
    name->natural = natural;
    name->tag = namemap_find("type", key);
    if (name->tag == NULL)
        name->tag = scope_take(&model->names, natural);
    return name;
}

/* Whether a redefinition has taken its name. */
static bool
is_replaced(const struct model *model, const struct xs_type *type)
{
    return schema_find(&model->wsdl->schemas, XS_TYPE, type->c.name) !=
           &type->c;
}

const char *
model_inner_name(const struct model *model, const struct xs_type *type)
{
    return mem_printf("%s_%s", prefix_of(model, type->c.name.ns),
                      name_snake(type->c.name.local));
}

static const struct type_name *
name_type(struct model *model, const struct xs_type *type)
{
    const char *key = qname_text(type->c.name);
    struct type_name *name;

    if (is_replaced(model, type))
        key = mem_printf("%s#redefined", key);
    name =
        settle(model, key, take_natural(model, model_inner_name(model, type)));
    map_put(&model->planned, pointer_key(type), name);
    return name;
}

void
model_name_types(struct model *model)
{
    const struct vec *all = &model->wsdl->schemas.components;
    size_t i;

    namemap_reserve(&model->names);
    for (i = 0; i < all->count; i++) {
        const struct xs_component *component = VEC(all, struct xs_component, i);
        const struct xs_type *type =
            (const struct xs_type *)(const void *)component;

        if (component->space == XS_TYPE && !is_replaced(model, type) &&
            (type->is_complex || xs_has_values(type)))
            name_type(model, type);
    }
}

const struct type_name *
model_type_name(struct model *model, const struct xs_type *type)
{
    const struct type_name *name =
        (const struct type_name *)map_get(&model->planned, pointer_key(type));

    return name != NULL ? name : name_type(model, type);
}

const struct type_name *
model_take_name(struct model *model, const char *wanted)
{
    const char *natural = take_natural(model, wanted);

    return settle(model, natural, natural);
}
