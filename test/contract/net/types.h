/* SPDX-License-Identifier: Apache-2.0 */
/* Every primitive type, and data contracts of every kind. */
#ifndef NET_TYPES_H
#define NET_TYPES_H

#include <sebon/contract.h>

SBN_CONTRACT_NAMESPACE(
        .ns = "http://schemas.datacontract.org/2004/07/Sebon.Interop.Types")

enum colour { COLOUR_RED, COLOUR_GREEN, COLOUR_BLUE };

SBN_DATA_CONTRACT()
struct plain {
    SBN_DATA_MEMBER() int id;
    SBN_DATA_MEMBER() const char *text;
};

SBN_DATA_CONTRACT()
struct old_style {
    SBN_DATA_MEMBER(.required = true, .name = "<Auto>k__BackingField")
    const char *automatic;
    SBN_DATA_MEMBER(.required = true) int number;
    SBN_DATA_MEMBER(.required = true, .name = "_hidden") const char *hidden;
};

SBN_CONTRACT_NAMESPACE(.ns = "urn:sebon:interop:types")

SBN_DATA_CONTRACT(.is_flags = true)
enum access {
    SBN_ENUM_MEMBER() ACCESS_NONE = 0,
    SBN_ENUM_MEMBER() ACCESS_READ = 1,
    SBN_ENUM_MEMBER() ACCESS_WRITE = 2,
    SBN_ENUM_MEMBER() ACCESS_EXEC = 4
};

SBN_DATA_CONTRACT()
enum priority {
    SBN_ENUM_MEMBER() PRIORITY_LOW = 1,
    SBN_ENUM_MEMBER(.value = "very high") PRIORITY_HIGH = 10,
    SBN_ENUM_MEMBER(.value = "x<y") PRIORITY_X = -3,
    PRIORITY_SECRET
};

SBN_DATA_CONTRACT()
struct point {
    SBN_DATA_MEMBER() int32_t x;
    SBN_DATA_MEMBER() int32_t y;
};

SBN_DATA_CONTRACT(.is_value_type = true)
struct money {
    SBN_DATA_MEMBER() sbn_decimal amount;
    SBN_DATA_MEMBER() const char *currency;
};

SBN_KNOWN_TYPE(struct circle)
SBN_KNOWN_TYPE(struct square)
SBN_KNOWN_TYPE(struct rounded_square)
SBN_DATA_CONTRACT()
struct shape {
    SBN_DATA_MEMBER() const char *name;
};

SBN_DATA_CONTRACT()
struct circle {
    SBN_BASE() struct shape base;
    SBN_DATA_MEMBER() double radius;
};

SBN_DATA_CONTRACT(.ns = "urn:sebon:interop:types:more")
struct square {
    SBN_BASE() struct shape base;
    SBN_DATA_MEMBER() double side;
};

SBN_DATA_CONTRACT()
struct rounded_square {
    SBN_BASE() struct square base;
    SBN_DATA_MEMBER() double corner;
    SBN_DATA_MEMBER() const char *area;
};

SBN_DATA_CONTRACT()
struct required {
    SBN_DATA_MEMBER(.required = true) int32_t number;
    SBN_DATA_MEMBER(.required = true) const char *text;
    SBN_DATA_MEMBER(.required = true) const struct point *point;
    SBN_DATA_MEMBER() const char *optional;
};

SBN_DATA_CONTRACT()
struct tree {
    SBN_DATA_MEMBER() const char *label;
    SBN_DATA_MEMBER() const struct tree *left;
    SBN_DATA_MEMBER() const struct tree *right;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct tree *) others;
};

SBN_DATA_CONTRACT(.is_reference = true)
struct node {
    SBN_DATA_MEMBER() const char *name;
    SBN_DATA_MEMBER() const struct node *next;
    SBN_DATA_MEMBER() const struct node *previous;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct node *) children;
};

SBN_DATA_CONTRACT()
struct graph {
    SBN_DATA_MEMBER() const struct node *root;
    SBN_DATA_MEMBER() const struct node *again;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct node *) all;
    SBN_DATA_MEMBER() const struct node *nothing;
};

SBN_DATA_CONTRACT()
struct ordered_base {
    SBN_DATA_MEMBER(.name = "zBase") int z_base;
    SBN_DATA_MEMBER(.name = "aBase", .order = 1) int a_base;
};

