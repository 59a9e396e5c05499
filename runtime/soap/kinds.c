/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to know of a kind: its C type's size, XML Schema's name of it,
 * whether NULL is a value of it. */
#include "runtime/soap/codec.h"

static const struct {
    const char *name;
    uint8_t size;
    bool is_exact; /* no other type of XML Schema is kept as it */
} kinds[] = {
    [SBN_K_BOOL] = {"boolean", sizeof(bool), true},
    [SBN_K_INT8] = {"byte", 1, true},
    [SBN_K_INT16] = {"short", 2, true},
    [SBN_K_INT32] = {"int", 4, true},
    [SBN_K_INT64] = {"long", 8, true},
    [SBN_K_UINT8] = {"unsignedByte", 1, true},
    [SBN_K_UINT16] = {"unsignedShort", 2, true},
    [SBN_K_UINT32] = {"unsignedInt", 4, true},
    [SBN_K_UINT64] = {"unsignedLong", 8, true},
    [SBN_K_FLOAT] = {"float", sizeof(float), true},
    [SBN_K_DOUBLE] = {"double", sizeof(double), true},
    [SBN_K_DECIMAL] = {"decimal", sizeof(sbn_decimal), true},
    [SBN_K_INTEGER] = {"integer", sizeof(sbn_decimal), false},
    [SBN_K_STRING] = {"string", sizeof(char *), true},
    [SBN_K_TOKEN] = {"token", sizeof(char *), false},
    [SBN_K_ENUM] = {"enumeration", sizeof(int), false},
    [SBN_K_DATETIME] = {"dateTime", sizeof(sbn_datetime), true},
    [SBN_K_DATE] = {"date", sizeof(sbn_datetime), true},
    [SBN_K_TIME] = {"time", sizeof(sbn_datetime), true},
    [SBN_K_GYEAR] = {"gYear", sizeof(sbn_datetime), true},
    [SBN_K_GYEARMONTH] = {"gYearMonth", sizeof(sbn_datetime), true},
    [SBN_K_GMONTH] = {"gMonth", sizeof(sbn_datetime), true},
    [SBN_K_GMONTHDAY] = {"gMonthDay", sizeof(sbn_datetime), true},
    [SBN_K_GDAY] = {"gDay", sizeof(sbn_datetime), true},
    [SBN_K_DURATION] = {"duration", sizeof(sbn_duration), true},
    [SBN_K_BASE64] = {"base64Binary", sizeof(sbn_bytes), true},
    [SBN_K_HEX] = {"hexBinary", sizeof(sbn_bytes), true},
    [SBN_K_QNAME] = {"QName", sizeof(sbn_qname), false},
    [SBN_K_XML] = {"anyType", sizeof(sbn_xml), false},
    [SBN_K_STRUCT] = {"structure", 0, false},
};

const char *
sbn__kind_name(unsigned kind)
{
    return kind <= SBN_K_STRUCT ? kinds[kind].name : "anyType";
}

const char *
sbn__kind_type(unsigned kind)
{
    return kind <= SBN_K_STRUCT && kinds[kind].is_exact ? kinds[kind].name
                                                        : NULL;
}

size_t
sbn__kind_size(unsigned kind)
{
    return kind <= SBN_K_STRUCT ? kinds[kind].size : 0;
}

size_t
sbn__value_size(const sbn_field *field)
{
    return field->kind == SBN_K_STRUCT ? ((const sbn_type *)field->type)->size
                                       : sbn__kind_size(field->kind);
}

bool
sbn__kind_is_pointer(unsigned kind)
{
    switch (kind) {
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
    case SBN_K_STRING:
    case SBN_K_TOKEN:
    case SBN_K_BASE64:
    case SBN_K_HEX:
    case SBN_K_QNAME:
    case SBN_K_XML:
        return true;
    default:
        return false;
    }
}

bool
sbn__value_is_null(unsigned kind, const void *value)
{
    switch (kind) {
    case SBN_K_DECIMAL:
    case SBN_K_INTEGER:
    case SBN_K_STRING:
    case SBN_K_TOKEN:
        return *(const char *const *)value == NULL;
    case SBN_K_BASE64:
    case SBN_K_HEX:
        return ((const sbn_bytes *)value)->data == NULL;
    case SBN_K_QNAME:
        return ((const sbn_qname *)value)->local == NULL;
    case SBN_K_XML:
        return ((const sbn_xml *)value)->text == NULL;
    default:
        return false;
    }
}
