/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table interpreter, reading. Each open element that is a struct has a
 * frame, and so has each model group entered (SBN_F_GROUP). An element goes to
 * the field expected next, else to one further on, else to any that had no
 * value yet; elements with no place are passed over, as WCF's readers do.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/soap/codec.h"

enum { FRAME_STRUCT, FRAME_GROUP };

struct sbn__frame {
    uint8_t kind;
    bool again;    /* a group entered for the second time */
    uint32_t next; /* the field that is tried first */
    size_t bits;   /* where in dec->bits its fields are */
    const sbn_field *field;
    const sbn_type *type;
    const sbn_field *text; /* the field of simple content, or NULL */
    char *base;            /* the struct */
};

static const uint32_t nowhere = UINT32_MAX;

/* ---- Life ------------------------------------------------------------------
 */

void
sbn__decoder_init(struct sbn__decoder *dec, const sbn_allocator *mem)
{
    memset(dec, 0, sizeof(*dec));
    dec->mem = mem;
    sbn__buf_init(&dec->text, mem, 0);
    sbn__raw_init(&dec->raw, mem);
}

void
sbn__decoder_fini(struct sbn__decoder *dec)
{
    sbn__free(dec->mem, dec->frames);
    sbn__free(dec->mem, dec->bits);
    sbn__buf_fini(&dec->text);
    sbn__raw_fini(&dec->raw);
}

static void
forget_namespaces(struct sbn__decoder *dec)
{
    memset(dec->known, 0, sizeof(dec->known));
    dec->last_uri = NULL;
    dec->last_index = 0;
    dec->xsi = NULL;
}

void
sbn__decoder_reset(struct sbn__decoder *dec, struct sbn__xml_reader *xml,
                   struct sbn__arena *arena, struct sbn_error *error)
{
    dec->xml = xml;
    dec->arena = arena;
    dec->error = error;
    dec->contract = NULL;
    dec->lenient = false;
    dec->frame_count = dec->bit_count = dec->skip = 0;
    dec->value = NULL;
    dec->raw.depth = 0;
    dec->text.limit = arena->limit;
    sbn__buf_reset(&dec->text, 0);
    forget_namespaces(dec);
}

/* After a big message its memory goes. */
void
sbn__decoder_trim(struct sbn__decoder *dec)
{
    enum { KEPT = 16384 };

    if (dec->text.cap > KEPT)
        sbn__buf_release(&dec->text);
    if (dec->raw.out.cap > KEPT)
        sbn__buf_release(&dec->raw.out);
}

bool
sbn__decode_is_open(const struct sbn__decoder *dec)
{
    return dec->frame_count > 0 || dec->skip > 0 || dec->raw.depth > 0 ||
           dec->value != NULL;
}

/* ---- Failures --------------------------------------------------------------
 */

sbn_status
sbn__decode_fail(struct sbn__decoder *dec, sbn_status status, const char *name,
                 const char *format, ...)
{
    struct sbn_error *error = dec->error;
    char text[256];
    const char *path;
    va_list args;

    if (error == NULL || error->reason != NULL)
        return status;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    sbn__xml_reader_position(dec->xml, &error->line, &error->column);
    path = sbn__xml_reader_path(dec->xml, error->arena);
    if (path != NULL && name != NULL)
        path = sbn__arena_printf(error->arena, "%s/%s", path, name);
    error->path = path;
    return sbn__error_set(error, status, 0, "%s", text);
}

/* The texts are not copied: the arena they would go to is full. */
static sbn_status
too_much(struct sbn__decoder *dec, sbn_status status)
{
    struct sbn_error *error = dec->error;

    if (error == NULL || error->reason != NULL)
        return status;
    sbn__decode_fail(dec, status, NULL, "%s", sbn_status_text(status));
    error->reason = status == SBN_ENOMEM
                        ? "out of memory"
                        : "the decoded message exceeds max_memory";
    return status;
}

sbn_status
sbn__decode_no_memory(struct sbn__decoder *dec)
{
    return too_much(dec, dec->arena->limited ? SBN_ELIMIT : SBN_ENOMEM);
}

