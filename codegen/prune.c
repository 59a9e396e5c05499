/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/prune.h"

#include <stdio.h>
#include <string.h>

#include "codegen/near.h"

/* The wanted names, each with whether it was met. */
struct wanted {
    const char *name;
    bool met;
};

static void
split(const struct vec *lists, struct vec *ret_wanted)
{
    size_t i;

    for (i = 0; i < lists->count; i++) {
        const char *at = VEC(lists, const char, i);

        while (*(at += strspn(at, ", \t")) != '\0') {
            struct wanted *wanted = NEW(struct wanted);
            size_t size = strcspn(at, ", \t");

            wanted->name = mem_strn(at, size);
            vec_add(ret_wanted, wanted);
            at += size;
        }
    }
}

static bool
wants(const struct vec *all, const struct wsdl_port_type *type,
      const struct wsdl_operation *op)
{
    const char *full = mem_printf("%s.%s", type->name.local, op->name);
    bool found = false;
    size_t i;

    for (i = 0; i < all->count; i++) {
        struct wanted *wanted = VEC(all, struct wanted, i);

        if (strcmp(wanted->name, op->name) == 0 ||
            strcmp(wanted->name, full) == 0)
            found = wanted->met = true;
    }
    return found;
}

static void
tell_unknown(const struct wsdl *wsdl, const struct wanted *wanted,
             const char *file)
{
    struct place place = {file, 0};
    struct vec names = {NULL, 0, 0};
    const char *near;
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        const struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);

        for (k = 0; k < type->operations.count; k++)
            vec_add(
                &names,
                mem_str(
                    VEC(&type->operations, struct wsdl_operation, k)->name));
    }
    near = near_names(wanted->name, &names);
    if (near != NULL)
        diag_error(place, "there is no operation '%s'; there is %s",
                   wanted->name, near);
    else
        diag_error(place, "there is no operation '%s'", wanted->name);
}

static void
keep(struct wsdl *wsdl, const struct vec *wanted)
{
    struct vec types = {NULL, 0, 0};
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);
        struct vec kept = {NULL, 0, 0};

        for (k = 0; k < type->operations.count; k++) {
            struct wsdl_operation *op =
                VEC(&type->operations, struct wsdl_operation, k);

            if (wants(wanted, type, op))
                vec_add(&kept, op);
        }
        type->operations = kept;
        if (kept.count > 0)
            vec_add(&types, type);
    }
    wsdl->port_types = types;
}

static size_t
count_operations(const struct wsdl *wsdl)
{
    size_t count = 0, i;

    for (i = 0; i < wsdl->port_types.count; i++)
        count +=
            VEC(&wsdl->port_types, struct wsdl_port_type, i)->operations.count;
    return count;
}

bool
prune_operations(struct wsdl *wsdl, const struct vec *lists, const char *file,
                 struct prune *ret_prune)
{
    struct vec wanted = {NULL, 0, 0};
    bool good = true;
    size_t i, k;

    split(lists, &wanted);
    for (i = 0; i < wsdl->port_types.count; i++) {
        const struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);

        for (k = 0; k < type->operations.count; k++)
            wants(&wanted, type,
                  VEC(&type->operations, struct wsdl_operation, k));
    }
    for (i = 0; i < wanted.count; i++) {
        if (VEC(&wanted, struct wanted, i)->met)
            continue;
        tell_unknown(wsdl, VEC(&wanted, struct wanted, i), file);
        good = false;
    }
    if (!good)
        return false;
    ret_prune->operations = count_operations(wsdl);
    keep(wsdl, &wanted);
    wsdl->pruned = true;
    ret_prune->kept_operations = count_operations(wsdl);
    return true;
}

static bool
is_usable(const struct wsdl_operation *op)
{
    return (op->input == NULL || op->input->message != NULL) &&
           (op->output == NULL || op->output->message != NULL);
}

void
prune_unusable(struct wsdl *wsdl)
{
    size_t i, k;

    for (i = 0; i < wsdl->port_types.count; i++) {
        struct wsdl_port_type *type =
            VEC(&wsdl->port_types, struct wsdl_port_type, i);
        struct vec kept = {NULL, 0, 0};

        for (k = 0; k < type->operations.count; k++) {
            struct wsdl_operation *op =
                VEC(&type->operations, struct wsdl_operation, k);

            if (is_usable(op))
                vec_add(&kept, op);
            else
                diag_warning(op->place,
                             "operation '%s' is left out: a message of it is "
                             "missing",
                             op->name);
        }
        type->operations = kept;
    }
}

void
prune_tell(const struct wsdl *wsdl, const struct prune *prune, const char *file)
{
    const struct vec *all = &wsdl->schemas.components;
    size_t types = 0, kept = 0, i;

    for (i = 0; i < all->count; i++) {
        const struct xs_component *component = VEC(all, struct xs_component, i);
        const struct xs_type *type =
            (const struct xs_type *)(const void *)component;

        if (component->space != XS_TYPE ||
            (!type->is_complex && !xs_has_values(type)))
            continue;
        types++;
        kept += type->mapped != NULL;
    }
    fprintf(stderr, "%s: kept %zu of %zu operations, %zu of %zu types\n", file,
            prune->kept_operations, prune->operations, kept, types);
}
