/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/soap/refs.h"

/* What may be read again because several refer to it, beside the message's own
 * size: small messages are worth little, and big ones repeat little. */
enum { BUDGET = 1 << 20, BUDGET_TIMES = 16 };

/* A struct that was read because of a reference to its element. */
struct object {
    struct object *next;
    const sbn_type *type; /* as declared where it was referred to */
    void *value;
};

/* An element with an identity, or of the body. */
struct sbn__fragment {
    struct sbn__fragment *next;
    const char *id; /* NULL: none */
    const char *text;
    size_t size;
    bool open; /* being read */
    struct object *objects;
};

void
sbn__refs_reset(struct sbn__refs *refs, struct sbn__xml_pool *xml,
                const struct sbn__xml_limits *limits)
{
    refs->xml = xml;
    refs->limits = *limits;
    refs->first = refs->last = NULL;
    refs->budget = BUDGET;
    refs->depth = 0;
}

static bool
is_ns(const char *ns, const char *wanted)
{
    return ns != NULL && strcmp(ns, wanted) == 0;
}

/* Unqualified as name11, or qualified as name12. */
static const struct sbn__xml_attribute *
find_attribute(const struct sbn__xml_element *element, const char *name11,
               const char *name12)
{
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *at = &element->attributes[i];

        if (at->ns == NULL ? strcmp(at->local, name11) == 0
                           : strcmp(at->local, name12) == 0 &&
                                 is_ns(at->ns, SBN__NS_ENC12))
            return at;
    }
    return NULL;
}

const struct sbn__xml_attribute *
sbn__refs_find(const struct sbn__xml_element *element)
{
    return find_attribute(element, "href", "ref");
}

/* ---- Fragments ----------------------------------------------------------- */

static sbn_status
add_fragment(struct sbn__decoder *dec, const char *id, size_t id_size)
{
    struct sbn__refs *refs = dec->refs;
    struct sbn__fragment *fragment =
        sbn__arena_alloc(dec->arena, sizeof(*fragment));

    if (fragment == NULL)
        return sbn__decode_no_memory(dec);
    if (id != NULL) {
        fragment->id = sbn__arena_strndup(dec->arena, id, id_size);
        if (fragment->id == NULL)
            return sbn__decode_no_memory(dec);
    }
    if (refs->last == NULL)
        refs->first = fragment;
    else
        refs->last->next = fragment;
    refs->last = fragment;
    return SBN_OK;
}

/* The last fragment is what raw has captured. */
static sbn_status
keep_text(struct sbn__decoder *dec, const struct sbn__raw *raw)
{
    struct sbn__refs *refs = dec->refs;
    size_t size = sbn__buf_size(&raw->out);

    refs->last->text =
        sbn__arena_strndup(dec->arena, sbn__buf_bytes(&raw->out), size);
    if (refs->last->text == NULL)
        return sbn__decode_no_memory(dec);
    refs->last->size = size;
    return SBN_OK;
}

static sbn_status
told(struct sbn__decoder *dec, sbn_status status)
{
    return status == SBN_OK ? SBN_OK : sbn__decode_too_much(dec, status);
}

sbn_status
sbn__refs_start(struct sbn__decoder *dec,
                const struct sbn__xml_element *element)
{
    const struct sbn__xml_attribute *id = find_attribute(element, "id", "id");
    sbn_status status = add_fragment(dec, id == NULL ? NULL : id->value,
                                     id == NULL ? 0 : id->size);

    if (status != SBN_OK)
        return status;
    sbn__raw_begin(&dec->raw, dec->xml, false, dec->arena->limit);
    return told(dec, sbn__raw_start(&dec->raw, element));
}

sbn_status
sbn__refs_inside(struct sbn__decoder *dec,
                 const struct sbn__xml_element *element)
{
    return told(dec, sbn__raw_start(&dec->raw, element));
}

sbn_status
sbn__refs_text(struct sbn__decoder *dec, const char *text, size_t size)
{
    return told(dec, sbn__raw_text(&dec->raw, text, size));
}

sbn_status
sbn__refs_end(struct sbn__decoder *dec)
{
    size_t room = SIZE_MAX / BUDGET_TIMES - dec->refs->budget;
    sbn_status status = sbn__raw_end(&dec->raw);

    if (status != SBN_OK)
        return sbn__decode_too_much(dec, status);
    if (dec->raw.depth > 0)
        return SBN_OK;
    status = keep_text(dec, &dec->raw);
    if (status == SBN_OK && dec->refs->last->size < room)
        dec->refs->budget += dec->refs->last->size * BUDGET_TIMES;
    return status;
}