/* ---- Names -----------------------------------------------------------------
 */

static uint32_t
find_ns(struct sbn__decoder *dec, const char *uri)
{
    const sbn_contract *contract = dec->contract;
    uint32_t i, index = nowhere;

    for (i = 0; i < 8; i++) {
        if (dec->known[i].uri == uri)
            return dec->known[i].index;
    }
    for (i = 1; i < contract->namespace_count && index == nowhere; i++) {
        if (strcmp(contract->namespaces[i], uri) == 0)
            index = i;
    }
    dec->known[dec->known_next % 8].uri = uri;
    dec->known[dec->known_next++ % 8].index = index;
    return index;
}

/* The number of an interned namespace in the contract. */
static inline uint32_t
ns_index(struct sbn__decoder *dec, const char *uri)
{
    if (uri != dec->last_uri) {
        dec->last_index = find_ns(dec, uri);
        dec->last_uri = uri;
    }
    return dec->last_index;
}

static uint32_t
ns_number(struct sbn__decoder *dec, const char *uri)
{
    return uri == NULL ? 0 : ns_index(dec, uri);
}

static bool
is_xsi(struct sbn__decoder *dec, const char *uri)
{
    if (uri == NULL)
        return false;
    if (uri == dec->xsi)
        return true;
    if (strcmp(uri, SBN__NS_XSI) != 0)
        return false;
    dec->xsi = uri;
    return true;
}

/* What an element asks for by itself. */
struct asked {
    bool nil;
    const struct sbn__xml_attribute *type;
};

static struct asked
ask(struct sbn__decoder *dec, const struct sbn__xml_element *element)
{
    struct asked asked = {false, NULL};
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        if (!is_xsi(dec, attribute->ns))
            continue;
        if (strcmp(attribute->local, "nil") == 0)
            asked.nil = (attribute->size == 1 && attribute->value[0] == '1') ||
                        (attribute->size == 4 &&
                         memcmp(attribute->value, "true", 4) == 0);
        else if (strcmp(attribute->local, "type") == 0)
            asked.type = attribute;
    }
    return asked;
}

/* ---- Frames ----------------------------------------------------------------
 */

static sbn_status
grow(struct sbn__decoder *dec, void **items, size_t *room, size_t needed,
     size_t size)
{
    size_t more = *room == 0 ? 16 : *room;
    void *grown;

    if (needed <= *room)
        return SBN_OK;
    while (more < needed)
        more *= 2;
    grown = sbn__realloc(dec->mem, *items, more * size);
    if (grown == NULL)
        return too_much(dec, SBN_ENOMEM);
    *items = grown;
    *room = more;
    return SBN_OK;
}

static size_t
bit_words(const sbn_type *type)
{
    return (type->field_count + 63) / 64;
}

static sbn_status
push_frame(struct sbn__decoder *dec, int kind, const sbn_field *field,
           const sbn_type *type, void *base)
{
    size_t words = bit_words(type);
    struct sbn__frame *frame;
    sbn_status status;

    if (dec->frame_count == dec->frame_room) {
        status = grow(dec, (void **)&dec->frames, &dec->frame_room,
                      dec->frame_count + 1, sizeof(*dec->frames));
        if (status != SBN_OK)
            return status;
    }
    if (dec->bit_count + words > dec->bit_room) {
        status = grow(dec, (void **)&dec->bits, &dec->bit_room,
                      dec->bit_count + words, sizeof(*dec->bits));
        if (status != SBN_OK)
            return status;
    }
    frame = &dec->frames[dec->frame_count++];
    frame->kind = (uint8_t)kind;
    frame->again = false;
    frame->next = 0;
    frame->bits = dec->bit_count;
    frame->field = field;
    frame->type = type;
    frame->text = NULL;
    frame->base = base;
    if (words == 1)
        dec->bits[dec->bit_count] = 0;
    else if (words > 1)
        memset(dec->bits + dec->bit_count, 0, words * sizeof(*dec->bits));
    dec->bit_count += words;
    return SBN_OK;
}

