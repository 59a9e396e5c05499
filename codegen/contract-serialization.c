/* SPDX-License-Identifier: Apache-2.0 */
/* The schema http://schemas.microsoft.com/2003/10/Serialization/. */
#include <string.h>

#include "codegen/contract-emit.h"

static const char *const simple[] = {
    "anyType",     "anyURI",       "base64Binary", "boolean", "byte",
    "dateTime",    "decimal",      "double",       "float",   "int",
    "long",        "QName",        "short",        "string",  "unsignedByte",
    "unsignedInt", "unsignedLong", "unsignedShort"};

static void
put_element(struct text *text, const char *name, const char *prefix)
{
    text_printf(text,
                "  <xs:element name=\"%s\" nillable=\"true\" "
                "type=\"%s:%s\"/>\n",
                name, prefix, name);
}

void
schema_serialization(struct schema_set *set, struct text *text)
{
    size_t i;

    for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
        put_element(text, simple[i], "xs");
    put_element(text, "char", "tns");
    text_put(text, "  <xs:simpleType name=\"char\">\n"
                   "    <xs:restriction base=\"xs:int\"/>\n"
                   "  </xs:simpleType>\n");
    put_element(text, "duration", "tns");
    text_put(text,
             "  <xs:simpleType name=\"duration\">\n"
             "    <xs:restriction base=\"xs:duration\">\n"
             "      <xs:pattern "
             "value=\"\\-?P(\\d*D)?(T(\\d*H)?(\\d*M)?(\\d*(\\.\\d*)?S)?)?\"/>\n"
             "      <xs:minInclusive value=\"-P10675199DT2H48M5.4775808S\"/>\n"
             "      <xs:maxInclusive value=\"P10675199DT2H48M5.4775807S\"/>\n"
             "    </xs:restriction>\n  </xs:simpleType>\n");
    put_element(text, "guid", "tns");
    text_put(text, "  <xs:simpleType name=\"guid\">\n"
                   "    <xs:restriction base=\"xs:string\">\n"
                   "      <xs:pattern value=\"[\\da-fA-F]{8}-[\\da-fA-F]{4}-"
                   "[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}\"/>\n"
                   "    </xs:restriction>\n  </xs:simpleType>\n"
                   "  <xs:attribute name=\"FactoryType\" type=\"xs:QName\"/>\n"
                   "  <xs:attribute name=\"Id\" type=\"xs:ID\"/>\n"
                   "  <xs:attribute name=\"Ref\" type=\"xs:IDREF\"/>\n");
    if (set->has_date_only)
        text_put(text, "  <xs:simpleType name=\"dateOnly\">\n"
                       "    <xs:restriction base=\"xs:date\">\n"
                       "      <xs:pattern value=\"([0-9]{4})-(0[1-9]|1[0-2])-"
                       "(0[1-9]|[12][0-9]|3[01])\"/>\n"
                       "    </xs:restriction>\n  </xs:simpleType>\n");
    if (set->has_time_only)
        text_put(text,
                 "  <xs:simpleType name=\"timeOnly\">\n"
                 "    <xs:restriction base=\"xs:time\">\n"
                 "      <xs:pattern value=\"([01][0-9]|2[0-3]):([0-5][0-9])"
                 "(:([0-5][0-9])(\\.[0-9]{1,7})?)?\"/>\n"
                 "    </xs:restriction>\n  </xs:simpleType>\n");
}
