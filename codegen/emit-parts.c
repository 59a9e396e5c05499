/* SPDX-License-Identifier: Apache-2.0 */
/* Header entries and fault details: their tables and functions. */
#include "codegen/emit.h"
#include "codegen/generate.h"

#include <string.h>

static const struct c_field *
value_of(const struct c_part *part)
{
    return part->message.element;
}

/* Whether the value itself can be given back, NULL telling that there is none;
 * otherwise its address. */
static bool
gives_value(const struct c_part *part)
{
    const struct c_field *field = value_of(part);

    switch (field->kind) {
    case SBN_K_STRING:
    case SBN_K_TOKEN:
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
        return true;
    default:
        return (field->flags & (SBN_F_POINTER | SBN_F_REPEATED)) != 0;
    }
}

/* "const struct x *" */
static const char *
given_type(const struct c_part *part)
{
    const char *type = field_param_type(value_of(part));

    return gives_value(part) ? type : mem_printf("const %s *", type);
}

/* ", size_t *ret_count" of a list's items, or "" */
static const char *
count_out(const struct c_part *part)
{
    return value_of(part)->count != NULL ? ", size_t *ret_count" : "";
}

/* "const char *value", with the count of a list's items */
static const char *
value_params(const struct c_part *part)
{
    const char *value = declare_c(field_param_type(value_of(part)), "value");

    return value_of(part)->count == NULL
               ? value
               : mem_printf("%s, size_t value_count", value);
}

/* head on two lines where one is too long. */
static const char *
fitting(const char *head)
{
    const char *open = strchr(head, '(');

    if (strlen(head) < 79 || open == NULL || strchr(head, '\n') != NULL)
        return head;
    return mem_printf("%s\n    %s", mem_strn(head, (size_t)(open + 1 - head)),
                      open + 1);
}

/* ---- The functions' heads ------------------------------------------------ */

static const char *
set_head(const struct c_interface *interface, const struct c_part *part)
{
    return mem_printf("sbn_status %s_set_%s(%s_client *client, sbn_call *call,"
                      "\n    %s)",
                      interface->prefix, part->name, interface->prefix,
                      value_params(part));
}

static const char *
get_head(const struct c_interface *interface, const struct c_part *part)
{
    return fitting(
        declare_c(given_type(part),
                  mem_printf("%s_%s(const sbn_call *call, size_t n%s)",
                             interface->prefix, part->name, count_out(part))));
}

static const char *
request_head(const struct c_interface *interface, const struct c_part *part)
{
    return fitting(declare_c(
        given_type(part),
        mem_printf("%s_request_%s(const sbn_request *request, size_t n%s)",
                   interface->prefix, part->name, count_out(part))));
}

static const char *
reply_head(const struct c_interface *interface, const struct c_part *part)
{
    return fitting(
        mem_printf("sbn_status %s_reply_%s(sbn_request *request, %s)",
                   interface->prefix, part->name, value_params(part)));
}

static const char *
detail_head(const struct c_interface *interface, const struct c_part *part)
{
    return fitting(
        declare_c(given_type(part),
                  mem_printf("%s_%s_detail(const sbn_error *error%s)",
                             interface->prefix, part->name, count_out(part))));
}

static const char *
fault_head(const struct c_interface *interface, const struct c_part *part)
{
    return mem_printf("sbn_status %s_fault_%s(sbn_request *request, "
                      "sbn_fault_code code,\n    const char *reason, %s)",
                      interface->prefix, part->name, value_params(part));
}

/* ---- In the header ------------------------------------------------------- */

static void
declare_header(struct text *text, const struct model *model,
               const struct c_interface *interface, const struct c_part *part)
{
    text_comment(text, 0, value_of(part)->doc);
    if (model->client && part->in_request)
        text_printf(text, "%s;\n", set_head(interface, part));
    if (model->client && part->in_reply)
        text_printf(text, "%s;\n", get_head(interface, part));
    if (model->server && part->in_request)
        text_printf(text, "%s;\n", request_head(interface, part));
    if (model->server && part->in_reply)
        text_printf(text, "%s;\n", reply_head(interface, part));
}

static void
declare_fault(struct text *text, const struct model *model,
              const struct c_interface *interface, const struct c_part *part)
{
    text_comment(text, 0, value_of(part)->doc);
    if (model->client)
        text_printf(text, "%s;\n", detail_head(interface, part));
    if (model->server)
        text_printf(text, "%s;\n", fault_head(interface, part));
}

void
emit_part_declarations(struct text *text, const struct model *model,
                       const struct c_interface *interface)
{
    bool header = false, fault = false;
    size_t i;

    for (i = 0; i < interface->parts.count; i++) {
        const struct c_part *part = VEC(&interface->parts, struct c_part, i);

        if (part->is_fault)
            continue;
        if (!header) {
            text_rule(text, "Headers");
            text_put(text,
                     "/* Set for the next call with this sbn_call (NULL: the "
                     "client's next one\n * without, or event-based one), "
                     "once; got: the n-th of a message, from 0, or\n"
                     " * NULL. */\n");
        }
        header = true;
        declare_header(text, model, interface, part);
    }
    for (i = 0; i < interface->parts.count; i++) {
        const struct c_part *part = VEC(&interface->parts, struct c_part, i);

        if (!part->is_fault)
            continue;
        if (!fault) {
            text_put(text, header ? "\n" : "");
            text_rule(text, "Faults");
            text_put(text,
                     "/* Of a call's error, NULL: it is another; and to be "
                     "returned by an operation. */\n");
        }
        fault = true;
        declare_fault(text, model, interface, part);
    }
    if (header || fault)
        text_put(text, "\n");
}