SBN_DATA_CONTRACT()
struct ordered {
    SBN_BASE() struct ordered_base base;
    SBN_DATA_MEMBER(.order = 2) const char *second;
    SBN_DATA_MEMBER(.order = 1) const char *first;
    SBN_DATA_MEMBER(.order = 1) const char *also_first;
    SBN_DATA_MEMBER(.order = 0) const char *zero;
    SBN_DATA_MEMBER() const char *zed;
    SBN_DATA_MEMBER(.name = "_under") const char *under;
    SBN_DATA_MEMBER(.name = "aLower") const char *a_lower;
    SBN_DATA_MEMBER() const char *no_order;
};

SBN_DATA_CONTRACT()
struct weird {
    SBN_DATA_MEMBER(.name = "1st") const char *a;
    SBN_DATA_MEMBER(.name = "<>&") const char *b;
    SBN_DATA_MEMBER(.name = "_x0041_") const char *c;
    SBN_DATA_MEMBER(.name = "a-b.c_d") const char *d;
    SBN_DATA_MEMBER(.name = "a:b") const char *e;
    SBN_DATA_MEMBER(.name = "class") const char *f;
    SBN_DATA_MEMBER(.name = "int") const char *g;
    SBN_DATA_MEMBER(.name = "two words") const char *h;
    SBN_DATA_MEMBER(.name = "x\360\237\230\200y") const char *i;
    SBN_DATA_MEMBER(.name = "xmlLike") const char *j;
    SBN_DATA_MEMBER(.name = "\304\215aj") const char *k;
    SBN_DATA_MEMBER(.name = "\346\227\245\346\234\254") const char *l;
};

SBN_DATA_CONTRACT(.name = "strange type/name")
struct strange_name {
    SBN_DATA_MEMBER() int value;
};

SBN_COLLECTION_CONTRACT(.item_name = "Tag")
typedef SBN_ARRAY(const char *) tag_list;

SBN_COLLECTION_CONTRACT(.item_name = "Price", .key_name = "Sku",
                        .value_name = "Amount",
                        .ns = "urn:sebon:interop:types:prices")
typedef SBN_MAP(const char *, sbn_decimal) price_list;

SBN_DATA_CONTRACT()
struct collections {
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_bytes) blobs;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_char) chars;
    SBN_DATA_MEMBER()
    SBN_ARRAY(enum colour) colours;
    SBN_DATA_MEMBER()
    price_list custom_prices;
    SBN_DATA_MEMBER()
    tag_list custom_tags;
    SBN_DATA_MEMBER()
    SBN_ARRAY(double) doubles;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_guid) guids;
    SBN_DATA_MEMBER()
    SBN_ARRAY(int) ints;
    SBN_DATA_MEMBER()
    SBN_ARRAY(SBN_ARRAY(int)) jagged;
    SBN_DATA_MEMBER()
    SBN_ARRAY(struct money) moneys;
    SBN_DATA_MEMBER()
    SBN_ARRAY(SBN_ARRAY(const char *)) nested;
    SBN_DATA_MEMBER()
    SBN_ARRAY(const int *) nullable_ints;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_xml) objects;
    SBN_DATA_MEMBER()
    SBN_PAIR(const char *, int) pair;
    SBN_DATA_MEMBER()
    SBN_ARRAY(const struct point *) point_array;
    SBN_DATA_MEMBER()
    SBN_ARRAY(const struct point *) points;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_duration) spans;
    SBN_DATA_MEMBER()
    SBN_MAP(const char *, int) string_to_int;
    SBN_DATA_MEMBER()
    SBN_ARRAY(const char *) strings;
    SBN_DATA_MEMBER()
    SBN_MAP(sbn_xml, sbn_xml) table;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_datetime) times;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_xml) untyped;
    SBN_DATA_MEMBER()
    SBN_ARRAY(sbn_uri) uris;
    SBN_DATA_MEMBER()
    SBN_MAP(enum colour, enum access) by_colour;
    SBN_DATA_MEMBER()
    SBN_MAP(const char *, SBN_ARRAY(const struct point *)) groups;
    SBN_DATA_MEMBER()
    SBN_MAP(int, const struct point *) int_to_point;
};

