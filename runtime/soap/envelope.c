/* SPDX-License-Identifier: Apache-2.0 */
/* The envelope, read: who may stand where, and to whom the body goes. */
#include "runtime/soap/envelope.h"

static sbn_status
violated(struct sbn__soap_reader *reader, const char *text)
{
    return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL, "%s", text);
}

/* ---- Envelope and Header ------------------------------------------------- */

static sbn_status
start_envelope(struct sbn__soap_reader *reader,
               const struct sbn__xml_element *element)
{
    const char *ns = element->ns == NULL ? "" : element->ns;

    if (strcmp(element->local, "Envelope") != 0)
        return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                                "the document is no SOAP envelope: its root "
                                "is %.60s",
                                element->local);
    if (strcmp(ns, SBN__NS_SOAP11) == 0)
        reader->version = SBN__SOAP_11;
    else if (strcmp(ns, SBN__NS_SOAP12) == 0)
        reader->version = SBN__SOAP_12;
    else
        return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                                "unknown SOAP version: an Envelope of "
                                "namespace \"%.100s\"",
                                ns);
    reader->ns = element->ns;
    reader->state = STATE_ENVELOPE;
    return SBN_OK;
}

static bool
is_soap(const struct sbn__soap_reader *reader,
        const struct sbn__xml_element *element, const char *local)
{
    return element->ns == reader->ns && strcmp(element->local, local) == 0;
}

/* BP 1.1, R1011 asks for no element after Body; SOAP 1.2 has none. */
static sbn_status
start_part(struct sbn__soap_reader *reader,
           const struct sbn__xml_element *element)
{
    if (is_soap(reader, element, "Body")) {
        if (reader->state == STATE_TRAILER)
            return violated(reader, "a second Body");
        reader->state = STATE_BODY;
        return SBN_OK;
    }
    if (is_soap(reader, element, "Header")) {
        if (reader->state == STATE_TRAILER)
            return violated(reader, "Header after Body");
        if (reader->state == STATE_AFTER)
            return violated(reader, "a second Header");
        reader->state = STATE_HEADER;
        return SBN_OK;
    }
    return sbn__decode_fail(&reader->decoder, SBN_EPROTO, NULL,
                            "%.60s where Header or Body is expected",
                            element->local);
}

static bool
equals(const struct sbn__xml_attribute *attribute, const char *text)
{
    return attribute->size == strlen(text) &&
           memcmp(attribute->value, text, attribute->size) == 0;
}

/* SOAP 1.1, 4.2.2; SOAP 1.2 Part 1, 2.2: whether we are meant. */
static bool
is_for_us(const struct sbn__xml_attribute *role)
{
    return role == NULL || role->size == 0 || equals(role, SBN__NEXT11) ||
           equals(role, SBN__NEXT12) ||
           equals(role, SBN__NS_SOAP12 "/role/ultimateReceiver");
}

static bool
is_true(const struct sbn__xml_attribute *attribute)
{
    return attribute != NULL &&
           (equals(attribute, "1") || equals(attribute, "true"));
}

/* What an entry asks for. */
struct asked_entry {
    const struct sbn__xml_attribute *must, *role, *relay;
};

static sbn_status
ask_entry(struct sbn__soap_reader *reader,
          const struct sbn__xml_element *element, struct asked_entry *ret_asked)
{
    const char *role_name = reader->version == SBN__SOAP_11 ? "actor" : "role";
    struct asked_entry asked = {NULL, NULL, NULL};
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *at = &element->attributes[i];

        if (at->ns != reader->ns)
            continue;
        if (strcmp(at->local, "mustUnderstand") == 0)
            asked.must = at;
        else if (strcmp(at->local, role_name) == 0)
            asked.role = at;
        else if (strcmp(at->local, "relay") == 0)
            asked.relay = at;
    }
    if (asked.must != NULL && !is_true(asked.must) &&
        !equals(asked.must, "0") && !equals(asked.must, "false"))
        return violated(reader, "mustUnderstand is neither 0 nor 1");
    *ret_asked = asked;
    return SBN_OK;
}

static sbn_status
keep_marks(struct sbn__soap_reader *reader, const struct asked_entry *asked,
           sbn_header_marks *marks)
{
    marks->must_understand = is_true(asked->must);
    marks->relay = is_true(asked->relay);
    if (asked->role == NULL || asked->role->size == 0)
        return SBN_OK;
    marks->actor = sbn__arena_strndup(reader->arena, asked->role->value,
                                      asked->role->size);
    return marks->actor == NULL ? sbn__decode_no_memory(&reader->decoder)
                                : SBN_OK;
}

