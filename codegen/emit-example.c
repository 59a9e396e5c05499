/* SPDX-License-Identifier: Apache-2.0 */
/* What the words of a header declare, spelled out in comments for one
 * operation: who reads it, or searches it, finds names and signatures. */
#include "codegen/emit.h"

#include <string.h>

enum { MARGIN = 7 /* " *     " */ };

static size_t
count_of(const struct c_message *message)
{
    return message->type == NULL ? 0 : message->type->fields.count;
}

/* The first that has the least to read, of those that take and give. */
static const struct c_operation *
example_of(const struct c_interface *interface)
{
    const struct c_operation *best = NULL;
    size_t i, least = 0;

    for (i = 0; i < interface->operations.count; i++) {
        const struct c_operation *op =
            VEC(&interface->operations, struct c_operation, i);
        size_t in = count_of(&op->in), out = count_of(&op->out);

        if (in == 0 || out == 0 || (best != NULL && in + out >= least))
            continue;
        best = op;
        least = in + out;
    }
    if (best == NULL && interface->operations.count > 0)
        best = VEC(&interface->operations, struct c_operation, 0);
    return best;
}

static void
add(struct vec *args, const char *arg)
{
    vec_add(args, (void *)(uintptr_t)arg);
}

static const char *
place(const char *type, const char *name)
{
    const char *star = type[strlen(type) - 1] == '*' ? "*" : " *";

    return mem_printf("%s%sret_%s", type, star, name);
}

/* A comment's lines: each has the margin before it. */
static void
put_lines(struct text *text, const struct text *lines)
{
    const char *line = lines->data, *end;

    for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        text_put(text, " *     ");
        text_putn(text, line, (size_t)(end + 1 - line));
    }
}

/* What of the operation's a function has. */
enum { TAKES = 1, GIVES = 2 };

/* form, up to its opening bracket; first and last are arguments around those of
 * the operation, NULL: none. */
static void
prototype(struct text *text, const struct c_interface *interface,
          const struct c_operation *op, const char *form, int parts,
          const char *const *first, const char *const *last)
{
    struct text head = {NULL, 0, 0, 0};
    struct text lines = {NULL, 0, 0, text->width - MARGIN};
    struct vec args = {NULL, 0, 0};
    struct text_vars vars;

    emit_vars(&vars, interface, op);
    text_fill(&head, &vars, form);
    for (; *first != NULL; first++)
        add(&args, *first);
    if ((parts & TAKES) != 0)
        emit_each(&args, op->in.type, declare_c);
    if ((parts & GIVES) != 0)
        emit_each(&args, op->out.type, place);
    for (; *last != NULL; last++)
        add(&args, *last);
    text_args(&lines, head.data, &args, ");");
    put_lines(text, &lines);
}

void
emit_client_example(struct text *text, const struct model *model,
                    const struct c_interface *interface)
{
    const struct c_operation *op = example_of(interface);
    const char *client = mem_printf("%s_client *client", interface->prefix);
    const char *const both[] = {client, "sbn_call *call", NULL};
    const char *const none[] = {NULL};
    const char *const done[] = {"sbn_call_fn *done", "void *state", NULL};
    const char *const state[] = {"void *user_state", NULL};

    if (op == NULL)
        return;
    text_printf(text,
                "/* What each operation below declares (sebon/generated.h), "
                "of %s:\n *\n",
                op->name);
    if (model->sync)
        prototype(text, interface, op, "sbn_status $P_$O(", TAKES | GIVES, both,
                  none);
    prototype(text, interface, op, "sbn_status $P_begin_$O(", TAKES, both,
              done);
    prototype(text, interface, op, "sbn_status $P_end_$O(", GIVES, both + 1,
              none);
    prototype(text, interface, op, "sbn_status $P_$O_async(", TAKES,
              (const char *const[]){client, NULL}, state);
    text_printf(text, " *     struct %s_%s_completed\n */\n", interface->prefix,
                op->name);
}

void
emit_service_example(struct text *text, const struct c_interface *interface)
{
    const struct c_operation *op = example_of(interface);
    const char *const request[] = {"sbn_request *request", NULL};
    const char *const none[] = {NULL};

    if (op == NULL)
        return;
    text_printf(text, " * They are, of %s:\n *\n", op->name);
    prototype(text, interface, op, "sbn_status (*$M)(", TAKES | GIVES, request,
              none);
    prototype(text, interface, op, "sbn_status (*begin_$O)(", TAKES, request,
              none);
    prototype(text, interface, op, "sbn_status (*end_$O)(", GIVES, request,
              none);
}