SBN_DATA_CONTRACT()
struct Primitives {
    SBN_DATA_MEMBER() bool Bool;
    SBN_DATA_MEMBER() uint8_t Byte;
    SBN_DATA_MEMBER() sbn_char Char;
    SBN_DATA_MEMBER() enum colour Colour;
    SBN_DATA_MEMBER() sbn_datetime DateTime;
    SBN_DATA_MEMBER() sbn_datetime_offset DateTimeOffset;
    SBN_DATA_MEMBER() sbn_decimal Decimal;
    SBN_DATA_MEMBER() double Double;
    SBN_DATA_MEMBER() float Float;
    SBN_DATA_MEMBER() sbn_guid Guid;
    SBN_DATA_MEMBER() int Int;
    SBN_DATA_MEMBER() int64_t Long;
    SBN_DATA_MEMBER() int8_t SByte;
    SBN_DATA_MEMBER() int16_t Short;
    SBN_DATA_MEMBER() sbn_duration TimeSpan;
    SBN_DATA_MEMBER() uint32_t UInt;
    SBN_DATA_MEMBER() uint64_t ULong;
    SBN_DATA_MEMBER() uint16_t UShort;
    SBN_DATA_MEMBER() enum access Access;
    SBN_DATA_MEMBER() sbn_bytes Bytes;
    SBN_DATA_MEMBER() const char *String;
    SBN_DATA_MEMBER() sbn_uri Uri;
    SBN_DATA_MEMBER() sbn_qname QName;
    SBN_DATA_MEMBER() sbn_xml Object;
    SBN_DATA_MEMBER() sbn_xml_element Element;
};

SBN_DATA_CONTRACT()
struct Nullables {
    SBN_DATA_MEMBER() const bool *Bool;
    SBN_DATA_MEMBER() const uint8_t *Byte;
    SBN_DATA_MEMBER() const sbn_char *Char;
    SBN_DATA_MEMBER() const enum colour *Colour;
    SBN_DATA_MEMBER() const sbn_datetime *DateTime;
    SBN_DATA_MEMBER() const sbn_datetime_offset *DateTimeOffset;
    SBN_DATA_MEMBER() const sbn_decimal *Decimal;
    SBN_DATA_MEMBER() const double *Double;
    SBN_DATA_MEMBER() const float *Float;
    SBN_DATA_MEMBER() const sbn_guid *Guid;
    SBN_DATA_MEMBER() const int *Int;
    SBN_DATA_MEMBER() const int64_t *Long;
    SBN_DATA_MEMBER() const int8_t *SByte;
    SBN_DATA_MEMBER() const int16_t *Short;
    SBN_DATA_MEMBER() const sbn_duration *TimeSpan;
    SBN_DATA_MEMBER() const uint32_t *UInt;
    SBN_DATA_MEMBER() const uint64_t *ULong;
    SBN_DATA_MEMBER() const uint16_t *UShort;
    SBN_DATA_MEMBER() const enum access *Access;
    SBN_DATA_MEMBER() const struct money *Money;
};

SBN_DATA_CONTRACT()
struct defaults {
    SBN_DATA_MEMBER() int always;
    SBN_DATA_MEMBER(.emit_default_value = false) enum colour colour;
    SBN_DATA_MEMBER(.emit_default_value = false) bool flag;
    SBN_DATA_MEMBER(.emit_default_value = false, .name = "Id") sbn_guid guid;
    SBN_DATA_MEMBER(.emit_default_value = false, .name = "Int") int integer;
    SBN_DATA_MEMBER(.emit_default_value = false) SBN_ARRAY(int) ints;
    SBN_DATA_MEMBER(.emit_default_value = false) const int *maybe;
    SBN_DATA_MEMBER(.emit_default_value = false) const struct point *point;
    SBN_DATA_MEMBER(.emit_default_value = false) const char *text;
    SBN_DATA_MEMBER(.emit_default_value = false) sbn_datetime when;
};

SBN_KNOWN_TYPE(SBN_ARRAY(const struct shape *))
SBN_DATA_CONTRACT()
struct drawing {
    SBN_DATA_MEMBER() const struct shape *main;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct shape *) all;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct shape *) listed;
    SBN_DATA_MEMBER() sbn_xml any;
    SBN_DATA_MEMBER() SBN_ARRAY(sbn_xml) many;
    SBN_DATA_MEMBER() SBN_MAP(const char *, const struct shape *) named;
};

