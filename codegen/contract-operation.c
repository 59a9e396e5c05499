/* SPDX-License-Identifier: Apache-2.0 */
/* Functions become operations: a synchronous one, a Begin/End pair, or both of
 * one name. */
#include <string.h>

#include "codegen/contract-rules.h"

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

/* What XmlSerializer's notes at a parameter or a function say; pointers that
 * tell the direction are not looked at again. */
static bool
use_xml(struct contract *contract, const struct ctype *type,
        const struct vec *notes, const char *name, struct argument *to)
{
    struct data_use use;

    if (!contract->format->is_xml ||
        contract_resolve(contract, type)->kind != CTYPE_ARRAY)
        return true;
    if (!contract_xml_use(contract, type, notes, name, &use, &to->many))
        return false;
    to->use = use;
    return true;
}

/* A message contract is no data, and goes in. */
static bool
use_param(struct contract *contract, const struct param *param,
          struct argument *to, enum use_direction *direction)
{
    bool good;

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
    contract->array_notes = &param->notes;
    good = contract_use(contract, param->type, USE_IN, param->name, &to->use,
                        direction);
    contract->array_notes = NULL;
    if (!good)
        return false;
    if (!use_xml(contract, param->type, &param->notes, param->name, to))
        return false;
    if (*direction != GOES_IN && (to->use.type->kind == DATA_STREAM ||
                                  to->use.type->kind == DATA_UNTYPED)) {
        diag_error(param->place, "'%s' can go out as what is returned only",
                   ctype_text(param->type));
        return false;
    }
    to->required = to->use.is_there || to->use.type->kind == DATA_STREAM;
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
                       param->name, rules_end_name(function));
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
    bool good;

    if (function->is_void)
        return NULL;
    ret->place = function->type->place;
    ret->written = ctype_whole_text(contract_resolve(contract, function->type));
    ret->name = contract_encode(
        note_text(note, "name", mem_printf("%sResult", operation)));
    if (contract_message_of(contract, function->type) != NULL)
        return ret;
    contract->array_notes = &function->notes;
    good = contract_use(contract, function->type, USE_RETURN, function->name,
                        &ret->use, NULL);
    contract->array_notes = NULL;
    if (!good)
        return ret;
    if (!use_xml(contract, function->type, &function->notes, function->name,
                 ret))
        return ret;
    ret->required = ret->use.is_there || ret->use.type->kind == DATA_STREAM;
    contract_apply(note, &ret->use, &ret->required);
    return ret;
}

/* ---- One function, one operation ----------------------------------------- */

static const char *
default_name(const struct member *function)
{
    const char *rest = rules_is_async(function)
                           ? rules_after_begin(function->name)
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
    op->format = contract->format = contract_format(from, function);
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
            rules_tell_twice(into, other, op);
            return;
        }
        if (!rules_consistent(sync, async))
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

        if (rules_is_operation(begin) && rules_is_async(begin) &&
            rules_after_begin(begin->name) != NULL)
            map_put(ends, rules_end_name(begin), begin);
    }
}

/* A function without SBN_OPERATION_CONTRACT is none of the contract's. */
static void
check_unmarked(const struct interface *from, const struct member *member)
{
    size_t i;

    if (rules_looks_like_end(member))
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
    if (!rules_is_operation(member)) {
        check_unmarked(from, member);
        return;
    }
    if (rules_is_async(member)) {
        if (!rules_begin(member, from->decl->tag))
            return;
        end = rules_find_end(from, member);
        if (end == NULL || !rules_end(member, end, from->decl->tag))
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
            rules_one_way(op);
        rules_faults(op);
    }
}