static sbn_status
note_not_understood(struct sbn__soap_reader *reader,
                    const struct sbn__xml_element *element)
{
    struct sbn__soap_unknown *entry =
        sbn__arena_alloc(reader->arena, sizeof(*entry));

    if (entry == NULL)
        return sbn__decode_no_memory(&reader->decoder);
    entry->name.ns = sbn__arena_strdup(reader->arena, element->ns);
    entry->name.local = sbn__arena_strdup(reader->arena, element->local);
    if (entry->name.local == NULL ||
        (element->ns != NULL && entry->name.ns == NULL))
        return sbn__decode_no_memory(&reader->decoder);
    *reader->not_understood_end = entry;
    reader->not_understood_end = &entry->next;
    return SBN_OK;
}

static sbn_status
start_entry(struct sbn__soap_reader *reader,
            const struct sbn__xml_element *element)
{
    struct sbn__soap_target target = {0};
    struct asked_entry asked = {NULL, NULL, NULL};
    sbn_status status;

    reader->state = STATE_ENTRY;
    reader->entry_depth = 1;
    status = ask_entry(reader, element, &asked);
    if (status == SBN_OK && reader->on_header != NULL)
        status = reader->on_header(reader->data, element->ns, element->local,
                                   &target);
    if (status != SBN_OK)
        return sbn__decode_fail(&reader->decoder, status, NULL,
                                "the header %.60s is refused", element->local);
    if (target.field == NULL)
        return is_true(asked.must) && is_for_us(asked.role)
                   ? note_not_understood(reader, element)
                   : SBN_OK;
    if (target.marks != NULL)
        status = keep_marks(reader, &asked, target.marks);
    if (status != SBN_OK)
        return status;
    reader->state = STATE_VALUE;
    reader->in_body = true; /* what is wrong with it is told by a fault */
    return sbn__decode_root(&reader->decoder, target.contract, target.field,
                            target.base, element);
}

/* ---- Body ---------------------------------------------------------------- */

static sbn_status
start_fault(struct sbn__soap_reader *reader,
            const struct sbn__xml_element *element)
{
    const sbn_contract *contract;
    const sbn_field *field;

    reader->fault = sbn__arena_alloc(reader->arena, sizeof(*reader->fault));
    if (reader->fault == NULL)
        return sbn__decode_no_memory(&reader->decoder);
    sbn__fault_target(reader->version, &contract, &field);
    reader->decoder.lenient = true;
    return sbn__decode_root(&reader->decoder, contract, field, reader->fault,
                            element);
}

static bool
is_element_of(const struct sbn__soap_target *target,
              const struct sbn__xml_element *element)
{
    const char *ns = target->contract->namespaces[target->field->ns];

    return strcmp(target->field->name, element->local) == 0 &&
           strcmp(sbn__or_empty(ns), sbn__or_empty(element->ns)) == 0;
}

static sbn_status
start_several(struct sbn__soap_reader *reader,
              const struct sbn__soap_target *target,
              const struct sbn__xml_element *element)
{
    sbn_status status = sbn__decode_several(&reader->decoder, target->contract,
                                            target->field, target->base);

    reader->several = true;
    return status == SBN_OK ? sbn__decode_start(&reader->decoder, element)
                            : status;
}

static sbn_status
start_capture(struct sbn__soap_reader *reader,
              const struct sbn__xml_element *element)
{
    reader->state = STATE_CAPTURE;
    return sbn__refs_start(&reader->decoder, element);
}

static sbn_status
start_body_element(struct sbn__soap_reader *reader,
                   const struct sbn__xml_element *element)
{
    struct sbn__soap_target target = {0};
    sbn_status status;

    reader->state = STATE_DECODE;
    reader->in_body = true;
    if (is_soap(reader, element, "Fault"))
        return start_fault(reader, element);
    status = reader->events->on_body(reader->data, element->ns, element->local,
                                     &target);
    if (status != SBN_OK)
        return sbn__decode_fail(&reader->decoder, status, NULL,
                                "{%.100s}%.60s is not expected here",
                                sbn__or_empty(element->ns), element->local);
    if (target.field == NULL)
        return sbn__decode_fail(&reader->decoder, SBN_EDECODE, NULL,
                                "the body must be empty");
    if ((target.field->flags & SBN_F_GROUP) != 0)
        return start_several(reader, &target, element);
    if (!target.any_name && !is_element_of(&target, element))
        return sbn__decode_fail(
            &reader->decoder, SBN_EDECODE, NULL,
            "{%.100s}%.60s, expected {%.100s}%.60s", sbn__or_empty(element->ns),
            element->local,
            sbn__or_empty(target.contract->namespaces[target.field->ns]),
            target.field->name);
    if (!target.encoded)
        return sbn__decode_root(&reader->decoder, target.contract, target.field,
                                target.base, element);
    reader->target = target;
    reader->decoder.refs = &reader->refs;
    return start_capture(reader, element);
}

