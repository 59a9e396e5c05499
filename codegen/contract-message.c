/* SPDX-License-Identifier: Apache-2.0 */
/* What operations say on the wire: actions, faults, messages. */
#include <stdlib.h>
#include <string.h>

#include "codegen/contract-model.h"

/* ---- Actions and faults -------------------------------------------------- */

/* ns/contract/what, or urn:contract/what without a namespace. */
static const char *
default_action(const struct operation *op, const char *what)
{
    const struct interface *owner = op->owner;
    const char *path = mem_printf("%s/%s", owner->name, what);

    return *owner->ns == '\0' ? mem_printf("urn:%s", path)
                              : contract_under(owner->ns, path);
}

/* The element that a value of type is at the top of a document. */
static struct qname
root_element(const struct data_type *type, const char *type_ns)
{
    struct qname name = type->name;

    if (type->is_xml && strcmp(name.ns, NS_XSD) == 0)
        name.ns = type_ns;
    else if (type->kind == DATA_BUILTIN)
        name.ns = NS_SERIALIZATION;
    return name;
}

/* XmlSerializer writes faults only when it is told to. */
static const struct data_format *
fault_format(const struct data_format *format)
{
    static const struct data_format plain;

    return format->support_faults && !format->is_encoded ? format : &plain;
}

static void
add_fault(struct contract *contract, struct operation *op,
          const struct note *note)
{
    struct fault *fault = NEW(struct fault);
    const char *name = note_text(note, "name", NULL);

    contract->format = fault_format(op->format);
    if (!contract_use(contract, note->about, USE_INSIDE, NULL, &fault->use,
                      NULL))
        return;
    if (fault->use.type->kind == DATA_STREAM ||
        fault->use.type->kind == DATA_UNTYPED ||
        fault->use.type->kind == DATA_ANY) {
        diag_error(note->place, "'%s' cannot be the detail of a fault",
                   ctype_text(note->about));
        return;
    }
    fault->place = note->place;
    fault->written = ctype_text(note->about);
    fault->name = name != NULL ? contract_encode(name)
                               : mem_printf("%sFault", fault->use.type->clr);
    fault->action = note_text(
        note, "action",
        default_action(op, mem_printf("%s%s", op->name, fault->name)));
    fault->is_root = name == NULL && note_option(note, "ns") == NULL;
    fault->element = root_element(fault->use.type, op->owner->ns);
    /* a class behind no pointer may be missing in a detail all the same */
    fault->use.nillable = true;
    if (!fault->is_root) {
        fault->element.ns = note_text(note, "ns", op->owner->ns);
        if (name != NULL)
            fault->element.local = fault->name;
    }
    vec_add(&op->faults, fault);
}

void
contract_describe(struct contract *contract, struct operation *op)
{
    const struct member *function = op->sync != NULL ? op->sync : op->begin;
    const struct note *note = note_find(&function->notes, NOTE_OPERATION);
    size_t i;

    op->action = note_text(note, "action", default_action(op, op->name));
    op->is_wildcard = strcmp(op->action, "*") == 0;
    op->reply_action = note_text(
        note, "reply_action",
        op->one_way ? NULL
                    : default_action(op, mem_printf("%sResponse", op->name)));
    for (i = 0; i < function->notes.count; i++)
        if (VEC(&function->notes, struct note, i)->kind == NOTE_FAULT)
            add_fault(contract, op, VEC(&function->notes, struct note, i));
    contract->format = op->format;
    contract_known(contract, &function->notes, &op->known);
}

/* ---- Message contracts --------------------------------------------------- */

static int
compare_parts(const void *a, const void *b)
{
    const struct part *first = *(const struct part *const *)a;
    const struct part *second = *(const struct part *const *)b;

    if (first->has_order != second->has_order)
        return first->has_order ? 1 : -1;
    if (first->has_order && first->order != second->order)
        return first->order < second->order ? -1 : 1;
    return strcmp(first->name, second->name);
}

/* A header array is the header as often as it has items. */
static bool
use_item(const struct member *member, struct data_use *use)
{
    if (use->type->kind != DATA_ARRAY) {
        diag_error(member->place,
                   "'%s' is a header array, which is written "
                   "SBN_ARRAY(...)",
                   member->name);
        return false;
    }
    *use = use->type->args[0];
    return true;
}