static struct sbn__frame *
top(struct sbn__decoder *dec)
{
    return &dec->frames[dec->frame_count - 1];
}

static bool
was_met(const struct sbn__decoder *dec, const struct sbn__frame *frame,
        uint32_t i)
{
    return (dec->bits[frame->bits + i / 64] >> (i % 64) & 1) != 0;
}

static void
mark_met(struct sbn__decoder *dec, const struct sbn__frame *frame, uint32_t i)
{
    dec->bits[frame->bits + i / 64] |= (uint64_t)1 << (i % 64);
}

/* ---- Where an element goes -------------------------------------------------
 */

struct wanted {
    uint32_t ns;
    const char *local;
    bool any; /* looks for a wildcard, no field having the name */
};

static bool
accepts(const sbn_field *field, const struct wanted *wanted)
{
    const sbn_type *type = field->type;
    uint32_t i;

    if ((field->flags &
         (SBN_F_ATTRIBUTE | SBN_F_TEXT | SBN_F_ANY | SBN_F_GROUP)) == 0)
        return !wanted->any && field->ns == wanted->ns &&
               strcmp(field->name, wanted->local) == 0;
    if ((field->flags & (SBN_F_ATTRIBUTE | SBN_F_TEXT)) != 0)
        return false;
    if ((field->flags & SBN_F_ANY) != 0)
        return wanted->any;
    for (i = 0; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted))
            return true;
    }
    return false;
}

static bool
is_choice(const sbn_type *type)
{
    return (type->flags & SBN_TYPE_CHOICE) != 0;
}

/* Whether field number i of the frame can take one more element. */
static bool
is_free(const struct sbn__decoder *dec, const struct sbn__frame *frame,
        uint32_t i)
{
    const sbn_field *field = &frame->type->fields[i];

    if ((field->flags & SBN_F_REPEATED) != 0 || !was_met(dec, frame, i))
        return true;
    return (field->flags & SBN_F_GROUP) != 0 && !is_choice(field->type);
}

/* A choice stays with the alternative taken first. */
static uint32_t
find_in_choice(const struct sbn__decoder *dec, const struct sbn__frame *frame,
               const struct wanted *wanted)
{
    const sbn_type *type = frame->type;
    int which = *(const int *)(const void *)frame->base;
    uint32_t i;

    if (which > 0) {
        i = (uint32_t)which - 1;
        return is_free(dec, frame, i) && accepts(&type->fields[i], wanted)
                   ? i
                   : nowhere;
    }
    for (i = 0; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted))
            return i;
    }
    return nowhere;
}

static uint32_t
find_in(const struct sbn__decoder *dec, const struct sbn__frame *frame,
        const struct wanted *wanted)
{
    const sbn_type *type = frame->type;
    uint32_t i;

    if (is_choice(type))
        return find_in_choice(dec, frame, wanted);
    for (i = frame->next; i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted) && is_free(dec, frame, i))
            return i;
    }
    /* In a group that repeats, what comes too late begins the next one. */
    if (frame->kind == FRAME_GROUP &&
        (frame->field->flags & SBN_F_REPEATED) != 0)
        return nowhere;
    for (i = 0; i < frame->next && i < type->field_count; i++) {
        if (accepts(&type->fields[i], wanted) && is_free(dec, frame, i))
            return i;
    }
    return nowhere;
}

/* ---- Places ----------------------------------------------------------------
 */

static void *
item_place(struct sbn__decoder *dec, const sbn_field *field, char *base,
           size_t size)
{
    enum { FIRST = 4 };
    char **items = (char **)(void *)(base + field->offset);
    size_t *count = (size_t *)(void *)(base + field->has);
    size_t room = *count;

    if (room == 0)
        *items = sbn__arena_array(dec->arena, FIRST, size);
    else if (room >= FIRST && (room & (room - 1)) == 0)
        *items = room > SIZE_MAX / 2 / size
                     ? NULL
                     : sbn__arena_grow(dec->arena, *items, room * size,
                                       2 * room * size);
    if (*items == NULL) {
        *count = 0;
        return NULL;
    }
    return *items + (*count)++ * size;
}