/* ---- In the source ------------------------------------------------------- */

static void
emit_part(struct text *text, const struct model *model,
          const struct c_part *part)
{
    const struct header_mark *mark = part->mark;
    const char *field = emit_field(model, part->message.type, value_of(part));

    text_printf(text, "#define S %s\n", part->message.type->tag);
    if (mark == NULL)
        text_printf(text, "PART(%s);\n", field);
    else
        text_printf(text, "MARKED_PART(%s, %s, %s, %s);\n", field,
                    mark->must_understand ? "true" : "false",
                    mark->relay ? "true" : "false", text_quoted(mark->actor));
    text_put(text, "#undef S\n\n");
}

void
emit_part_tables(struct text *text, const struct model *model,
                 const struct c_interface *interface)
{
    size_t i;

    for (i = 0; i < interface->parts.count; i++) {
        const struct c_part *part = VEC(&interface->parts, struct c_part, i);
        struct vec members = {NULL, 0, 0};

        emit_message_members(part->message.type, &members);
        text_members(text, mem_printf("struct %s {", part->message.type->tag),
                     &members);
        emit_part(text, model, part);
    }
}

/* call: what gives the struct, or NULL */
static void
emit_getter(struct text *text, const char *head, const struct c_part *part,
            const char *call)
{
    const char *tag = part->message.type->tag;
    const struct c_field *field = value_of(part);

    text_printf(text,
                "%s\n{\n    const struct %s *part =\n        "
                "(const struct %s *)%s;\n\n",
                head, tag, tag, call);
    if (field->count != NULL)
        text_printf(text, "    *ret_count = part == NULL ? 0 : part->%s;\n",
                    field->count);
    text_printf(text, "    return part == NULL ? NULL : %spart->%s;\n}\n\n",
                gives_value(part) ? "" : "&", field->member);
}

/* call: up to the struct's address */
static void
emit_setter(struct text *text, const char *head, const struct c_part *part,
            const char *call)
{
    const struct c_field *field = value_of(part);

    text_printf(text,
                "%s\n{\n    const struct %s part = {value%s%s};\n\n"
                "    return %s&part);\n}\n\n",
                head, part->message.type->tag,
                field->count != NULL ? ", value_count" : "",
                field->nil != NULL ? ", false" : "", call);
}

static void
emit_header_functions(struct text *text, const struct model *model,
                      const struct c_interface *interface,
                      const struct c_part *part)
{
    const char *tag = part->message.type->tag;

    if (model->client && part->in_request)
        emit_setter(text, set_head(interface, part), part,
                    mem_printf("sbn_call_set_header((sbn_client *)client, "
                               "call, &%s_PART, ",
                               tag));
    if (model->client && part->in_reply)
        emit_getter(text, get_head(interface, part), part,
                    mem_printf("sbn_call_header(call, &%s_PART, n)", tag));
    if (model->server && part->in_request)
        emit_getter(
            text, request_head(interface, part), part,
            mem_printf("sbn_request_header(request, &%s_PART, n)", tag));
    if (model->server && part->in_reply)
        emit_setter(
            text, reply_head(interface, part), part,
            mem_printf("sbn_request_set_header(request, &%s_PART, ", tag));
}

static void
emit_fault_functions(struct text *text, const struct model *model,
                     const struct c_interface *interface,
                     const struct c_part *part)
{
    const char *tag = part->message.type->tag;

    if (model->client)
        emit_getter(text, detail_head(interface, part), part,
                    mem_printf("sbn_error_detail(error, &%s_PART)", tag));
    if (model->server)
        emit_setter(text, fault_head(interface, part), part,
                    mem_printf("sbn_request_fault_detail(request, code, "
                               "reason, &%s_PART, ",
                               tag));
}

void
emit_part_functions(struct text *text, const struct model *model,
                    const struct c_interface *interface)
{
    size_t i;

    for (i = 0; i < interface->parts.count; i++) {
        const struct c_part *part = VEC(&interface->parts, struct c_part, i);

        if (part->is_fault)
            emit_fault_functions(text, model, interface, part);
        else
            emit_header_functions(text, model, interface, part);
    }
}

/* ---- Extras of an operation ---------------------------------------------- */

/* The list's name, or "NULL"; lists that are the same are one. */
static const char *
emit_list(struct text *text, struct map *known, const char *name,
          const struct vec *parts)
{
    struct text list = {NULL, 0, 0, 0};
    const char *same;
    size_t i;

    if (parts->count == 0)
        return "NULL";
    for (i = 0; i < parts->count; i++)
        text_printf(&list, "&%s_PART, ",
                    VEC(parts, struct c_part, i)->message.type->tag);
    same = (const char *)map_get(known, list.data);
    if (same != NULL)
        return same;
    map_put(known, list.data, mem_str(name));
    text_printf(text, "static const sbn_part *const %s[] = {%sNULL};\n", name,
                list.data);
    return name;
}

void
emit_extras(struct text *text, struct map *known, struct c_operation *op)
{
    const char *in, *out, *faults, *what, *same;

    if (op->extras == NULL)
        return;
    in = emit_list(text, known, mem_printf("%s_IN", op->extras),
                   &op->in_headers);
    out = emit_list(text, known, mem_printf("%s_OUT", op->extras),
                    &op->out_headers);
    faults = emit_list(text, known, mem_printf("%s_FAULTS", op->extras),
                       &op->faults);
    what = mem_printf("%s, %s, %s", in, out, faults);
    same = (const char *)map_get(known, what);
    if (same != NULL) {
        op->extras = same;
        return;
    }
    map_put(known, what, mem_str(op->extras));
    text_printf(text, "static const sbn_extras %s = {%s};\n", op->extras, what);
}