static void
add_part(struct contract *contract, struct message *message,
         const struct member *member, const struct note *note, const char *ns)
{
    struct part *part = NEW(struct part);
    const struct note_option *order = note_option(note, "order");

    if (contract->format->is_xml && note->kind != NOTE_HEADER_ARRAY
            ? !contract_xml_use(contract, member->type, &member->notes,
                                member->name, &part->use, &part->many)
            : !contract_use(contract, member->type, USE_INSIDE, member->name,
                            &part->use, NULL))
        return;
    part->name = contract_encode(contract_pascal(member->name));
    if (note->kind == NOTE_HEADER_ARRAY && !use_item(member, &part->use))
        return;
    if (part->use.type->kind == DATA_UNTYPED) {
        diag_error(member->place, "'%s' cannot be a part of a message",
                   ctype_text(member->type));
        return;
    }
    part->required = part->use.type->kind == DATA_STREAM ||
                     (part->use.is_there && !part->many);
    part->element.local = contract_encode(
        note_text(note_find(&member->notes, NOTE_XML_ELEMENT), "name",
                  note_text(note, "name", contract_pascal(member->name))));
    part->element.ns = note_text(note, "ns", ns);
    part->has_order = order != NULL;
    part->order = order != NULL ? order->number : 0;
    if (note->kind != NOTE_BODY_MEMBER) {
        part->must_understand = note_flag(note, "must_understand", false);
        part->relay = note_flag(note, "relay", false);
        part->actor = note_text(note, "actor", NULL);
    }
    vec_add(note->kind == NOTE_BODY_MEMBER ? &message->parts
                                           : &message->headers,
            part);
}

static void
add_members(struct contract *contract, struct message *message,
            const struct decl *decl, const char *ns)
{
    size_t i, j;

    for (i = 0; i < decl->members.count; i++) {
        struct member *member = VEC(&decl->members, struct member, i);

        for (j = 0; j < member->notes.count; j++) {
            struct note *note = VEC(&member->notes, struct note, j);

            if (contract->format->is_xml && (note->kind == NOTE_XML_ELEMENT ||
                                             note->kind == NOTE_XML_ARRAY ||
                                             note->kind == NOTE_XML_ARRAY_ITEM))
                continue; /* says how the value is written */
            if (note->kind != NOTE_HEADER && note->kind != NOTE_HEADER_ARRAY &&
                note->kind != NOTE_BODY_MEMBER)
                diag_error(note->place, "%s has no place in a message contract",
                           note_word(note->kind));
            else if (member->is_function)
                diag_error(member->place, "'%s' is a function, not data",
                           member->name);
            else
                add_part(contract, message, member, note, ns);
        }
    }
}

/* No element stands twice in one place. */
static void
check_parts(const struct decl *decl, const struct vec *parts)
{
    struct map seen = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < parts->count; i++) {
        struct part *part = VEC(parts, struct part, i);
        const char *key = qname_text(part->element);

        if (map_get(&seen, key) != NULL)
            diag_error(decl->place, "two parts of '%s' are the element %s",
                       decl->tag, key);
        map_put(&seen, key, part);
    }
}

/* The message of decl in the contract of op. */
static struct message *
typed_message(struct contract *contract, const struct operation *op,
              struct decl *decl)
{
    const struct note *note = note_find(&decl->notes, NOTE_MESSAGE);
    const char *name =
        contract_encode(note_text(note, "name", contract_pascal(decl->tag)));
    const char *key = mem_printf("%s %s", name, op->owner->ns);
    struct message *message =
        (struct message *)map_get(&contract->messages, key);

    if (message != NULL && message->decl != decl)
        diag_error(decl->place,
                   "'%s' and '%s' (%s:%u) are both the message "
                   "'%s'; .name tells them apart",
                   decl->tag, message->decl->tag, message->decl->place.file,
                   message->decl->place.line, name);
    if (message != NULL)
        return message;
    message = NEW(struct message);
    map_put(&contract->messages, key, message);
    message->name = message->io_name = name;
    message->decl = decl;
    message->is_xml = op->format->is_xml;
    message->style = op->format->is_rpc                    ? MESSAGE_RPC
                     : note_flag(note, "is_wrapped", true) ? MESSAGE_WRAPPED
                                                           : MESSAGE_BARE;
    message->wrapper.local =
        contract_encode(note_text(note, "wrapper_name", name));
    message->wrapper.ns = note_text(note, "wrapper_ns", op->owner->ns);
    add_members(contract, message, decl, op->owner->ns);
    check_parts(decl, &message->parts);
    check_parts(decl, &message->headers);
    if (message->parts.count > 0)
        qsort(message->parts.items, message->parts.count, sizeof(void *),
              compare_parts);
    if (message->headers.count > 0)
        qsort(message->headers.items, message->headers.count, sizeof(void *),
              compare_parts);
    return message;
}

