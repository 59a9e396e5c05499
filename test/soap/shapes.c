/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "test/soap/shapes.h"

enum { NS_NONE, NS_T, NS_U, NS_XML };

static const char *const namespaces[] = {
    NULL, "urn:t", "urn:u?a=1&b=2", "http://www.w3.org/XML/1998/namespace"};

#define OPT SBN_F_OPTIONAL
#define AT(m) SBN_AT(THIS, m)
#define F(m, name, K, flags, type) \
    SBN_FIELD(THIS, m, NS_T, name, K, flags, type)
#define MANY(m, count, name, K, flags, type) \
    SBN_FIELD_MANY(THIS, m, NS_T, name, K, (flags) | OPT, count, 0, 0, type)
#define TYPE(id, name, flags, fields, base)                                  \
    const sbn_type id = {                                                    \
        name,   NS_T, flags, sizeof(THIS), sizeof(fields) / sizeof(*fields), \
        fields, base}
#define ELEMENT(id, name, ns, type) \
    const sbn_field id = {          \
        name, ns, SBN_K_STRUCT, 0, 0, 0, SBN_NONE, SBN_NONE, 1, 1, type, NULL}

#define THIS struct add
static const sbn_field add_fields[] = {
    F(n1, "n1", DOUBLE, OPT, NULL),
    F(n2, "n2", DOUBLE, OPT, NULL),
};
static TYPE(add_type, NULL, 0, add_fields, NULL);
ELEMENT(add_element, "Add", NS_T, &add_type);
#undef THIS

static const char *const color_texts[] = {"red", "light green", "blue"};
static const sbn_enum colors = {color_texts, 3};

#define THIS struct every
static const sbn_field every_fields[] = {
    F(boolean, "boolean", BOOL, 0, NULL),
    F(i8, "i8", INT8, 0, NULL),
    F(i16, "i16", INT16, 0, NULL),
    F(i32, "i32", INT32, 0, NULL),
    F(i64, "i64", INT64, 0, NULL),
    F(u8, "u8", UINT8, 0, NULL),
    F(u16, "u16", UINT16, 0, NULL),
    F(u32, "u32", UINT32, 0, NULL),
    F(u64, "u64", UINT64, 0, NULL),
    F(f, "f", FLOAT, 0, NULL),
    F(d, "d", DOUBLE, 0, NULL),
    F(decimal, "decimal", DECIMAL, 0, NULL),
    F(integer, "integer", INTEGER, 0, NULL),
    F(string, "string", STRING, 0, NULL),
    F(token, "token", TOKEN, 0, NULL),
    F(color, "color", ENUM, 0, &colors),
    F(datetime, "dateTime", DATETIME, 0, NULL),
    F(date, "date", DATE, 0, NULL),
    F(time, "time", TIME, 0, NULL),
    F(gyear, "gYear", GYEAR, 0, NULL),
    F(gyearmonth, "gYearMonth", GYEARMONTH, 0, NULL),
    F(gmonth, "gMonth", GMONTH, 0, NULL),
    F(gmonthday, "gMonthDay", GMONTHDAY, 0, NULL),
    F(gday, "gDay", GDAY, 0, NULL),
    F(duration, "duration", DURATION, 0, NULL),
    F(base64, "base64", BASE64, 0, NULL),
    F(hex, "hex", HEX, 0, NULL),
    F(qname, "qname", QNAME, 0, NULL),
    F(xml, "xml", XML, OPT, NULL),
};
static TYPE(every_type, NULL, 0, every_fields, NULL);
ELEMENT(every_element, "every", NS_T, &every_type);
#undef THIS

#define THIS struct item
static const sbn_field item_fields[] = {
    SBN_FIELD(THIS, id, NS_NONE, "id", INT32, SBN_F_ATTRIBUTE, NULL),
    SBN_FIELD_HAS(THIS, note, NS_T, "note", STRING, OPT | SBN_F_NILLABLE,
                  has_note, NULL),
};
static TYPE(item_type, "Item", 0, item_fields, NULL);
#undef THIS

#define THIS struct point
static const sbn_field point_fields[] = {
    SBN_FIELD_FULL(THIS, unit, NS_NONE, "unit", STRING,
                   OPT | SBN_F_ATTRIBUTE | SBN_F_DEFAULT, SBN_NONE, SBN_NONE, 0,
                   1, NULL, "m"),
    F(value, NULL, DOUBLE, SBN_F_TEXT, NULL),
};
static TYPE(point_type, "Point", 0, point_fields, NULL);
#undef THIS

#define THIS struct choice
static const sbn_field choice_fields[] = {
    F(u.number, "number", INT32, 0, NULL),
    F(u.word, "word", STRING, 0, NULL),
    F(u.item, "item", STRUCT, SBN_F_POINTER, &item_type),
    SBN_FIELD_MANY(THIS, u.many.items, NS_T, "each", INT32, 0, u.many.count, 1,
                   0, NULL),
};
static TYPE(choice_type, NULL, SBN_TYPE_CHOICE, choice_fields, NULL);
#undef THIS

#define THIS struct pair
static const sbn_field pair_fields[] = {
    F(key, "key", STRING, 0, NULL),
    F(value, "value", STRING, OPT, NULL),
};
static TYPE(pair_type, NULL, 0, pair_fields, NULL);
#undef THIS

#define THIS struct shape
static const sbn_field shape_fields[] = {F(name, "name", STRING, OPT, NULL)};
TYPE(shape_type, "Shape", SBN_TYPE_POLY, shape_fields, NULL);
#undef THIS

