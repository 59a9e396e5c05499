/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions become operations: a synchronous one, a Begin/End pair, or both of
 * one name. The rules are WCF's, in its order.
 */
#include <string.h>

#include "codegen/contract-model.h"

static bool
is_operation(const struct member *member)
{
    return member->is_function &&
           note_find(&member->notes, NOTE_OPERATION) != NULL;
}

static bool
is_async(const struct member *member)
{
    return note_flag(note_find(&member->notes, NOTE_OPERATION), "async_pattern",
                     false);
}

/* ---- The shape of Begin and End ------------------------------------------ */

/* Behind begin_ or Begin; NULL: it begins with neither. */
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

static bool
check_begin(const struct member *begin, const char *tag)
{
    const struct ctype *state = last_type(begin, 0);
    const struct ctype *callback = last_type(begin, 1);

    if (after(begin->name, "begin_", "Begin") != NULL && callback != NULL &&
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

static const char *
end_name(const struct member *begin)
{
    const char *rest = after(begin->name, "begin_", "Begin");

    return strncmp(begin->name, "begin_", 6) == 0 ? mem_printf("end_%s", rest)
                                                  : mem_printf("End%s", rest);
}

/* The only function of that name; NULL: told. */
static struct member *
find_end(const struct interface *from, const struct member *begin)
{
    const char *name = end_name(begin), *tag = from->decl->tag;
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

static bool
check_end(const struct member *begin, const struct member *end, const char *tag)
{
    const struct ctype *result = last_type(end, 0);
    size_t i;

    if (result == NULL || !is_pointer_to(result, "sbn_async_result")) {
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
    if (!is_operation(end))
        return true;
    diag_error(end->place,
               "'%s' of '%s' carries SBN_OPERATION_CONTRACT, and so does '%s' "
               "(%s:%u), whose End it is; one stands for both and belongs to "
               "the Begin function",
               end->name, tag, begin->name, begin->place.file,
               begin->place.line);
    return false;
}

/* ---- Arguments ----------------------------------------------------------- */

static const char *
argument_name(const struct param *param, enum use_direction direction)
{
    const struct note *note = note_find(&param->notes, NOTE_PARAMETER);
    const char *name = param->name;

    if (name != NULL && direction == GOES_OUT)
        name += strlen("ret_");
    if (name == NULL || *name == '\0')
        name = NULL;
    name = note_text(note, "name", name == NULL ? NULL : contract_camel(name));
    if (name != NULL)
        return contract_encode(name);
    diag_error(param->place, "a parameter needs a name");
    return NULL;
}

/* A message contract is no data, and goes in. */
static bool
use_param(struct contract *contract, const struct param *param,
          struct argument *to, enum use_direction *direction)
{
    *direction = GOES_IN;
    if (contract_message_of(contract, param->type) != NULL) {
        const struct ctype *type = contract_resolve(contract, param->type);

        if (type->pointers == 1 && type->is_const)
            return true;
        diag_error(param->place,
                   "a message that goes in stands behind a "
                   "pointer to const: const struct %s *",
                   type->name);
        return false;
    }
    if (!contract_use(contract, param->type, USE_IN, param->name, &to->use,
                      direction))
        return false;
    if (*direction != GOES_IN && (to->use.type->kind == DATA_STREAM ||
                                  to->use.type->kind == DATA_UNTYPED)) {
        diag_error(param->place, "'%s' can go out as what is returned only",
                   ctype_text(param->type));
        return false;
    }
    to->required = to->use.type->kind == DATA_STREAM;
    contract_apply(note_find(&param->notes, NOTE_PARAMETER), &to->use,
                   &to->required);
    return true;
}

static void
add_argument(struct vec *to, const struct argument *argument)
{
    struct argument *copy = NEW(struct argument);
    size_t i;

    for (i = 0; i < to->count; i++)
        if (strcmp(VEC(to, struct argument, i)->name, argument->name) == 0) {
            diag_error(argument->place, "two parameters are called '%s'",
                       argument->name);
            return;
        }
    *copy = *argument;
    vec_add(to, copy);
}

/* The first count parameters of function; in or out NULL: none may go there. */
static void
add_arguments(struct contract *contract, const struct member *function,
              size_t count, struct vec *in, struct vec *out)
{
    size_t i;

    for (i = 0; i < count; i++) {
        const struct param *param = VEC(&function->params, struct param, i);
        enum use_direction direction;
        struct argument argument;

        memset(&argument, 0, sizeof(argument));
        argument.place = param->place;
        if (!use_param(contract, param, &argument, &direction))
            continue;
        argument.written =
            ctype_whole_text(contract_resolve(contract, param->type));
        argument.name = argument_name(param, direction);
        if (argument.name == NULL)
            continue;
        if (direction != GOES_OUT && in != NULL)
            add_argument(in, &argument);
        if (direction != GOES_IN && out != NULL)
            add_argument(out, &argument);
        if (direction == GOES_OUT && out == NULL)
            diag_error(param->place, "'%s' goes out, and belongs to '%s'",
                       param->name, end_name(function));
        if (direction == GOES_IN && in == NULL)
            diag_error(param->place,
                       "'%s' of the End function '%s' goes in, and belongs to "
                       "its Begin function",
                       param->name, function->name);
    }
}

static struct argument *
returned(struct contract *contract, const struct member *function,
         const char *operation)
{
    struct argument *ret = NEW(struct argument);
    const struct note *note = note_find(&function->notes, NOTE_RETURN);

    if (function->is_void)
        return NULL;
    ret->place = function->type->place;
    ret->written = ctype_whole_text(contract_resolve(contract, function->type));
    ret->name = contract_encode(
        note_text(note, "name", mem_printf("%sResult", operation)));
    if (contract_message_of(contract, function->type) != NULL)
        return ret;
    if (!contract_use(contract, function->type, USE_RETURN, function->name,
                      &ret->use, NULL))
        return ret;
    ret->required = ret->use.type->kind == DATA_STREAM;
    contract_apply(note, &ret->use, &ret->required);
    return ret;
}

/* ---- One function, one operation ----------------------------------------- */

static const char *
default_name(const struct member *function)
{
    const char *rest = is_async(function)
                           ? after(function->name, "begin_", "Begin")
                           : function->name;

    return contract_pascal(rest == NULL ? function->name : rest);
}

static struct operation *
new_operation(struct contract *contract, struct interface *from,
              struct member *function, struct member *end)
{
    struct operation *op = NEW(struct operation);
    const struct note *note = note_find(&function->notes, NOTE_OPERATION);
    size_t count = function->params.count;

    op->place = function->place;
    op->doc = function->doc;
    op->owner = from;
    op->name = contract_encode(note_text(note, "name", default_name(function)));
    op->one_way = note_flag(note, "is_one_way", false);
    if (end == NULL) {
        op->sync = function;
        add_arguments(contract, function, count, &op->in, &op->out);
        op->ret = returned(contract, function, op->name);
    } else {
        op->begin = function;
        op->end = end;
        add_arguments(contract, function, count - 2, &op->in, NULL);
        add_arguments(contract, end, end->params.count - 1, NULL, &op->out);
        op->ret = returned(contract, end, op->name);
        if (op->doc == NULL)
            op->doc = end->doc;
    }
    contract_describe(contract, op);
    return op;
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

static bool
consistent(const struct operation *sync, const struct operation *async)
{
    return same_shape(sync, async) && no_attribute(sync, async, NOTE_FAULT) &&
           no_attribute(sync, async, NOTE_KNOWN_TYPE) &&
           same_property(sync, async, "is_one_way",
                         sync->one_way ? "true" : "false",
                         async->one_way ? "true" : "false") &&
           same_property(sync, async, "action", sync->action, async->action) &&
           same_property(sync, async, "reply_action", sync->reply_action,
                         async->reply_action);
}

static void
tell_twice(const struct interface *into, const struct operation *a,
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

static void
check_one_way(const struct operation *op)
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

static void
check_faults(const struct operation *op)
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

/* ---- All of a contract --------------------------------------------------- */

/* Adds op, or makes it one with what has its name. */
static void
add_operation(struct interface *into, struct operation *op)
{
    size_t i;

    for (i = 0; i < into->operations.count; i++) {
        struct operation *other = VEC(&into->operations, struct operation, i);
        struct operation *sync = op->sync != NULL ? op : other;
        struct operation *async = op->sync != NULL ? other : op;

        if (strcmp(other->name, op->name) != 0)
            continue;
        if ((other->sync != NULL) == (op->sync != NULL) ||
            (other->sync != NULL && other->begin != NULL)) {
            tell_twice(into, other, op);
            return;
        }
        if (!consistent(sync, async))
            return;
        sync->begin = async->begin;
        sync->end = async->end;
        if (sync->doc == NULL)
            sync->doc = async->doc;
        into->operations.items[i] = sync;
        return;
    }
    vec_add(&into->operations, op);
}

/* The names of the End functions that belong to Begin functions. */
static void
collect_ends(const struct interface *from, struct map *ends)
{
    size_t i;

    for (i = 0; i < from->decl->members.count; i++) {
        struct member *begin = VEC(&from->decl->members, struct member, i);

        if (is_operation(begin) && is_async(begin) &&
            after(begin->name, "begin_", "Begin") != NULL)
            map_put(ends, end_name(begin), begin);
    }
}

/* A function without SBN_OPERATION_CONTRACT is none of the contract's. */
static void
check_unmarked(const struct interface *from, const struct member *member)
{
    const struct ctype *last = last_type(member, 0);
    size_t i;

    if (last != NULL && is_pointer_to(last, "sbn_async_result") &&
        after(member->name, "end_", "End") != NULL)
        diag_error(member->place,
                   "'%s' of '%s' ends what nothing begins: there is no Begin "
                   "function for it that is marked .async_pattern = true",
                   member->name, from->decl->tag);
    for (i = 0; i < member->notes.count; i++)
        diag_error(VEC(&member->notes, struct note, i)->place,
                   "'%s' of '%s' has no SBN_OPERATION_CONTRACT", member->name,
                   from->decl->tag);
}

static void
read_function(struct contract *contract, struct interface *into,
              struct interface *from, const struct map *ends,
              struct member *member)
{
    struct member *end = NULL;

    if (map_get(ends, member->name) != NULL)
        return; /* looked at with its Begin function */
    if (!is_operation(member)) {
        check_unmarked(from, member);
        return;
    }
    if (is_async(member)) {
        if (!check_begin(member, from->decl->tag))
            return;
        end = find_end(from, member);
        if (end == NULL || !check_end(member, end, from->decl->tag))
            return;
    }
    add_operation(into, new_operation(contract, from, member, end));
}

static void
read_base(struct contract *contract, struct interface *into,
          struct interface *from, const struct member *member)
{
    const struct ctype *type = contract_resolve(contract, member->type);
    struct decl *decl =
        type->kind != CTYPE_STRUCT
            ? NULL
            : (struct decl *)map_get(&contract->header->structs, type->name);
    struct interface *base =
        decl == NULL ? NULL : (struct interface *)decl->meaning;

    if (base == NULL || note_find(&decl->notes, NOTE_SERVICE) == NULL) {
        diag_error(member->place,
                   "'%s' is no service contract that can be "
                   "extended",
                   ctype_text(member->type));
    } else if (base->visiting) {
        diag_error(member->place, "'%s' extends itself", from->decl->tag);
    } else {
        base->visiting = true;
        contract_operations(contract, into, base);
        base->visiting = false;
    }
}

void
contract_operations(struct contract *contract, struct interface *into,
                    struct interface *from)
{
    const struct vec *members = &from->decl->members;
    struct map ends = {NULL, 0, 0};
    size_t i;

    if (contract->depth >= 32 || ++contract->visits > 4096) {
        diag_error(from->decl->place, "contracts nest too deep");
        return;
    }
    contract->depth++;
    collect_ends(from, &ends);
    for (i = 0; i < members->count; i++) {
        struct member *member = VEC(members, struct member, i);

        if (note_find(&member->notes, NOTE_BASE) != NULL)
            read_base(contract, into, from, member);
        else if (member->is_function)
            read_function(contract, into, from, &ends, member);
        else if (member->notes.count > 0)
            diag_error(member->place, "'%s' is no pointer to a function",
                       member->name);
    }
    contract->depth--;
    if (into != from)
        return;
    for (i = 0; i < into->operations.count; i++) {
        struct operation *op = VEC(&into->operations, struct operation, i);

        if (op->one_way)
            check_one_way(op);
        check_faults(op);
    }
}