/*
 * Where one more value of field goes: into the struct, or a new item. A value
 * behind a pointer is allocated, unless there is none (nil). NULL: no memory.
 */
static void *
value_place(struct sbn__decoder *dec, const sbn_field *field, char *base,
            size_t size, bool nil)
{
    bool pointer = (field->flags & SBN_F_POINTER) != 0;
    void *place, *value;

    if ((field->flags & (SBN_F_REPEATED | SBN_F_LIST)) == SBN_F_REPEATED) {
        place = item_place(dec, field, base, pointer ? sizeof(void *) : size);
        if (place == NULL)
            return NULL;
    } else {
        place = base + field->offset;
        if (field->has != SBN_NONE && (field->flags & SBN_F_REPEATED) == 0)
            *(bool *)(base + field->has) = true;
    }
    if (!pointer || nil)
        return place;
    value = *(void **)place;
    if (value == NULL)
        value = sbn__arena_alloc(dec->arena, size);
    *(void **)place = value;
    return value;
}

/* ---- Values ----------------------------------------------------------------
 */

static sbn_status
read_list(struct sbn__decoder *dec, const sbn_field *field, const char *text,
          size_t size, char *base)
{
    size_t item = sbn__value_size(field), i = 0, start;
    sbn_status status;
    void *place;

    for (;;) {
        while (i < size && sbn__is_space(text[i]))
            i++;
        if (i == size)
            return SBN_OK;
        start = i;
        while (i < size && !sbn__is_space(text[i]))
            i++;
        place = item_place(dec, field, base, item);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
        status = sbn__value_read(dec, field, text + start, i - start, place);
        if (status != SBN_OK)
            return status;
    }
}

/* The text of a field into its struct, or place when that is known. */
static sbn_status
read_value(struct sbn__decoder *dec, const sbn_field *field, const char *text,
           size_t size, char *base)
{
    void *place;

    if ((field->flags & SBN_F_LIST) != 0)
        return read_list(dec, field, text, size, base);
    place = value_place(dec, field, base, sbn__value_size(field), false);
    if (place == NULL)
        return sbn__decode_no_memory(dec);
    return sbn__value_read(dec, field, text, size, place);
}

static sbn_status
read_attributes(struct sbn__decoder *dec, struct sbn__frame *frame,
                const struct sbn__xml_element *element)
{
    const sbn_type *type = frame->type;
    sbn_status status;
    uint32_t f, ns;
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *attribute = &element->attributes[i];

        ns = ns_number(dec, attribute->ns);
        for (f = 0; f < type->field_count; f++) {
            const sbn_field *field = &type->fields[f];

            if ((field->flags & SBN_F_ATTRIBUTE) == 0)
                break;
            if (field->name == NULL || field->ns != ns ||
                strcmp(field->name, attribute->local) != 0)
                continue;
            mark_met(dec, frame, f);
            status = read_value(dec, field, attribute->value, attribute->size,
                                frame->base);
            if (status != SBN_OK)
                return status;
            break;
        }
    }
    return SBN_OK;
}

/* ---- Types -----------------------------------------------------------------
 */

static bool
derives(const sbn_type *type, const sbn_type *from)
{
    for (; type != NULL; type = type->base) {
        if (type == from)
            return true;
    }
    return false;
}

