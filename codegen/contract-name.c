/* SPDX-License-Identifier: Apache-2.0 */
/* C names become XML names. */
#include <string.h>

#include <libxml/parserInternals.h>

#include "codegen/contract-model.h"
#include "codegen/text.h"
#include "runtime/base/text.h"

static bool
has_capitals(const char *name)
{
    for (; *name != '\0'; name++)
        if (*name >= 'A' && *name <= 'Z')
            return true;
    return false;
}

static const char *
humps(const char *name, bool capital)
{
    char *result, *to;

    if (has_capitals(name))
        return name;
    result = to = mem_str(name);
    for (; *name != '\0'; name++) {
        if (*name == '_') {
            capital = capital || to > result;
            continue;
        }
        *to++ = capital && *name >= 'a' && *name <= 'z'
                    ? (char)(*name - 'a' + 'A')
                    : *name;
        capital = false;
    }
    *to = '\0';
    return *result == '\0' ? "_" : result;
}

const char *
contract_pascal(const char *name)
{
    return humps(name, true);
}

const char *
contract_camel(const char *name)
{
    return humps(name, false);
}

/* The character at *text, which is UTF-8; *text goes behind it. */
static unsigned
next_character(const char **text)
{
    unsigned char c = (unsigned char)*(*text)++;
    unsigned value, more;

    if (c < 0x80)
        return c;
    more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
    value = c & (0x3fu >> more);
    while (more-- > 0 && **text != '\0')
        value = value << 6 | ((unsigned char)*(*text)++ & 0x3fu);
    return value;
}

/* Namespaces in XML 1.0, NCName; XML 1.0 (fourth edition), B. */
static bool
may_stand(unsigned c, bool first)
{
    if (c == '_' || xmlIsLetter((int)c))
        return true;
    return !first && (c == '-' || c == '.' || xmlIsDigitQ(c) ||
                      xmlIsCombiningQ(c) || xmlIsExtenderQ(c));
}

const char *
contract_encode(const char *name)
{
    struct text text = {NULL, 0, 0, 0};
    const char *from = name, *start = name;

    text_put(&text, "");
    while (*from != '\0') {
        unsigned c;

        start = from;
        c = next_character(&from);
        if (may_stand(c, start == name))
            text_putn(&text, start, (size_t)(from - start));
        else
            text_printf(&text, c > 0xffff ? "_x%08X_" : "_x%04X_", c);
    }
    return text.size == 0 ? "_" : text.data;
}

const char *
contract_under(const char *ns, const char *what)
{
    size_t size = strlen(ns);

    if (size == 0)
        return what;
    return mem_printf("%s%s%s", ns, ns[size - 1] == '/' ? "" : "/", what);
}