static sbn_status
end_empty_body(struct sbn__soap_reader *reader)
{
    struct sbn__soap_target target = {0};
    sbn_status status;

    reader->in_body = true;
    status = reader->events->on_body(reader->data, NULL, NULL, &target);
    if (status != SBN_OK)
        return sbn__decode_fail(&reader->decoder, status, NULL,
                                "an empty body is not expected here");
    if (target.field == NULL || ((target.field->flags & SBN_F_GROUP) != 0 &&
                                 sbn__may_be_absent(target.field)))
        return SBN_OK;
    return sbn__decode_fail(&reader->decoder, SBN_EDECODE, target.field->name,
                            "the body is empty, %.60s expected",
                            target.field->name != NULL ? target.field->name
                                                       : "several elements");
}

/* ---- Events of the XML reader -------------------------------------------- */

static sbn_status
on_start(void *data, const struct sbn__xml_element *element)
{
    struct sbn__soap_reader *reader = data;

    switch (reader->state) {
    case STATE_START:
        return start_envelope(reader, element);
    case STATE_ENVELOPE:
    case STATE_AFTER:
    case STATE_TRAILER:
        return start_part(reader, element);
    case STATE_HEADER:
        return start_entry(reader, element);
    case STATE_ENTRY:
        reader->entry_depth++;
        return SBN_OK;
    case STATE_BODY:
        return start_body_element(reader, element);
    case STATE_VALUE:
    case STATE_DECODE:
        return sbn__decode_start(&reader->decoder, element);
    case STATE_CAPTURE:
        return sbn__refs_inside(&reader->decoder, element);
    case STATE_BODY_END:
        if (reader->decoder.refs != NULL)
            return start_capture(reader, element);
        return violated(reader, "a second element in Body");
    case STATE_DONE:
        break;
    }
    return violated(reader, "an element after the envelope");
}

static sbn_status
on_end(void *data)
{
    struct sbn__soap_reader *reader = data;
    sbn_status status;

    switch (reader->state) {
    case STATE_ENTRY:
        if (--reader->entry_depth == 0)
            reader->state = STATE_HEADER;
        return SBN_OK;
    case STATE_HEADER:
        reader->state = STATE_AFTER;
        return SBN_OK;
    case STATE_VALUE:
        status = sbn__decode_end(&reader->decoder);
        if (status == SBN_OK && !sbn__decode_is_open(&reader->decoder)) {
            reader->state = STATE_HEADER;
            reader->in_body = false;
        }
        return status;
    case STATE_DECODE:
        status = sbn__decode_end(&reader->decoder);
        if (status == SBN_OK && !sbn__decode_is_open(&reader->decoder))
            reader->state = reader->several ? STATE_TRAILER : STATE_BODY_END;
        return status;
    case STATE_CAPTURE:
        status = sbn__refs_end(&reader->decoder);
        if (reader->decoder.raw.depth == 0)
            reader->state = STATE_BODY_END;
        return status;
    case STATE_BODY:
        reader->state = STATE_TRAILER;
        return end_empty_body(reader);
    case STATE_BODY_END:
        reader->state = STATE_TRAILER;
        if (reader->decoder.refs == NULL)
            return SBN_OK;
        return sbn__refs_decode(&reader->decoder, reader->target.contract,
                                reader->target.field, reader->target.base);
    case STATE_TRAILER:
        reader->state = STATE_DONE;
        return SBN_OK;
    default:
        return violated(reader, "an envelope without Body");
    }
}

static sbn_status
on_text(void *data, const char *text, size_t size)
{
    struct sbn__soap_reader *reader = data;
    size_t i;

    if (reader->state == STATE_DECODE || reader->state == STATE_VALUE)
        return sbn__decode_text(&reader->decoder, text, size);
    if (reader->state == STATE_CAPTURE)
        return sbn__refs_text(&reader->decoder, text, size);
    if (reader->state == STATE_ENTRY)
        return SBN_OK;
    for (i = 0; i < size; i++) {
        if (!sbn__is_space(text[i]))
            return violated(reader, "text between the envelope's elements");
    }
    return SBN_OK;
}

const struct sbn__xml_events sbn__envelope_events = {on_start, on_end, on_text};
