/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/soap/identity.h"

#include "runtime/base/memory.h"

enum {
    FIRST_ROOM = 32,
    MAX_PROBES = 1000 /* more only a peer has that makes ids collide */
};

/* ---- Reading ------------------------------------------------------------- */

struct sbn__object {
    const char *id; /* NULL: a free slot */
    size_t size;    /* of the id */
    const sbn_type *type;
    void *value;
};

struct sbn__identity
sbn__identity_of(const struct sbn__xml_element *element)
{
    struct sbn__identity identity = {NULL, NULL};
    size_t i;

    for (i = 0; i < element->attribute_count; i++) {
        const struct sbn__xml_attribute *at = &element->attributes[i];

        if (at->ns == NULL || strcmp(at->ns, SBN__NS_SERIALIZATION) != 0)
            continue;
        if (strcmp(at->local, "Id") == 0)
            identity.id = at;
        else if (strcmp(at->local, "Ref") == 0)
            identity.ref = at;
    }
    return identity;
}

/* FNV-1a */
static size_t
hash_id(const char *id, size_t size)
{
    uint32_t hash = 2166136261u;
    size_t i;

    for (i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)id[i]) * 16777619u;
    return hash;
}

/* The slot that has the id, or would; room is a power of 2. NULL: it is not
 * found at once. */
static struct sbn__object *
slot_of(const struct sbn__objects *objects, const char *id, size_t size)
{
    size_t at = hash_id(id, size), probes;
    struct sbn__object *slot;

    for (probes = 0; probes < MAX_PROBES; probes++, at++) {
        slot = &objects->slots[at & (objects->room - 1)];
        if (slot->id == NULL ||
            (slot->size == size && memcmp(slot->id, id, size) == 0))
            return slot;
    }
    return NULL;
}

static sbn_status
too_many(struct sbn__decoder *dec)
{
    return sbn__decode_fail(dec, SBN_ELIMIT, NULL,
                            "too many z:Id that are much alike");
}

static sbn_status
make_room(struct sbn__decoder *dec)
{
    struct sbn__objects *old = &dec->objects, more = *old;
    size_t i;

    if (old->count < old->room / 4 * 3)
        return SBN_OK;
    more.room = old->room == 0 ? FIRST_ROOM : old->room * 2;
    more.slots = sbn__arena_array(dec->arena, more.room, sizeof(*more.slots));
    if (more.slots == NULL)
        return sbn__decode_no_memory(dec);
    for (i = 0; i < old->room; i++) {
        struct sbn__object *slot;

        if (old->slots[i].id == NULL)
            continue;
        slot = slot_of(&more, old->slots[i].id, old->slots[i].size);
        if (slot == NULL)
            return too_many(dec);
        *slot = old->slots[i];
    }
    *old = more;
    return SBN_OK;
}

sbn_status
sbn__identity_note(struct sbn__decoder *dec,
                   const struct sbn__xml_attribute *id, const sbn_type *type,
                   void *value)
{
    struct sbn__object *slot;
    sbn_status status = make_room(dec);

    if (status != SBN_OK)
        return status;
    slot = slot_of(&dec->objects, id->value, id->size);
    if (slot == NULL)
        return too_many(dec);
    if (slot->id == NULL) {
        slot->id = sbn__arena_strndup(dec->arena, id->value, id->size);
        if (slot->id == NULL)
            return sbn__decode_no_memory(dec);
        slot->size = id->size;
        dec->objects.count++;
    }
    slot->type = type;
    slot->value = value;
    return SBN_OK;
}

static bool
is_of(const sbn_type *type, const sbn_type *declared)
{
    while (type != NULL && type != declared)
        type = type->base;
    return type != NULL;
}

