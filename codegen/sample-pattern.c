/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A string for a regular expression, written while the expression is read:
 * parts are made once and repeated, of a choice all branches are made and one
 * is taken, of a class the first character of a list that is in it.
 */
#include "codegen/sample-parts.h"

#include <string.h>

#include <libxml/parserInternals.h>

enum { LONGEST = 1 << 16, DEEPEST = 64, BRANCHES = SAMPLE_BRANCHES };

struct pattern {
    const char *at;
    unsigned stretch, variant;
    unsigned depth;
    bool bad;
};

/* ---- Characters ---------------------------------------------------------- */

/* The character at *at, which is moved behind it; 0 at the end. */
static uint32_t
next_char(const char **at)
{
    int size = 4;
    int c = xmlGetUTF8Char((const xmlChar *)*at, &size);

    if (**at == '\0')
        return 0;
    *at += c < 0 ? 1 : size;
    return c < 0 ? '?' : (uint32_t)c;
}

static void
put_char(struct text *text, uint32_t c)
{
    xmlChar bytes[8];
    int size = xmlCopyCharMultiByte(bytes, (int)c);

    text_putn(text, (const char *)bytes, (size_t)size);
}

static bool
is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool
is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
           (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f);
}

static bool
is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7) ||
           (c >= 0x3b1 && c <= 0x3c9) || (c >= 0x430 && c <= 0x44f);
}

static bool
is_letter(uint32_t c)
{
    return is_upper(c) || is_lower(c) || (c >= 0x5d0 && c <= 0x5ea) ||
           (c >= 0x620 && c <= 0x64a) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x4e00 && c <= 0x9fa5) || (c >= 0xac00 && c <= 0xd7a3);
}

static bool
is_one_of(uint32_t c, const char *chars)
{
    return c != 0 && c < 0x80 && strchr(chars, (int)c) != NULL;
}

static bool
is_name_start(uint32_t c)
{
    return is_letter(c) || c == '_' || c == ':';
}

static bool
is_name_char(uint32_t c)
{
    return is_name_start(c) || is_digit(c) || c == '.' || c == '-';
}

/* ---- Categories and blocks: as far as the characters go that we write ---- */

static bool
in_punctuation(char kind, uint32_t c)
{
    switch (kind) {
    case 'c':
        return c == '_';
    case 'd':
        return c == '-';
    case 's':
        return is_one_of(c, "([{");
    case 'e':
        return is_one_of(c, ")]}");
    case 'o':
        return is_one_of(c, "!\"#%&'*,./:;?@\\");
    case '\0':
        return is_one_of(c, "_-([{)]}!\"#%&'*,./:;?@\\");
    default:
        return false;
    }
}

static bool
in_symbol(char kind, uint32_t c)
{
    switch (kind) {
    case 'm':
        return is_one_of(c, "+<=>|~");
    case 'c':
        return c == '$' || c == 0x20ac;
    case 'k':
        return c == '^' || c == '`';
    case 'o':
        return c == 0xa9;
    default:
        return is_one_of(c, "+<=>|~$^`") || c == 0x20ac || c == 0xa9;
    }
}

static bool
in_category(const char *name, uint32_t c)
{
    switch (name[0]) {
    case 'L':
        return name[1] == 'u'   ? is_upper(c)
               : name[1] == 'l' ? is_lower(c)
               : name[1] == 'o' ? is_letter(c) && !is_upper(c) && !is_lower(c)
                                : name[1] == '\0' && is_letter(c);
    case 'N':
        return (name[1] == '\0' || name[1] == 'd') && is_digit(c);
    case 'P':
        return in_punctuation(name[1], c);
    case 'S':
        return in_symbol(name[1], c);
    case 'Z':
        return (name[1] == '\0' || name[1] == 's') && (c == ' ' || c == 0xa0);
    case 'M':
        return c >= 0x300 && c <= 0x36f;
    case 'C':
        return name[1] != 'f' && c < 0x20;
    default:
        return false;
    }
}

static bool
in_block(const char *name, uint32_t c)
{
    static const struct {
        const char *name;
        uint32_t from, to;
    } blocks[] = {
        {"BasicLatin", 0, 0x7f},
        {"Latin-1Supplement", 0x80, 0xff},
        {"LatinExtended-A", 0x100, 0x17f},
        {"LatinExtended-B", 0x180, 0x24f},
        {"CombiningDiacriticalMarks", 0x300, 0x36f},
        {"Greek", 0x370, 0x3ff},
        {"Cyrillic", 0x400, 0x4ff},
        {"Hebrew", 0x590, 0x5ff},
        {"Arabic", 0x600, 0x6ff},
        {"GeneralPunctuation", 0x2000, 0x206f},
        {"CurrencySymbols", 0x20a0, 0x20cf},
        {"Hiragana", 0x3040, 0x309f},
        {"Katakana", 0x30a0, 0x30ff},
        {"CJKUnifiedIdeographs", 0x4e00, 0x9fff},
        {"HangulSyllables", 0xac00, 0xd7a3},
    };
    size_t i;

    for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
        if (strcmp(blocks[i].name, name) == 0)
            return c >= blocks[i].from && c <= blocks[i].to;
    return false;
}