SBN_KNOWN_TYPE(struct dog)
SBN_DATA_CONTRACT(.is_reference = true)
struct animal {
    SBN_DATA_MEMBER() const char *name;
    SBN_DATA_MEMBER(.name = "Friend") const struct animal *ally;
};

SBN_DATA_CONTRACT(.is_reference = true)
struct dog {
    SBN_BASE() struct animal base;
    SBN_DATA_MEMBER() int age;
};

SBN_DATA_CONTRACT(.name = "BoxOf{0}{#}")
SBN_TYPE_ARGUMENT(int)
struct int_box {
    SBN_DATA_MEMBER() int value;
    SBN_DATA_MEMBER() SBN_ARRAY(int) values;
};

SBN_DATA_CONTRACT(.name = "BoxOf{0}{#}")
SBN_TYPE_ARGUMENT(struct point)
struct point_box {
    SBN_DATA_MEMBER() const struct point *value;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct point *) values;
};

SBN_DATA_CONTRACT(.name = "BoxOf{0}{#}")
SBN_TYPE_ARGUMENT(const char *)
struct string_box {
    SBN_DATA_MEMBER() const char *value;
    SBN_DATA_MEMBER() SBN_ARRAY(const char *) values;
};

SBN_DATA_CONTRACT(.name = "BoxOf{0}{#}")
SBN_TYPE_ARGUMENT(struct string_box)
struct box_box {
    SBN_DATA_MEMBER() const struct string_box *value;
    SBN_DATA_MEMBER() SBN_ARRAY(const struct string_box *) values;
};

SBN_DATA_CONTRACT(.name = "PairOf{0}And{1}")
SBN_TYPE_ARGUMENT(const char *)
SBN_TYPE_ARGUMENT(struct point)
struct two {
    SBN_DATA_MEMBER() const char *first;
    SBN_DATA_MEMBER() const struct point *second;
};

SBN_DATA_CONTRACT(
        .ns = "http://schemas.datacontract.org/2004/07/"
              "Sebon.Interop.Types.Deep.Inner")
struct thing {
    SBN_DATA_MEMBER() const char *label;
    SBN_DATA_MEMBER() enum colour colour;
    SBN_DATA_MEMBER() const struct point *where;
};

SBN_DATA_CONTRACT(
        .name = "Outer.Nested",
        .ns = "http://schemas.datacontract.org/2004/07/"
              "Sebon.Interop.Types.Deep")
struct nested {
    SBN_DATA_MEMBER() int depth;
    SBN_DATA_MEMBER() const struct thing *thing;
};

SBN_DATA_CONTRACT(.is_flags = true, .underlying = "uint64_t")
enum bits {
    SBN_ENUM_MEMBER(.value = "One") BITS_ONE = 1,
    SBN_ENUM_MEMBER(.value = "Top", .number = 1ull << 63) BITS_TOP
};

SBN_DATA_CONTRACT()
struct document {
    SBN_DATA_MEMBER() const char *title;
};

SBN_KNOWN_TYPE(struct shape)
SBN_KNOWN_TYPE(SBN_ARRAY(int))
SBN_KNOWN_TYPE(SBN_ARRAY(const char *))
SBN_KNOWN_TYPE(SBN_MAP(const char *, int))
SBN_SERVICE_CONTRACT(.name = "IPrimitives", .ns = "urn:sebon:interop:types",
                     .service = "PrimitivesService")