/* ---- Messages of parameters ---------------------------------------------- */

static void
add_argument_part(struct message *message, const struct operation *op,
                  const struct argument *argument)
{
    struct part *part = NEW(struct part);

    if (argument->use.type == NULL)
        return;
    part->name = argument->name;
    part->element.local = argument->name;
    part->element.ns = op->owner->ns;
    part->use = argument->use;
    part->many = argument->many;
    part->required = argument->required && !argument->many;
    vec_add(&message->parts, part);
}

/* A stream is the whole body. */
static void
check_stream(const struct message *message, const struct operation *op)
{
    size_t i;

    for (i = 0; message->parts.count > 1 && i < message->parts.count; i++)
        if (VEC(&message->parts, struct part, i)->use.type->kind == DATA_STREAM)
            diag_error(op->place,
                       "operation '%s': a stream is all that goes "
                       "that way",
                       op->name);
}

static struct message *
parameter_message(const struct interface *interface, const struct operation *op,
                  const char *direction, const char *wrapper,
                  const struct vec *arguments, enum message_style style)
{
    struct message *message = NEW(struct message);
    size_t i;

    message->name =
        mem_printf("%s_%s_%sMessage", interface->name, op->name, direction);
    message->style = style;
    message->is_xml = op->format->is_xml;
    message->wrapper.ns = op->owner->ns;
    message->wrapper.local = wrapper;
    for (i = 0; i < arguments->count; i++)
        add_argument_part(message, op, VEC(arguments, struct argument, i));
    check_stream(message, op);
    return message;
}

/* What an operation takes or gives, besides data. */
static bool
is_untyped(const struct argument *argument)
{
    return argument->use.type != NULL &&
           argument->use.type->kind == DATA_UNTYPED;
}

/* The message contract that goes in; NULL: none. */
static struct decl *
input_contract(const struct contract *contract, const struct operation *op)
{
    const struct member *function = op->sync != NULL ? op->sync : op->begin;
    size_t i, count = function->params.count;

    count -= op->sync == NULL ? 2 : 0;
    for (i = 0; i < count; i++) {
        struct decl *decl = contract_message_of(
            contract, VEC(&function->params, struct param, i)->type);

        if (decl != NULL)
            return decl;
    }
    return NULL;
}

static struct decl *
output_contract(const struct contract *contract, const struct operation *op)
{
    const struct member *function = op->sync != NULL ? op->sync : op->end;

    return op->ret == NULL ? NULL
                           : contract_message_of(contract, function->type);
}

/* Whole messages stand alone, and not beside data that comes back. */
static bool
check_whole(const struct operation *op, bool whole_in, bool whole_out)
{
    size_t outputs = op->out.count + (op->ret != NULL ? 1 : 0);

    if ((!whole_in || op->in.count == 1) && (!whole_out || outputs == 1) &&
        (whole_in || op->in.count == 0) && (whole_out || outputs == 0))
        return true;
    diag_error(op->place,
               "operation '%s' mixes whole messages with other parameters; one "
               "of them is the only one that goes a way, or nothing does",
               op->name);
    return false;
}

void
contract_messages(struct contract *contract, struct interface *interface,
                  struct operation *op)
{
    struct decl *in = input_contract(contract, op);
    struct decl *out = output_contract(contract, op);
    bool raw_in =
        op->in.count > 0 && is_untyped(VEC(&op->in, struct argument, 0));
    bool raw_out = op->ret != NULL && is_untyped(op->ret);
    bool whole = in != NULL || out != NULL || raw_in || raw_out;
    enum message_style style = op->format->is_rpc ? MESSAGE_RPC
                               : whole            ? MESSAGE_BARE
                                                  : MESSAGE_WRAPPED;
    struct vec outputs = {NULL, 0, 0};
    size_t i;

    contract->format = op->format;
    if (whole && !check_whole(op, in != NULL || raw_in, out != NULL || raw_out))
        return;
    if (op->ret != NULL)
        vec_add(&outputs, op->ret);
    for (i = 0; i < op->out.count; i++)
        vec_add(&outputs, op->out.items[i]);
    op->input =
        in != NULL
            ? typed_message(contract, op, in)
            : parameter_message(interface, op, "Input", op->name, &op->in,
                                raw_in ? MESSAGE_UNTYPED : style);
    if (op->one_way)
        return;
    op->output =
        out != NULL
            ? typed_message(contract, op, out)
            : parameter_message(interface, op, "Output",
                                mem_printf("%sResponse", op->name), &outputs,
                                raw_out ? MESSAGE_UNTYPED : style);
}
