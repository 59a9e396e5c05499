/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/contract-rules.h"

#include <string.h>

bool
rules_is_operation(const struct member *member)
{
    return member->is_function &&
           note_find(&member->notes, NOTE_OPERATION) != NULL;
}

bool
rules_is_async(const struct member *member)
{
    return note_flag(note_find(&member->notes, NOTE_OPERATION), "async_pattern",
                     false);
}

/* ---- The shape of Begin and End ------------------------------------------ */

/* What stands behind one of the two; NULL: it begins with neither. */
static const char *
after(const char *name, const char *snake, const char *pascal)
{
    if (strncmp(name, snake, strlen(snake)) == 0 && name[strlen(snake)] != '\0')
        return name + strlen(snake);
    if (strncmp(name, pascal, strlen(pascal)) == 0 &&
        name[strlen(pascal)] != '\0')
        return name + strlen(pascal);
    return NULL;
}

const char *
rules_after_begin(const char *name)
{
    return after(name, "begin_", "Begin");
}

static bool
is_pointer_to(const struct ctype *type, const char *name)
{
    return type->kind == CTYPE_NAME && type->pointers == 1 &&
           strcmp(type->name, name) == 0;
}

static const struct ctype *
last_type(const struct member *function, size_t from_end)
{
    size_t count = function->params.count;

    return count > from_end
               ? VEC(&function->params, struct param, count - 1 - from_end)
                     ->type
               : NULL;
}

/* Whether it takes the result of a Begin function last. */
static bool
takes_result(const struct member *function)
{
    const struct ctype *last = last_type(function, 0);

    return last != NULL && is_pointer_to(last, "sbn_async_result");
}

bool
rules_looks_like_end(const struct member *function)
{
    return after(function->name, "end_", "End") != NULL &&
           takes_result(function);
}

bool
rules_begin(const struct member *begin, const char *tag)
{
    const struct ctype *state = last_type(begin, 0);
    const struct ctype *callback = last_type(begin, 1);

    if (rules_after_begin(begin->name) != NULL && callback != NULL &&
        is_pointer_to(callback, "sbn_async_callback") &&
        is_pointer_to(state, "void") &&
        is_pointer_to(begin->type, "sbn_async_result"))
        return true;
    diag_error(begin->place,
               "'%s' of '%s' is marked .async_pattern = true and has not the "
               "shape of a Begin function: its name begins with begin_, its "
               "last two parameters are a sbn_async_callback * and a void *, "
               "and it returns a sbn_async_result *",
               begin->name, tag);
    return false;
}

const char *
rules_end_name(const struct member *begin)
{
    const char *rest = rules_after_begin(begin->name);

    return strncmp(begin->name, "begin_", 6) == 0 ? mem_printf("end_%s", rest)
                                                  : mem_printf("End%s", rest);
}

/* The only function of that name; NULL: told. */
struct member *
rules_find_end(const struct interface *from, const struct member *begin)
{
    const char *name = rules_end_name(begin), *tag = from->decl->tag;
    struct member *end = NULL;
    size_t i;

    for (i = 0; i < from->decl->members.count; i++) {
        struct member *member = VEC(&from->decl->members, struct member, i);

        if (!member->is_function || strcmp(member->name, name) != 0)
            continue;
        if (end != NULL) {
            diag_error(begin->place,
                       "'%s' of '%s' has more than one End function: '%s' "
                       "stands at %s:%u and at %s:%u; one of them must go or "
                       "get another name",
                       begin->name, tag, name, end->place.file, end->place.line,
                       member->place.file, member->place.line);
            return NULL;
        }
        end = member;
    }
    if (end == NULL)
        diag_error(begin->place,
                   "'%s' of '%s' is marked .async_pattern = true and there is "
                   "no '%s' to end what it begins; give one, or drop "
                   ".async_pattern",
                   begin->name, tag, name);
    return end;
}

bool
rules_end(const struct member *begin, const struct member *end, const char *tag)
{
    size_t i;

    if (!takes_result(end)) {
        diag_error(end->place,
                   "'%s' of '%s' ends what '%s' (%s:%u) begins, so its last "
                   "parameter is a sbn_async_result *",
                   end->name, tag, begin->name, begin->place.file,
                   begin->place.line);
        return false;
    }
    for (i = 0; i < end->notes.count; i++) {
        const struct note *note = VEC(&end->notes, struct note, i);

        if (note->kind != NOTE_RETURN && note->kind != NOTE_OPERATION)
            diag_error(note->place,
                       "%s belongs to the Begin function '%s' (%s:%u), not to "
                       "'%s'",
                       note_word(note->kind), begin->name, begin->place.file,
                       begin->place.line, end->name);
    }
    if (!rules_is_operation(end))
        return true;
    diag_error(end->place,
               "'%s' of '%s' carries SBN_OPERATION_CONTRACT, and so does '%s' "
               "(%s:%u), whose End it is; one stands for both and belongs to "
               "the Begin function",
               end->name, tag, begin->name, begin->place.file,
               begin->place.line);
    return false;
}

/* ---- Rules about two of one name ----------------------------------------- */

/* "'begin_add' (calc.h:3) and 'end_add' (calc.h:4)" */
static const char *
pair_text(const struct operation *op)
{
    return mem_printf("'%s' (%s:%u) and '%s' (%s:%u)", op->begin->name,
                      op->begin->place.file, op->begin->place.line,
                      op->end->name, op->end->place.file, op->end->place.line);
}

static bool
mismatch(const struct operation *sync, const struct operation *async,
         const char *what)
{
    diag_error(sync->place,
               "'%s' of '%s' and the pair %s are one operation, '%s', so %s; "
               "another name for one of them keeps them apart",
               sync->sync->name, sync->owner->decl->tag, pair_text(async),
               sync->name, what);
    return false;
}