/* The declared type, or the one that xsi:type names. */
static sbn_status
choose_type(struct sbn__decoder *dec, const sbn_field *field,
            const struct asked *asked, const sbn_type **ret_type)
{
    const sbn_type *declared = field->type;
    const char *text, *colon, *uri;
    size_t size, prefix;
    uint32_t i, ns;

    *ret_type = declared;
    if (asked->type == NULL || (declared->flags & SBN_TYPE_POLY) == 0 ||
        (field->flags & SBN_F_POINTER) == 0)
        return SBN_OK;
    text = asked->type->value;
    size = asked->type->size;
    sbn__trim(&text, &size);
    colon = memchr(text, ':', size);
    prefix = colon == NULL ? 0 : (size_t)(colon - text);
    uri = sbn__xml_reader_lookup(dec->xml, colon == NULL ? NULL : text, prefix);
    ns = ns_number(dec, uri);
    if (colon != NULL) {
        text += prefix + 1;
        size -= prefix + 1;
    }
    if (declared->name != NULL && declared->ns == ns &&
        strlen(declared->name) == size &&
        memcmp(declared->name, text, size) == 0)
        return SBN_OK;
    for (i = 0; i < dec->contract->type_count; i++) {
        const sbn_type *type = dec->contract->types[i];

        if (type->name != NULL && type->ns == ns &&
            strncmp(type->name, text, size) == 0 && type->name[size] == '\0' &&
            derives(type, declared)) {
            *ret_type = type;
            return SBN_OK;
        }
    }
    return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                            "xsi:type \"%.*s\" is no known type derived from "
                            "%s",
                            (int)(size > 40 ? 40 : size), text,
                            declared->name != NULL ? declared->name
                                                   : "this one");
}

/* Forgets the text of the value before. */
static inline void
expect_text(struct sbn__decoder *dec)
{
    if (sbn__buf_size(&dec->text) > 0)
        sbn__buf_reset(&dec->text, 0);
}

static sbn_status
start_struct(struct sbn__decoder *dec, const sbn_field *field,
             const struct sbn__xml_element *element, const struct asked *asked,
             char *base)
{
    const sbn_type *type;
    struct sbn__frame *frame;
    sbn_status status = choose_type(dec, field, asked, &type);
    void *place;

    if (status != SBN_OK)
        return status;
    place = value_place(dec, field, base, type->size, false);
    if (place == NULL)
        return sbn__decode_no_memory(dec);
    if (type != field->type)
        *(const sbn_type **)place = type;
    status = push_frame(dec, FRAME_STRUCT, field, type, place);
    if (status != SBN_OK)
        return status;
    frame = top(dec);
    if (element->attribute_count > 0) {
        status = read_attributes(dec, frame, element);
        if (status != SBN_OK)
            return status;
    }
    while (frame->next < type->field_count &&
           (type->fields[frame->next].flags & SBN_F_ATTRIBUTE) != 0)
        frame->next++;
    if (frame->next < type->field_count &&
        (type->fields[frame->next].flags & SBN_F_TEXT) != 0) {
        frame->text = &type->fields[frame->next];
        expect_text(dec);
    }
    return SBN_OK;
}

/* ---- Elements --------------------------------------------------------------
 */

/* xsi:nil; false: the field does not know it, and is as if absent. */
static bool
start_nil(struct sbn__decoder *dec, const sbn_field *field, char *base,
          sbn_status *status)
{
    *status = SBN_OK;
    dec->skip = 1;
    if ((field->flags & SBN_F_NILLABLE) == 0)
        return false;
    if (field->nil != SBN_NONE && (field->flags & SBN_F_REPEATED) == 0)
        *(bool *)(base + field->nil) = true;
    if ((field->flags & SBN_F_LIST) == 0 &&
        value_place(dec, field, base, sbn__value_size(field), true) == NULL)
        *status = sbn__decode_no_memory(dec);
    return true;
}

static sbn_status
start_raw(struct sbn__decoder *dec, const sbn_field *field,
          const struct sbn__xml_element *element, char *base)
{
    void *place = value_place(dec, field, base, sizeof(sbn_xml), false);
    sbn_status status;

    if (place == NULL)
        return sbn__decode_no_memory(dec);
    dec->raw_place = place;
    sbn__raw_begin(&dec->raw, dec->xml, (field->flags & SBN__F_CONTENT) != 0,
                   dec->arena->limit);
    status = sbn__raw_start(&dec->raw, element);
    return status == SBN_OK ? SBN_OK : too_much(dec, status);
}