sbn_status
sbn__identity_follow(struct sbn__decoder *dec, const sbn_field *field,
                     char *base, const struct sbn__xml_attribute *ref)
{
    const struct sbn__object *object = NULL;
    int shown = (int)(ref->size > 40 ? 40 : ref->size);
    void **place;

    if (dec->objects.room > 0)
        object = slot_of(&dec->objects, ref->value, ref->size);
    if (object == NULL || object->id == NULL)
        return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                "z:Ref: nothing before it has the z:Id "
                                "\"%.*s\"",
                                shown, ref->value);
    if (!is_of(object->type, field->type) ||
        (field->flags & SBN_F_POINTER) == 0)
        return sbn__decode_fail(dec, SBN_EDECODE, NULL,
                                "z:Ref: what has the z:Id \"%.*s\" is of "
                                "another type",
                                shown, ref->value);
    place = sbn__value_place(dec, field, base, sizeof(void *), true);
    if (place == NULL)
        return sbn__decode_no_memory(dec);
    *place = object->value;
    dec->skip = 1; /* the element itself has no content */
    return SBN_OK;
}

/* ---- Writing ------------------------------------------------------------- */

struct sbn__written {
    size_t count, room;
    uint32_t last; /* number given */
    /* the parameter that they are in */
    const char *name;
    size_t index;
    struct {
        const void *value; /* NULL: a free slot */
        uint32_t number;
    } slots[];
};

static size_t
written_size(size_t room)
{
    const struct sbn__written *written = NULL;

    return sizeof(*written) + room * sizeof(written->slots[0]);
}

static size_t
slot_for(const struct sbn__written *written, const void *value)
{
    size_t at = (size_t)((uintptr_t)value >> 4) * 2654435769u;

    at = (at ^ at >> 16) & (written->room - 1);
    while (written->slots[at].value != NULL &&
           written->slots[at].value != value)
        at = (at + 1) & (written->room - 1);
    return at;
}

static sbn_status
grow(struct sbn__encoder *enc)
{
    struct sbn__written *old = enc->written, *more;
    size_t room = old == NULL ? FIRST_ROOM : old->room * 2, i, at;

    if (old != NULL && old->count < old->room / 4 * 3)
        return SBN_OK;
    more = sbn__zalloc(enc->out->mem, written_size(room));
    if (more == NULL)
        return SBN_ENOMEM;
    if (old != NULL)
        *more = *old;
    more->room = room;
    for (i = 0; old != NULL && i < old->room; i++) {
        if (old->slots[i].value == NULL)
            continue;
        at = slot_for(more, old->slots[i].value);
        more->slots[at] = old->slots[i];
    }
    sbn__free(enc->out->mem, old);
    enc->written = more;
    return SBN_OK;
}

/* What is in another parameter cannot be referred to. */
static void
enter_scope(struct sbn__encoder *enc)
{
    struct sbn__written *written = enc->written;
    const struct sbn__step *step = enc->path;

    if (!enc->wrapped)
        return;
    while (step != NULL && step->outer != NULL && step->outer->outer != NULL)
        step = step->outer;
    if (step == NULL ||
        (step->name == written->name && step->index == written->index))
        return;
    written->name = step->name;
    written->index = step->index;
    written->count = 0;
    memset(written->slots, 0, written->room * sizeof(written->slots[0]));
}

sbn_status
sbn__identity_write(struct sbn__encoder *enc, const void *value,
                    bool *ret_again)
{
    char digits[SBN__INT_ROOM];
    struct sbn__written *written;
    sbn_status status = grow(enc);
    size_t at;

    if (status != SBN_OK)
        return status;
    enter_scope(enc);
    written = enc->written;
    at = slot_for(written, value);
    *ret_again = written->slots[at].value != NULL;
    if (!*ret_again) {
        written->slots[at].value = value;
        written->slots[at].number = ++written->last;
        written->count++;
    }
    sbn__buf_puts(enc->out, *ret_again ? " ser:Ref=\"i" : " ser:Id=\"i");
    sbn__buf_append(enc->out, digits,
                    sbn__format_uint64(digits, written->slots[at].number));
    sbn__buf_putc(enc->out, '"');
    enc->ser = true;
    return SBN_OK;
}

void
sbn__identity_close(struct sbn__encoder *enc)
{
    sbn__free(enc->out->mem, enc->written);
    enc->written = NULL;
}