/* ---- Reading fragments --------------------------------------------------- */

/* One run over a fragment: on the way to the decoder, or in search of an id. */
struct run {
    struct sbn__decoder *dec;
    const sbn_field *field;
    char *base;
    bool begun, met;
    struct sbn__fragment *fragment;

    const char *id; /* wanted */
    size_t id_size;
    struct sbn__raw raw;
};

/* SBN_ELIMIT when what references mean is read too often. */
static sbn_status
run_fragment(struct run *run, const struct sbn__xml_events *events)
{
    struct sbn__decoder *dec = run->dec;
    struct sbn__refs *refs = dec->refs;
    struct sbn__xml_reader *outer = dec->xml, *xml;
    sbn_status status;

    if (run->fragment->size > refs->budget ||
        refs->depth >= refs->limits.max_depth)
        return sbn__decode_fail(dec, SBN_ELIMIT, NULL,
                                "too many references in what they refer to");
    refs->budget -= run->fragment->size;
    status = sbn__xml_reader_open(refs->xml, &refs->limits, events, run,
                                  dec->error, &xml);
    if (status != SBN_OK)
        return sbn__decode_too_much(dec, status);
    refs->depth++;
    dec->xml = xml;
    sbn__decode_forget(dec); /* names of another reader */
    status = sbn__xml_reader_feed(xml, run->fragment->text, run->fragment->size,
                                  true);
    dec->xml = outer;
    sbn__decode_forget(dec);
    refs->depth--;
    sbn__xml_reader_close(xml);
    return status;
}

/* Where the pointer to the value just placed is. */
static void *
last_pointer(const sbn_field *field, const char *base)
{
    void *const *items = (void *const *)(const void *)(base + field->offset);
    size_t count;

    if ((field->flags & SBN_F_REPEATED) == 0)
        return *items;
    count = *(const size_t *)(const void *)(base + field->has);
    return count == 0 ? NULL : ((void *const *)*items)[count - 1];
}

static bool
is_shared(const sbn_field *field)
{
    return field->kind == SBN_K_STRUCT &&
           (field->flags & (SBN_F_POINTER | SBN_F_LIST)) == SBN_F_POINTER;
}

static sbn_status
remember(struct run *run)
{
    struct object *object;

    if (!is_shared(run->field) || last_pointer(run->field, run->base) == NULL)
        return SBN_OK;
    object = sbn__arena_alloc(run->dec->arena, sizeof(*object));
    if (object == NULL)
        return sbn__decode_no_memory(run->dec);
    object->type = run->field->type;
    object->value = last_pointer(run->field, run->base);
    object->next = run->fragment->objects;
    run->fragment->objects = object;
    return SBN_OK;
}

static sbn_status
decode_start(void *data, const struct sbn__xml_element *element)
{
    struct run *run = data;
    sbn_status status;

    if (run->begun)
        return sbn__decode_start(run->dec, element);
    run->begun = true;
    status =
        sbn__decode_field(run->dec, run->field, element, run->base, &run->met);
    return status == SBN_OK ? remember(run) : status;
}

static sbn_status
decode_end(void *data)
{
    return sbn__decode_end(((struct run *)data)->dec);
}

static sbn_status
decode_text(void *data, const char *text, size_t size)
{
    return sbn__decode_text(((struct run *)data)->dec, text, size);
}

static const struct sbn__xml_events decode_events = {decode_start, decode_end,
                                                     decode_text};

sbn_status
sbn__refs_decode(struct sbn__decoder *dec, const sbn_contract *contract,
                 const sbn_field *field, void *base)
{
    struct run run = {
        .dec = dec, .field = field, .base = base, .fragment = dec->refs->first};
    sbn_status status;

    dec->contract = contract;
    run.fragment->open = true;
    status = run_fragment(&run, &decode_events);
    run.fragment->open = false;
    return status;
}

/* ---- Finding what a reference means -------------------------------------- */

static bool
has_id(const struct sbn__fragment *fragment, const char *id, size_t size)
{
    return fragment->id != NULL && strlen(fragment->id) == size &&
           memcmp(fragment->id, id, size) == 0;
}