struct primitives {
    SBN_OPERATION_CONTRACT(.name = "EchoBool")
    bool (*echo1)(bool value);
    SBN_OPERATION_CONTRACT(.name = "EchoByte")
    uint8_t (*echo2)(uint8_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoChar")
    sbn_char (*echo3)(sbn_char value);
    SBN_OPERATION_CONTRACT(.name = "EchoColour")
    enum colour (*echo4)(enum colour value);
    SBN_OPERATION_CONTRACT(.name = "EchoDateTime")
    sbn_datetime (*echo5)(sbn_datetime value);
    SBN_OPERATION_CONTRACT(.name = "EchoDateTimeOffset")
    sbn_datetime_offset (*echo6)(sbn_datetime_offset value);
    SBN_OPERATION_CONTRACT(.name = "EchoDecimal")
    sbn_decimal (*echo7)(sbn_decimal value);
    SBN_OPERATION_CONTRACT(.name = "EchoDouble")
    double (*echo8)(double value);
    SBN_OPERATION_CONTRACT(.name = "EchoFloat")
    float (*echo9)(float value);
    SBN_OPERATION_CONTRACT(.name = "EchoGuid")
    sbn_guid (*echo10)(sbn_guid value);
    SBN_OPERATION_CONTRACT(.name = "EchoInt")
    int (*echo11)(int value);
    SBN_OPERATION_CONTRACT(.name = "EchoLong")
    int64_t (*echo12)(int64_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoSByte")
    int8_t (*echo13)(int8_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoShort")
    int16_t (*echo14)(int16_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoTimeSpan")
    sbn_duration (*echo15)(sbn_duration value);
    SBN_OPERATION_CONTRACT(.name = "EchoUInt")
    uint32_t (*echo16)(uint32_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoULong")
    uint64_t (*echo17)(uint64_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoUShort")
    uint16_t (*echo18)(uint16_t value);
    SBN_OPERATION_CONTRACT(.name = "EchoAccess")
    enum access (*echo19)(enum access value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableBool")
    const bool *(*echo20)(const bool *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableByte")
    const uint8_t *(*echo21)(const uint8_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableChar")
    const sbn_char *(*echo22)(const sbn_char *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableColour")
    const enum colour *(*echo23)(const enum colour *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableDateTime")
    const sbn_datetime *(*echo24)(const sbn_datetime *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableDateTimeOffset")
    const sbn_datetime_offset *(*echo25)(const sbn_datetime_offset *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableDecimal")
    const sbn_decimal *(*echo26)(const sbn_decimal *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableDouble")
    const double *(*echo27)(const double *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableFloat")
    const float *(*echo28)(const float *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableGuid")
    const sbn_guid *(*echo29)(const sbn_guid *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableInt")
    const int *(*echo30)(const int *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableLong")
    const int64_t *(*echo31)(const int64_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableSByte")
    const int8_t *(*echo32)(const int8_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableShort")
    const int16_t *(*echo33)(const int16_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableTimeSpan")
    const sbn_duration *(*echo34)(const sbn_duration *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableUInt")
    const uint32_t *(*echo35)(const uint32_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableULong")
    const uint64_t *(*echo36)(const uint64_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableUShort")
    const uint16_t *(*echo37)(const uint16_t *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullableAccess")
    const enum access *(*echo38)(const enum access *value);
    SBN_OPERATION_CONTRACT(.name = "EchoString")
    const char *(*echo39)(const char *value);
    SBN_OPERATION_CONTRACT(.name = "EchoBytes")
    sbn_bytes (*echo40)(sbn_bytes value);
    SBN_OPERATION_CONTRACT(.name = "EchoUri")
    sbn_uri (*echo41)(sbn_uri value);
    SBN_OPERATION_CONTRACT(.name = "EchoQName")
    sbn_qname (*echo42)(sbn_qname value);
    SBN_OPERATION_CONTRACT(.name = "EchoObject")
    sbn_xml (*echo43)(sbn_xml value);
    SBN_OPERATION_CONTRACT(.name = "EchoXmlElement")
    sbn_xml_element (*echo44)(sbn_xml_element value);
    SBN_OPERATION_CONTRACT(.name = "EchoPriority")
    enum priority (*echo45)(enum priority value);
    SBN_OPERATION_CONTRACT(.name = "EchoBits")
    enum bits (*echo66)(enum bits value);
    SBN_OPERATION_CONTRACT(.name = "EchoDateOnly")
    sbn_date_only (*echo67)(sbn_date_only value);
    SBN_OPERATION_CONTRACT(.name = "EchoTimeOnly")
    sbn_time_only (*echo68)(sbn_time_only value);
};

SBN_SERVICE_CONTRACT(.name = "ITypes", .ns = "urn:sebon:interop:types",
                     .service = "TypesService")
struct complex {
    SBN_OPERATION_CONTRACT(.name = "EchoCollections")
    struct collections *(*echo46)(const struct collections *value);
    SBN_OPERATION_CONTRACT(.name = "EchoGraph")
    struct graph *(*echo47)(const struct graph *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNode")
    struct node *(*echo48)(const struct node *value);
    SBN_OPERATION_CONTRACT(.name = "EchoOldStyle")
    struct old_style *(*echo49)(const struct old_style *value);
    SBN_OPERATION_CONTRACT(.name = "EchoOrdered")
    struct ordered *(*echo50)(const struct ordered *value);
    SBN_OPERATION_CONTRACT(.name = "EchoPlain")
    struct plain *(*echo51)(const struct plain *value);
    SBN_OPERATION_CONTRACT(.name = "EchoRequired")
    struct required *(*echo52)(const struct required *value);
    SBN_OPERATION_CONTRACT(.name = "EchoShape")
    struct shape *(*echo53)(const struct shape *value);
    SBN_OPERATION_CONTRACT(.name = "EchoStrangeName")
    struct strange_name *(*echo54)(const struct strange_name *value);
    SBN_OPERATION_CONTRACT(.name = "EchoTree")
    struct tree *(*echo55)(const struct tree *value);
    SBN_OPERATION_CONTRACT(.name = "EchoWeird")
    struct weird *(*echo56)(const struct weird *value);
    SBN_OPERATION_CONTRACT(.name = "EchoMoney")
    struct money (*echo57)(struct money value);
    SBN_OPERATION_CONTRACT(.name = "EchoDictionary")
    SBN_MAP(const char *, int) (*echo58)(SBN_MAP(const char *, int) value);
    SBN_OPERATION_CONTRACT(.name = "EchoInts")
    SBN_ARRAY(int) (*echo59)(SBN_ARRAY(int) value);
    SBN_OPERATION_CONTRACT(.name = "EchoJagged")
    SBN_ARRAY(SBN_ARRAY(int)) (*echo60)(SBN_ARRAY(SBN_ARRAY(int)) value);
    SBN_OPERATION_CONTRACT(.name = "EchoPoints")
    SBN_ARRAY(const struct point *)
    (*echo61)(SBN_ARRAY(const struct point *) value);
    SBN_OPERATION_CONTRACT(.name = "EchoPrices")
    price_list (*echo62)(price_list value);
    SBN_OPERATION_CONTRACT(.name = "EchoShapes")
    SBN_ARRAY(const struct shape *)
    (*echo63)(SBN_ARRAY(const struct shape *) value);
    SBN_OPERATION_CONTRACT(.name = "EchoStrings")
    SBN_ARRAY(const char *) (*echo64)(SBN_ARRAY(const char *) value);
    SBN_OPERATION_CONTRACT(.name = "EchoTags")
    tag_list (*echo65)(tag_list value);
    SBN_OPERATION_CONTRACT(.name = "EchoPrimitives")
    struct Primitives *(*echo70)(const struct Primitives *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNullables")
    struct Nullables *(*echo71)(const struct Nullables *value);
    SBN_OPERATION_CONTRACT(.name = "EchoDefaults")
    struct defaults *(*echo72)(const struct defaults *value);
    SBN_OPERATION_CONTRACT(.name = "EchoDrawing")
    struct drawing *(*echo73)(const struct drawing *value);
    SBN_OPERATION_CONTRACT(.name = "EchoAnimal")
    struct animal *(*echo74)(const struct animal *value);
    SBN_OPERATION_CONTRACT(.name = "EchoBoxInt")
    struct int_box *(*echo75)(const struct int_box *value);
    SBN_OPERATION_CONTRACT(.name = "EchoBoxPoint")
    struct point_box *(*echo76)(const struct point_box *value);
    SBN_OPERATION_CONTRACT(.name = "EchoBoxBox")
    struct box_box *(*echo77)(const struct box_box *value);
    SBN_OPERATION_CONTRACT(.name = "EchoTwo")
    struct two *(*echo78)(const struct two *value);
    SBN_OPERATION_CONTRACT(.name = "EchoThing")
    struct thing *(*echo79)(const struct thing *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNested")
    struct nested *(*echo80)(const struct nested *value);
    SBN_OPERATION_CONTRACT(.name = "EchoNestedDictionary")
    SBN_MAP(const char *, SBN_MAP(int, const char *))
    (*echo81)(SBN_MAP(const char *, SBN_MAP(int, const char *)) value);
};

SBN_SERVICE_CONTRACT(.ns = "urn:sebon:interop:types",
                     .service = "VersionsService")
struct versions {
    SBN_OPERATION_CONTRACT()
    struct document *(*echo_document)(const struct document *value);
    SBN_OPERATION_CONTRACT()
    struct document *(*echo_new)(const struct document *value);
    SBN_OPERATION_CONTRACT()
    struct document *(*echo_strict)(const struct document *value);
};

#endif