/* ---- Classes ------------------------------------------------------------- */

/* {name} behind \p or \P. */
static bool
in_property(struct pattern *p, uint32_t c)
{
    const char *end = *p->at == '{' ? strchr(p->at, '}') : NULL;
    const char *name;

    if (end == NULL) {
        p->bad = true;
        return false;
    }
    name = mem_strn(p->at + 1, (size_t)(end - p->at) - 1);
    p->at = end + 1;
    return strncmp(name, "Is", 2) == 0 ? in_block(name + 2, c)
                                       : in_category(name, c);
}

/* Of one character that is written with a backslash; 0: it is a class. */
static uint32_t
escaped_char(uint32_t c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return is_one_of(c, "sSiIcCdDwWpP") ? 0 : c;
    }
}

/* Whether c is in the class whose letter stood behind a backslash. */
static bool
in_escape(struct pattern *p, uint32_t letter, uint32_t c)
{
    switch (letter) {
    case 's':
        return is_one_of(c, " \t\r\n");
    case 'S':
        return !is_one_of(c, " \t\r\n");
    case 'i':
        return is_name_start(c);
    case 'I':
        return !is_name_start(c);
    case 'c':
        return is_name_char(c);
    case 'C':
        return !is_name_char(c);
    case 'd':
        return is_digit(c);
    case 'D':
        return !is_digit(c);
    case 'w':
        return is_letter(c) || is_digit(c) || in_symbol('\0', c);
    case 'W':
        return !is_letter(c) && !is_digit(c) && !in_symbol('\0', c);
    case 'p':
        return in_property(p, c);
    default:
        return !in_property(p, c);
    }
}

/* A range's end, or what stands alone; 0: a class, and *ret_in is set. */
static uint32_t
class_char(struct pattern *p, uint32_t c, bool *ret_in)
{
    uint32_t one = next_char(&p->at), escaped;

    *ret_in = false;
    if (one != '\\')
        return one;
    one = next_char(&p->at);
    escaped = escaped_char(one);
    if (escaped == 0)
        *ret_in = in_escape(p, one, c);
    return escaped;
}

/* Whether c is in the class behind the bracket; goes behind its end. */
static bool
in_class(struct pattern *p, uint32_t c)
{
    bool in = false, negated = false, minus = false, one_in;
    uint32_t from, to;

    if (*p->at == '^') {
        negated = true;
        p->at++;
    }
    while (*p->at != ']' && *p->at != '\0' && !p->bad) {
        if (p->at[0] == '-' && p->at[1] == '[' && ++p->depth < DEEPEST) {
            p->at += 2;
            minus = in_class(p, c);
            p->depth--;
            continue;
        }
        from = to = class_char(p, c, &one_in);
        if (from != 0 && p->at[0] == '-' && p->at[1] != ']' &&
            p->at[1] != '[') {
            p->at++;
            to = class_char(p, c, &one_in);
        }
        in |= one_in || (from != 0 && from <= c && c <= to);
    }
    if (*p->at == ']')
        p->at++;
    else
        p->bad = true;
    return in != negated && !minus;
}

/* Whether c is in the class at p->at, which may be a bracket or an escape. */
static bool
in_any_class(struct pattern *p, uint32_t c)
{
    uint32_t letter;

    if (*p->at == '[') {
        p->at++;
        return in_class(p, c);
    }
    p->at++;
    letter = next_char(&p->at);
    return in_escape(p, letter, c);
}

/* Tries c; goes back unless it fits. */
static bool
try_char(struct pattern *p, struct text *out, uint32_t c)
{
    const char *start = p->at;

    if (in_any_class(p, c)) {
        put_char(out, c);
        return true;
    }
    p->at = start;
    return false;
}