static sbn_status
search_start(void *data, const struct sbn__xml_element *element)
{
    struct run *run = data;
    const struct sbn__xml_attribute *id;
    sbn_status status;

    if (run->raw.depth > 0)
        return told(run->dec, sbn__raw_start(&run->raw, element));
    id = run->met ? NULL : find_attribute(element, "id", "id");
    if (id == NULL || id->size != run->id_size ||
        memcmp(id->value, run->id, id->size) != 0)
        return SBN_OK;
    run->met = true;
    status = add_fragment(run->dec, id->value, id->size);
    if (status != SBN_OK)
        return status;
    sbn__raw_begin(&run->raw, run->dec->xml, false, run->dec->arena->limit);
    return told(run->dec, sbn__raw_start(&run->raw, element));
}

static sbn_status
search_end(void *data)
{
    struct run *run = data;
    sbn_status status;

    if (run->raw.depth == 0)
        return SBN_OK;
    status = told(run->dec, sbn__raw_end(&run->raw));
    if (status == SBN_OK && run->raw.depth == 0)
        status = keep_text(run->dec, &run->raw);
    return status;
}

static sbn_status
search_text(void *data, const char *text, size_t size)
{
    struct run *run = data;

    if (run->raw.depth == 0)
        return SBN_OK;
    return told(run->dec, sbn__raw_text(&run->raw, text, size));
}

static const struct sbn__xml_events search_events = {search_start, search_end,
                                                     search_text};

/* SOAP 1.2, and some who write 1.1, give an identity to what stands inside
 * another element. *ret_fragment stays NULL when nothing has it. */
static sbn_status
search(struct sbn__decoder *dec, const char *id, size_t size,
       struct sbn__fragment **ret_fragment)
{
    struct sbn__fragment *last = dec->refs->last, *at;
    struct run run = {.dec = dec, .id = id, .id_size = size};
    sbn_status status = SBN_OK;

    sbn__raw_init(&run.raw, dec->mem);
    for (at = dec->refs->first; status == SBN_OK && !run.met; at = at->next) {
        run.fragment = at;
        status = run_fragment(&run, &search_events);
        if (at == last)
            break;
    }
    sbn__raw_fini(&run.raw);
    if (status == SBN_OK && run.met)
        *ret_fragment = dec->refs->last;
    return status;
}

static sbn_status
find(struct sbn__decoder *dec, const char *id, size_t size,
     struct sbn__fragment **ret_fragment)
{
    struct sbn__fragment *at = dec->refs->first;
    sbn_status status;

    while (at != NULL && !has_id(at, id, size))
        at = at->next;
    *ret_fragment = at;
    if (at != NULL)
        return SBN_OK;
    status = search(dec, id, size, ret_fragment);
    if (status != SBN_OK || *ret_fragment != NULL)
        return status;
    return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                            "nothing in the body has the id \"%.*s\"",
                            (int)(size > 40 ? 40 : size), id);
}

/* ---- Following ----------------------------------------------------------- */

/* The struct that was read for the same reference before; NULL: none. */
static void *
shared_value(const sbn_field *field, const struct sbn__fragment *fragment)
{
    const struct object *object;

    for (object = fragment->objects; object != NULL; object = object->next) {
        if (is_shared(field) && object->type == field->type)
            return object->value;
    }
    return NULL;
}

static sbn_status
share(struct sbn__decoder *dec, const sbn_field *field, char *base, void *value)
{
    void **place = sbn__value_place(dec, field, base, sizeof(void *), true);

    if (place == NULL)
        return sbn__decode_no_memory(dec);
    *place = value;
    return SBN_OK;
}

sbn_status
sbn__refs_follow(struct sbn__decoder *dec, const sbn_field *field,
                 const struct sbn__xml_element *element,
                 const struct sbn__xml_attribute *href, char *base,
                 bool *ret_met)
{
    struct run run = {.dec = dec, .field = field, .base = base, .met = true};
    const char *id = href->value;
    size_t size = href->size;
    sbn_status status;
    void *value;

    if (href->ns == NULL && (size < 2 || id[0] != '#'))
        return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                "%s refers out of the message", element->local);
    if (href->ns == NULL) {
        id++;
        size--;
    }
    status = find(dec, id, size, &run.fragment);
    if (status != SBN_OK)
        return status;
    value = shared_value(field, run.fragment);
    if (value != NULL) {
        status = share(dec, field, base, value);
    } else if (run.fragment->open) {
        status = sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                  "it refers to what it is inside of");
    } else {
        run.fragment->open = true;
        status = run_fragment(&run, &decode_events);
        run.fragment->open = false;
        *ret_met = run.met;
    }
    if (status == SBN_OK)
        dec->skip = 1; /* the reference itself has no content */
    return status;
}