/* element is field's; ret_met: it counts as present. */
static sbn_status
start_field(struct sbn__decoder *dec, const sbn_field *field,
            const struct sbn__xml_element *element, char *base, bool *ret_met)
{
    struct asked asked = {false, NULL};
    sbn_status status;
    void *place;

    *ret_met = true;
    if (field->kind == SBN_K_XML)
        return start_raw(dec, field, element, base);
    if (element->attribute_count > 0) {
        asked = ask(dec, element);
        if (asked.nil) {
            *ret_met = start_nil(dec, field, base, &status);
            return status;
        }
    }
    if (field->kind == SBN_K_STRUCT)
        return start_struct(dec, field, element, &asked, base);
    place = base;
    if ((field->flags & SBN_F_LIST) == 0) {
        place =
            value_place(dec, field, base, sbn__kind_size(field->kind), false);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
    }
    expect_text(dec);
    dec->value = field;
    dec->place = place;
    return SBN_OK;
}

sbn_status
sbn__decode_root(struct sbn__decoder *dec, const sbn_contract *contract,
                 const sbn_field *field, void *base,
                 const struct sbn__xml_element *element)
{
    bool met;

    dec->contract = contract;
    forget_namespaces(dec);
    return start_field(dec, field, element, base, &met);
}

bool
sbn__may_be_absent(const sbn_field *field)
{
    const sbn_type *type = field->type;
    uint32_t i;

    if (field->min == 0 || (field->flags & (SBN_F_OPTIONAL | SBN_F_NILLABLE |
                                            SBN_F_ANY | SBN_F_TEXT)) != 0)
        return true;
    if ((field->flags & SBN_F_GROUP) == 0)
        return false;
    if (type->field_count == 0)
        return true;
    for (i = 0; i < type->field_count; i++) {
        if (sbn__may_be_absent(&type->fields[i]) == is_choice(type))
            return is_choice(type);
    }
    return !is_choice(type);
}

static sbn_status
missing(struct sbn__decoder *dec, const sbn_field *field)
{
    while (field->name == NULL && (field->flags & SBN_F_GROUP) != 0 &&
           ((const sbn_type *)field->type)->field_count > 0)
        field = ((const sbn_type *)field->type)->fields;
    return sbn__decode_fail(
        dec, SBN_EDECODE, field->name, "%s is required and missing",
        field->flags & SBN_F_ATTRIBUTE ? "the attribute" : "the element");
}

/* Defaults, and whether all that must be there was. */
static sbn_status
finish_fields(struct sbn__decoder *dec, const struct sbn__frame *frame)
{
    const sbn_type *type = frame->type;
    sbn_status status;
    uint32_t i;

    for (i = 0; i < type->field_count; i++) {
        const sbn_field *field = &type->fields[i];

        if (was_met(dec, frame, i))
            continue;
        if ((field->flags & SBN_F_DEFAULT) != 0 && field->def != NULL &&
            (field->flags & (SBN_F_REPEATED | SBN_F_POINTER)) == 0) {
            status = read_value(dec, field, field->def, strlen(field->def),
                                frame->base);
            if (status != SBN_OK)
                return status;
            if (field->has != SBN_NONE)
                *(bool *)(frame->base + field->has) = false;
        } else if (!sbn__may_be_absent(field)) {
            return missing(dec, field);
        }
    }
    return SBN_OK;
}

static sbn_status
finish_choice(struct sbn__decoder *dec, const struct sbn__frame *frame)
{
    const sbn_type *type = frame->type;
    uint32_t i;

    if (*(const int *)(const void *)frame->base != 0 || type->field_count == 0)
        return SBN_OK;
    for (i = 0; i < type->field_count; i++) {
        if (sbn__may_be_absent(&type->fields[i]))
            return SBN_OK;
    }
    return missing(dec, type->fields);
}

static sbn_status
pop_frame(struct sbn__decoder *dec)
{
    struct sbn__frame *frame = top(dec);
    sbn_status status = SBN_OK;

    if (is_choice(frame->type))
        status = finish_choice(dec, frame);
    else if (!frame->again)
        status = finish_fields(dec, frame);
    dec->bit_count = frame->bits;
    dec->frame_count--;
    return status;
}