static void
write_class(struct pattern *p, struct text *out)
{
    static const char likely[] =
        "A1a0BCDEFGHIJKLMNOPQRSTUVWXYZbcdefghijklmnopqrstuvwxyz23456789"
        "-_.:/ +,;=()@!#$%&'*<>?[]^`{|}~\"\\\t\n\r";
    static const uint32_t others[] = {
        0xe4,  0xc4,   0xa0,   0x100,  0x180,  0x301,  0x3b1,  0x416,  0x5d0,
        0x627, 0x2014, 0x20ac, 0x3042, 0x30a2, 0x4e2d, 0xac00, 0xe000, 0x1f600};
    const char *start = p->at, *end, *named;
    size_t size = sizeof(likely) - 1, i;

    for (i = 0; i < size; i++)
        if (try_char(
                p, out,
                (unsigned char)likely[(i + p->variant / BRANCHES) % size]) ||
            p->bad)
            return;
    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (try_char(p, out, others[i]))
            return;
    /* what the class itself names */
    in_any_class(p, 0);
    end = p->at;
    for (named = start; named < end;) {
        uint32_t c = next_char(&named);

        p->at = start;
        if (c > 0x7f && try_char(p, out, c))
            return;
    }
    p->at = end;
}

/* ---- Expressions --------------------------------------------------------- */

static void write_choice(struct pattern *p, struct text *out);

static void
write_atom(struct pattern *p, struct text *out)
{
    const char *escape;
    uint32_t c;

    switch (*p->at) {
    case '(':
        p->at++;
        if (*p->at == '?' || ++p->depth > DEEPEST) {
            p->bad = true;
            return;
        }
        write_choice(p, out);
        p->depth--;
        if (*p->at != ')')
            p->bad = true;
        else
            p->at++;
        return;
    case '[':
        write_class(p, out);
        return;
    case '.':
        p->at++;
        text_put(out, "x");
        return;
    case '\\':
        escape = p->at + 1;
        c = escaped_char(next_char(&escape));
        if (c == 0) {
            write_class(p, out);
            return;
        }
        p->at = escape;
        put_char(out, c);
        return;
    case '?':
    case '*':
    case '+':
    case '\0':
        p->bad = true;
        return;
    default:
        put_char(out, next_char(&p->at));
        return;
    }
}

static unsigned
read_number(struct pattern *p)
{
    unsigned value = 0;

    while (is_digit((unsigned char)*p->at)) {
        value = value < LONGEST ? value * 10 + (unsigned)(*p->at - '0') : value;
        p->at++;
    }
    return value;
}

/* How often the atom before is to be there. */
static unsigned
read_quantifier(struct pattern *p)
{
    unsigned min = 1, max = 1, more;

    if (*p->at == '?' || *p->at == '*') {
        min = 0;
        max = *p->at++ == '?' ? 1 : LONGEST;
    } else if (*p->at == '+') {
        max = LONGEST;
        p->at++;
    } else if (*p->at == '{') {
        p->at++;
        min = max = read_number(p);
        if (*p->at == ',') {
            p->at++;
            max = *p->at == '}' ? LONGEST : read_number(p);
        }
        if (*p->at == '}')
            p->at++;
        else
            p->bad = true;
    }
    more = max > min ? max - min : 0;
    if (more > p->stretch)
        more = p->stretch;
    p->stretch -= more;
    return min + more;
}

static void
write_branch(struct pattern *p, struct text *out)
{
    while (*p->at != '|' && *p->at != ')' && *p->at != '\0' && !p->bad) {
        struct text atom = {NULL, 0, 0, 0};
        unsigned count;

        write_atom(p, &atom);
        for (count = read_quantifier(p); count > 0 && !p->bad; count--) {
            if (out->size + atom.size > LONGEST)
                p->bad = true;
            else if (atom.size > 0)
                text_putn(out, atom.data, atom.size);
        }
    }
}

static void
write_choice(struct pattern *p, struct text *out)
{
    struct vec branches = {NULL, 0, 0};
    unsigned stretch = p->stretch, left[BRANCHES];
    struct text *chosen;
    size_t number;

    for (;;) {
        struct text *branch = NEW(struct text);

        p->stretch = stretch;
        write_branch(p, branch);
        left[branches.count % BRANCHES] = p->stretch;
        vec_add(&branches, branch);
        if (*p->at != '|' || p->bad)
            break;
        p->at++;
    }
    number = p->variant % BRANCHES % branches.count;
    p->stretch = left[number];
    chosen = VEC(&branches, struct text, number);
    if (chosen->size > 0)
        text_putn(out, chosen->data, chosen->size);
}

const char *
sample_pattern(const char *pattern, unsigned stretch, unsigned variant)
{
    struct pattern p = {pattern, stretch, variant, 0, false};
    struct text out = {NULL, 0, 0, 0};

    write_choice(&p, &out);
    if (p.bad || *p.at != '\0')
        return NULL;
    return out.data == NULL ? "" : out.data;
}
