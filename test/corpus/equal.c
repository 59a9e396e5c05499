/* SPDX-License-Identifier: Apache-2.0 */
#include "test/corpus/equal.h"

#include <string.h>

#include "runtime/soap/codec.h"

/* What is being compared around; objects may stand in a circle. */
struct pair {
    const struct pair *outer;
    const sbn_type *type;
    const char *a, *b;
};

static bool structs_equal(const sbn_type *type, const char *a, const char *b,
                          const struct pair *outer);

static bool
texts_equal(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
bytes_equal(const void *a, size_t a_size, const void *b, size_t b_size)
{
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

static bool
times_equal(const sbn_datetime *a, const sbn_datetime *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day &&
           a->hour == b->hour && a->minute == b->minute &&
           a->second == b->second && a->nanosecond == b->nanosecond &&
           a->offset == b->offset;
}

static bool
simple_equal(const sbn_field *field, const void *a, const void *b)
{
    switch (field->kind) {
    case SBN_K_STRING:
    case SBN_K_TOKEN:
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
        return texts_equal(*(const char *const *)a, *(const char *const *)b);
    case SBN_K_QNAME:
        return texts_equal(((const sbn_qname *)a)->ns,
                           ((const sbn_qname *)b)->ns) &&
               texts_equal(((const sbn_qname *)a)->local,
                           ((const sbn_qname *)b)->local);
    case SBN_K_BASE64:
    case SBN_K_HEX:
        return bytes_equal(
            ((const sbn_bytes *)a)->data, ((const sbn_bytes *)a)->size,
            ((const sbn_bytes *)b)->data, ((const sbn_bytes *)b)->size);
    case SBN_K_XML:
        return bytes_equal(
            ((const sbn_xml *)a)->text, ((const sbn_xml *)a)->size,
            ((const sbn_xml *)b)->text, ((const sbn_xml *)b)->size);
    default:
        break;
    }
    if (field->kind >= SBN_K_DATETIME && field->kind <= SBN_K_GDAY)
        return times_equal((const sbn_datetime *)a, (const sbn_datetime *)b);
    return memcmp(a, b, sbn__kind_size(field->kind)) == 0;
}

/* The values themselves, or with POINTER what is there. */
static bool
value_equal(const sbn_field *field, const void *a, const void *b,
            const struct pair *outer)
{
    const sbn_type *type = (const sbn_type *)field->type;

    if ((field->flags & SBN_F_POINTER) != 0) {
        a = *(void *const *)a;
        b = *(void *const *)b;
        if (a == NULL || b == NULL)
            return a == b;
    }
    if (field->kind != SBN_K_STRUCT)
        return simple_equal(field, a, b);
    if ((type->flags & SBN_TYPE_POLY) != 0) {
        const sbn_type *actual = *(const sbn_type *const *)a;

        if (actual != *(const sbn_type *const *)b)
            return false;
        if (actual != NULL)
            type = actual;
    }
    return structs_equal(type, (const char *)a, (const char *)b, outer);
}

static bool
repeated_equal(const sbn_field *field, const char *a, const char *b,
               const struct pair *outer)
{
    size_t count = *(const size_t *)(const void *)(a + field->has), i;
    size_t size = (field->flags & SBN_F_POINTER) != 0 ? sizeof(void *)
                                                      : sbn__value_size(field);
    const char *a_items = *(char *const *)(const void *)(a + field->offset);
    const char *b_items = *(char *const *)(const void *)(b + field->offset);

    if (count != *(const size_t *)(const void *)(b + field->has))
        return false;
    for (i = 0; i < count; i++)
        if (!value_equal(field, a_items + i * size, b_items + i * size, outer))
            return false;
    return true;
}

static bool
member_equal(const sbn_field *field, const char *a, const char *b,
             const struct pair *outer)
{
    if ((field->flags & SBN_F_REPEATED) != 0)
        return repeated_equal(field, a, b, outer);
    if (field->has != SBN_NONE) {
        if (a[field->has] != b[field->has])
            return false;
        if (!a[field->has])
            return true;
    }
    if (field->nil != SBN_NONE) {
        if (a[field->nil] != b[field->nil])
            return false;
        if (a[field->nil])
            return true;
    }
    return value_equal(field, a + field->offset, b + field->offset, outer);
}

static bool
structs_equal(const sbn_type *type, const char *a, const char *b,
              const struct pair *outer)
{
    const struct pair here = {outer, type, a, b};
    uint32_t i;

    for (; outer != NULL; outer = outer->outer)
        if (outer->type == type && outer->a == a && outer->b == b)
            return true;

    if ((type->flags & SBN_TYPE_CHOICE) != 0) {
        int which = *(const int *)(const void *)a;

        return which == *(const int *)(const void *)b &&
               (which == 0 ||
                member_equal(&type->fields[which - 1], a, b, &here));
    }
    for (i = 0; i < type->field_count; i++)
        if (!member_equal(&type->fields[i], a, b, &here))
            return false;
    return true;
}

bool
values_equal(const sbn_field *field, const char *a, const char *b)
{
    return member_equal(field, a, b, NULL);
}