static sbn_status
enter_group(struct sbn__decoder *dec, const sbn_field *field, char *base,
            bool again)
{
    const sbn_type *type = field->type;
    void *place = value_place(dec, field, base, type->size, false);
    sbn_status status;

    if (place == NULL)
        return sbn__decode_no_memory(dec);
    status = push_frame(dec, FRAME_GROUP, field, type, place);
    if (status == SBN_OK)
        top(dec)->again = again;
    return status;
}

/* Field number i of the topmost frame takes the element, through as many groups
 * as there are between. */
static sbn_status
take(struct sbn__decoder *dec, uint32_t i,
     const struct sbn__xml_element *element, const struct wanted *wanted)
{
    struct sbn__frame *frame;
    const sbn_field *field;
    sbn_status status;
    bool met, again;
    size_t index;
    char *base;

    for (;;) {
        index = dec->frame_count - 1;
        frame = &dec->frames[index];
        field = &frame->type->fields[i];
        base = frame->base;
        frame->next = (field->flags & SBN_F_REPEATED) != 0 ? i : i + 1;
        if (is_choice(frame->type))
            *(int *)(void *)base = (int)i + 1;
        again = was_met(dec, frame, i) && (field->flags & SBN_F_REPEATED) == 0;
        if ((field->flags & SBN_F_GROUP) == 0)
            break;
        mark_met(dec, frame, i);
        status = enter_group(dec, field, base, again);
        if (status != SBN_OK)
            return status;
        i = find_in(dec, top(dec), wanted);
        if (i == nowhere) { /* the second time, with nothing free in it */
            dec->skip = 1;
            return SBN_OK;
        }
    }
    status = start_field(dec, field, element, base, &met);
    if (met)
        mark_met(dec, &dec->frames[index], i);
    return status;
}

/* The innermost frame that has a place for the element; what is above it ends
 * there. */
static sbn_status
locate(struct sbn__decoder *dec, const struct wanted *wanted, uint32_t *ret_i)
{
    size_t at = dec->frame_count;
    sbn_status status;

    do {
        at--;
        *ret_i = find_in(dec, &dec->frames[at], wanted);
    } while (*ret_i == nowhere && dec->frames[at].kind == FRAME_GROUP);
    if (*ret_i == nowhere)
        return SBN_OK;
    while (dec->frame_count > at + 1) {
        status = pop_frame(dec);
        if (status != SBN_OK)
            return status;
    }
    return SBN_OK;
}

/* The usual case: the field expected next, which is no group or wildcard. */
static bool
is_expected(const struct sbn__decoder *dec, const struct sbn__frame *frame,
            const struct wanted *wanted)
{
    const sbn_field *field;

    if (frame->next >= frame->type->field_count || is_choice(frame->type))
        return false;
    field = &frame->type->fields[frame->next];
    return (field->flags &
            (SBN_F_ATTRIBUTE | SBN_F_TEXT | SBN_F_ANY | SBN_F_GROUP)) == 0 &&
           field->ns == wanted->ns &&
           ((field->flags & SBN_F_REPEATED) != 0 ||
            !was_met(dec, frame, frame->next)) &&
           strcmp(field->name, wanted->local) == 0;
}

static sbn_status
take_expected(struct sbn__decoder *dec, const struct sbn__xml_element *element)
{
    size_t index = dec->frame_count - 1;
    struct sbn__frame *frame = &dec->frames[index];
    uint32_t i = frame->next;
    const sbn_field *field = &frame->type->fields[i];
    sbn_status status;
    bool met;

    if ((field->flags & SBN_F_REPEATED) == 0)
        frame->next++;
    status = start_field(dec, field, element, frame->base, &met);
    if (met)
        mark_met(dec, &dec->frames[index], i);
    return status;
}

static sbn_status
start_child(struct sbn__decoder *dec, const struct sbn__xml_element *element)
{
    struct wanted wanted = {ns_number(dec, element->ns), element->local, false};
    sbn_status status;
    uint32_t i;

    if (is_expected(dec, top(dec), &wanted))
        return take_expected(dec, element);
    status = locate(dec, &wanted, &i);
    if (status == SBN_OK && i == nowhere) {
        wanted.any = true;
        status = locate(dec, &wanted, &i);
    }
    if (status != SBN_OK)
        return status;
    if (i == nowhere) {
        dec->skip = 1;
        return SBN_OK;
    }
    return take(dec, i, element, &wanted);
}