static bool
same_arguments(const struct operation *sync, const struct operation *async,
               const struct vec *a, const struct vec *b, const char *what)
{
    size_t i;

    for (i = 0; i < a->count; i++) {
        const struct argument *first = VEC(a, struct argument, i);
        const struct argument *second = VEC(b, struct argument, i);

        if (strcmp(first->written, second->written) != 0)
            return mismatch(
                sync, async,
                mem_printf("they have the same parameters in the same order: "
                           "%s %zu is '%s' of the one and '%s' of the other",
                           what, i + 1, first->written, second->written));
    }
    return true;
}

static bool
same_shape(const struct operation *sync, const struct operation *async)
{
    const char *a = sync->ret == NULL ? "void" : sync->ret->written;
    const char *b = async->ret == NULL ? "void" : async->ret->written;

    if (sync->in.count != async->in.count ||
        sync->out.count != async->out.count)
        return mismatch(
            sync, async,
            mem_printf("they have the same parameters: %zu go in and %zu out "
                       "of the one, %zu and %zu of the other",
                       sync->in.count, sync->out.count, async->in.count,
                       async->out.count));
    if (!same_arguments(sync, async, &sync->in, &async->in, "input") ||
        !same_arguments(sync, async, &sync->out, &async->out, "output"))
        return false;
    if (strcmp(a, b) != 0)
        return mismatch(sync, async,
                        mem_printf("they return the same type: '%s' is the "
                                   "one's and '%s' the other's",
                                   a, b));
    return true;
}

/* NULL and NULL are the same. */
static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_property(const struct operation *sync, const struct operation *async,
              const char *name, const char *a, const char *b)
{
    if (same_text(a, b))
        return true;
    return mismatch(sync, async,
                    mem_printf("they have the same .%s: it is '%s' of the one "
                               "and '%s' of the other",
                               name, a == NULL ? "" : a, b == NULL ? "" : b));
}

static bool
no_attribute(const struct operation *sync, const struct operation *async,
             enum note_kind kind)
{
    if (note_find(&async->begin->notes, kind) == NULL)
        return true;
    return mismatch(sync, async,
                    mem_printf("what else is said of it stands at the "
                               "synchronous function: %s has to move there "
                               "from '%s'",
                               note_word(kind), async->begin->name));
}

bool
rules_consistent(const struct operation *sync, const struct operation *async)
{
    return same_shape(sync, async) && no_attribute(sync, async, NOTE_FAULT) &&
           no_attribute(sync, async, NOTE_KNOWN_TYPE) &&
           no_attribute(sync, async, NOTE_XML_FORMAT) &&
           no_attribute(sync, async, NOTE_DATA_FORMAT) &&
           same_property(sync, async, "is_one_way",
                         sync->one_way ? "true" : "false",
                         async->one_way ? "true" : "false") &&
           same_property(sync, async, "action", sync->action, async->action) &&
           same_property(sync, async, "reply_action", sync->reply_action,
                         async->reply_action);
}

void
rules_tell_twice(const struct interface *into, const struct operation *a,
                 const struct operation *b)
{
    const struct member *first = a->sync != NULL ? a->sync : a->begin;
    const struct member *second = b->sync != NULL ? b->sync : b->begin;

    diag_error(b->place,
               "'%s' of '%s' and '%s' of '%s' (%s:%u) are both the operation "
               "'%s' of %s; .name or another name for one of them tells them "
               "apart",
               second->name, b->owner->decl->tag, first->name,
               a->owner->decl->tag, a->place.file, a->place.line, a->name,
               into->name);
}

/* ---- Rules about one ----------------------------------------------------- */

void
rules_one_way(const struct operation *op)
{
    const struct member *function = op->sync != NULL ? op->sync : op->begin;
    const char *name =
        op->end == NULL || op->sync != NULL
            ? mem_printf("'%s' of '%s'", function->name, op->owner->decl->tag)
            : mem_printf("the pair %s of '%s'", pair_text(op),
                         op->owner->decl->tag);
    const struct note *note = note_find(&function->notes, NOTE_OPERATION);

    if (op->out.count > 0 || op->ret != NULL)
        diag_error(op->place,
                   "%s is one-way, so nothing comes back: it "
                   "returns void and no parameter goes out",
                   name);
    if (note_option(note, "reply_action") != NULL)
        diag_error(op->place, "%s is one-way, so it has no .reply_action",
                   name);
    if (note_find(&function->notes, NOTE_FAULT) != NULL)
        diag_error(op->place,
                   "%s is one-way, so it has no SBN_FAULT_CONTRACT: "
                   "nobody would be told",
                   name);
}

void
rules_faults(const struct operation *op)
{
    size_t i, j;

    for (i = 0; i < op->faults.count; i++)
        for (j = 0; j < i; j++) {
            const struct fault *a = VEC(&op->faults, struct fault, i);
            const struct fault *b = VEC(&op->faults, struct fault, j);

            if (a->use.type == b->use.type)
                diag_error(a->place,
                           "operation '%s' declares more than one fault with "
                           "the detail type '%s'; the other is at %s:%u",
                           op->name, a->written, b->place.file, b->place.line);
            else if (qname_equal(a->element, b->element))
                diag_error(a->place,
                           "operation '%s' declares more than one "
                           "fault with the element %s; the other is "
                           "at %s:%u",
                           op->name, qname_text(a->element), b->place.file,
                           b->place.line);
            else if (strcmp(a->name, b->name) == 0)
                diag_error(a->place,
                           "operation '%s' declares more than one "
                           "fault called '%s'; the other is at %s:%u",
                           op->name, a->name, b->place.file, b->place.line);
        }
}