#define THIS struct circle
static const sbn_field circle_fields[] = {
    F(name, "name", STRING, OPT, NULL),
    F(radius, "radius", DOUBLE, 0, NULL),
};
TYPE(circle_type, "Circle", SBN_TYPE_POLY, circle_fields, &shape_type);
#undef THIS

#define THIS struct order
static const sbn_type order_type;
static const sbn_field order_fields[] = {
    SBN_FIELD(THIS, id, NS_NONE, "id", TOKEN, OPT | SBN_F_ATTRIBUTE, NULL),
    SBN_FIELD(THIS, lang, NS_XML, "lang", STRING, OPT | SBN_F_ATTRIBUTE, NULL),
    SBN_FIELD_MANY(THIS, flags, NS_NONE, "flags", INT32,
                   OPT | SBN_F_ATTRIBUTE | SBN_F_LIST, flag_count, 0, 1, NULL),
    F(customer, "customer", STRING, 0, NULL),
    SBN_FIELD_HAS(THIS, count, NS_T, "count", INT32, OPT, has_count, NULL),
    SBN_FIELD_FULL(THIS, price, NS_T, "price", DOUBLE, SBN_F_NILLABLE, SBN_NONE,
                   AT(price_nil), 1, 1, NULL, NULL),
    SBN_FIELD_HAS(THIS, comment, NS_T, "comment", STRING, OPT | SBN_F_NILLABLE,
                  has_comment, NULL),
    MANY(numbers, number_count, "number", INT32, 0, NULL),
    MANY(words, word_count, "string", STRING, SBN_F_NILLABLE, NULL),
    MANY(items, item_count, "line", STRUCT, 0, &item_type),
    MANY(boxed, boxed_count, "box", STRUCT, SBN_F_POINTER | SBN_F_NILLABLE,
         &item_type),
    F(next, "next", STRUCT, OPT | SBN_F_POINTER, &order_type),
    MANY(tokens, token_count, "tokens", TOKEN, SBN_F_LIST, NULL),
    F(choice, NULL, STRUCT, OPT | SBN_F_GROUP, &choice_type),
    MANY(pairs, pair_count, NULL, STRUCT, SBN_F_GROUP, &pair_type),
    F(shape, "shape", STRUCT, OPT | SBN_F_POINTER, &shape_type),
    SBN_FIELD_HAS(THIS, point, NS_T, "point", STRUCT, OPT, has_point,
                  &point_type),
    SBN_FIELD_FULL(THIS, level, NS_T, "level", INT32, OPT | SBN_F_DEFAULT,
                   SBN_NONE, SBN_NONE, 0, 1, NULL, "7"),
    F(extra, "extra", XML, OPT, NULL),
    SBN_FIELD(THIS, foreign, NS_U, "foreign", STRING, OPT, NULL),
    F(maybe, "maybe", INT32, OPT | SBN_F_POINTER, NULL),
    MANY(many, many_count, NULL, STRUCT, SBN_F_GROUP, &choice_type),
    MANY(rest, rest_count, NULL, XML, SBN_F_ANY, NULL),
};
static TYPE(order_type, "Order", 0, order_fields, NULL);
ELEMENT(order_element, "order", NS_T, &order_type);
#undef THIS

#define THIS struct legacy
static const sbn_field address_fields[] = {
    {"street", NS_NONE, SBN_K_STRING, 0, OPT, 0, SBN_NONE, SBN_NONE, 0, 1, NULL,
     NULL},
};
static const sbn_type address_type = {
    "Address", NS_T,           0,   sizeof(((struct legacy *)0)->address),
    1,         address_fields, NULL};
static const sbn_field legacy_fields[] = {
    SBN_FIELD(THIS, arg0, NS_NONE, "arg0", STRING, 0, NULL),
    SBN_FIELD(THIS, address, NS_NONE, "address", STRUCT, 0, &address_type),
};
static TYPE(legacy_type, NULL, 0, legacy_fields, NULL);
ELEMENT(legacy_element, "legacy", NS_T, &legacy_type);
#undef THIS

/* A bare body of a simple type. */
const sbn_field echo_element = {"echo", NS_NONE, SBN_K_STRING, 0,
                                0,      0,       SBN_NONE,     SBN_NONE,
                                1,      1,       NULL,         NULL};

static const sbn_type *const types[] = {&item_type, &point_type, &shape_type,
                                        &circle_type, &order_type};

const sbn_contract shapes_contract = {SBN_ABI, "Shapes", "urn:t", namespaces,
                                      4,       0,        NULL,    types,
                                      5,       NULL,     NULL,    0};

const sbn_field *
shapes_find(const char *ns, const char *local, size_t *ret_size)
{
    static const struct {
        const sbn_field *field;
        size_t size;
    } bodies[] = {
        {&add_element, sizeof(struct add)},
        {&every_element, sizeof(struct every)},
        {&order_element, sizeof(struct order)},
        {&legacy_element, sizeof(struct legacy)},
        {&echo_element, sizeof(char *)},
    };
    const char *own;
    size_t i;

    for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
        own = namespaces[bodies[i].field->ns];
        if (strcmp(bodies[i].field->name, local) == 0 &&
            (own == NULL ? ns == NULL : ns != NULL && strcmp(own, ns) == 0)) {
            *ret_size = bodies[i].size;
            return bodies[i].field;
        }
    }
    return NULL;
}