sbn_status
sbn__decode_start(struct sbn__decoder *dec,
                  const struct sbn__xml_element *element)
{
    sbn_status status;

    if (dec->skip > 0) {
        dec->skip++;
        return SBN_OK;
    }
    if (dec->raw.depth > 0) {
        status = sbn__raw_start(&dec->raw, element);
        return status == SBN_OK ? SBN_OK : too_much(dec, status);
    }
    if (dec->value != NULL || top(dec)->text != NULL)
        return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                "an element where a value is expected");
    return start_child(dec, element);
}

static bool
is_blank(const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (!sbn__is_space(text[i]))
            return false;
    }
    return true;
}

sbn_status
sbn__decode_text(struct sbn__decoder *dec, const char *text, size_t size)
{
    sbn_status status;

    if (dec->skip > 0)
        return SBN_OK;
    if (dec->raw.depth > 0) {
        status = sbn__raw_text(&dec->raw, text, size);
        return status == SBN_OK ? SBN_OK : too_much(dec, status);
    }
    if (dec->value != NULL || top(dec)->text != NULL) {
        sbn__buf_append(&dec->text, text, size);
        return dec->text.status == SBN_OK ? SBN_OK
                                          : too_much(dec, dec->text.status);
    }
    if (is_blank(text, size))
        return SBN_OK;
    return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                            "text where elements are expected");
}

static sbn_status
end_raw(struct sbn__decoder *dec)
{
    sbn_status status = sbn__raw_end(&dec->raw);
    size_t size = sbn__buf_size(&dec->raw.out);
    char *text;

    if (status != SBN_OK)
        return too_much(dec, status);
    if (dec->raw.depth > 0)
        return SBN_OK;
    text = sbn__arena_strndup(
        dec->arena, size > 0 ? sbn__buf_bytes(&dec->raw.out) : "", size);
    if (text == NULL)
        return sbn__decode_no_memory(dec);
    dec->raw_place->text = text;
    dec->raw_place->size = size;
    return SBN_OK;
}

/* What was collected, or the default when that is nothing. */
static sbn_status
end_value(struct sbn__decoder *dec, const sbn_field *field, char *place)
{
    const char *text = sbn__buf_bytes(&dec->text);
    size_t size = sbn__buf_size(&dec->text);

    if (size == 0) {
        text = "";
        if ((field->flags & SBN_F_DEFAULT) != 0 && field->def != NULL) {
            text = field->def;
            size = strlen(text);
        }
    }
    if ((field->flags & SBN_F_LIST) != 0)
        return read_list(dec, field, text, size, place);
    return sbn__value_read(dec, field, text, size, place);
}

static sbn_status
end_text(struct sbn__decoder *dec, struct sbn__frame *frame)
{
    const sbn_field *field = frame->text;
    char *place = frame->base;

    mark_met(dec, frame, (uint32_t)(field - frame->type->fields));
    if ((field->flags & SBN_F_LIST) == 0) {
        place =
            value_place(dec, field, frame->base, sbn__value_size(field), false);
        if (place == NULL)
            return sbn__decode_no_memory(dec);
    }
    return end_value(dec, field, place);
}

sbn_status
sbn__decode_end(struct sbn__decoder *dec)
{
    const sbn_field *value = dec->value;
    struct sbn__frame *frame;
    sbn_status status;

    if (dec->skip > 0) {
        dec->skip--;
        return SBN_OK;
    }
    if (dec->raw.depth > 0)
        return end_raw(dec);
    if (value != NULL) {
        dec->value = NULL;
        return end_value(dec, value, dec->place);
    }
    while (top(dec)->kind == FRAME_GROUP) {
        status = pop_frame(dec);
        if (status != SBN_OK)
            return status;
    }
    frame = top(dec);
    status = frame->text != NULL ? end_text(dec, frame) : SBN_OK;
    return status == SBN_OK ? pop_frame(dec) : status;
}
