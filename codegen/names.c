/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/names.h"

#include <stdint.h>
#include <string.h>

#include "codegen/text.h"

/* ---- Characters ---------------------------------------------------------- */

static bool
is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char
to_lower(char c)
{
    return is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static char
to_upper(char c)
{
    return is_lower(c) ? (char)(c - ('a' - 'A')) : c;
}

/* The letters U+00A0 .. U+017F in ASCII, a blank where there is nothing like
 * them; some take two. */
static const char *const latin[] = {
    " ", " ", " ", " ",   " ",  " ",  " ", " ", " ", " ",  "a",  " ",  " ",
    " ", " ", " ", "deg", " ",  "2",  "3", " ", "u", " ",  " ",  " ",  "1",
    "o", " ", " ", " ",   " ",  " ",  "A", "A", "A", "A",  "A",  "A",  "AE",
    "C", "E", "E", "E",   "E",  "I",  "I", "I", "I", "D",  "N",  "O",  "O",
    "O", "O", "O", " ",   "O",  "U",  "U", "U", "U", "Y",  "TH", "ss", "a",
    "a", "a", "a", "a",   "a",  "ae", "c", "e", "e", "e",  "e",  "i",  "i",
    "i", "i", "d", "n",   "o",  "o",  "o", "o", "o", " ",  "o",  "u",  "u",
    "u", "u", "y", "th",  "y",  "A",  "a", "A", "a", "A",  "a",  "C",  "c",
    "C", "c", "C", "c",   "C",  "c",  "D", "d", "D", "d",  "E",  "e",  "E",
    "e", "E", "e", "E",   "e",  "E",  "e", "G", "g", "G",  "g",  "G",  "g",
    "G", "g", "H", "h",   "H",  "h",  "I", "i", "I", "i",  "I",  "i",  "I",
    "i", "I", "i", "IJ",  "ij", "J",  "j", "K", "k", "k",  "L",  "l",  "L",
    "l", "L", "l", "L",   "l",  "L",  "l", "N", "n", "N",  "n",  "N",  "n",
    "n", "N", "n", "O",   "o",  "O",  "o", "O", "o", "OE", "oe", "R",  "r",
    "R", "r", "R", "r",   "S",  "s",  "S", "s", "S", "s",  "S",  "s",  "T",
    "t", "T", "t", "T",   "t",  "U",  "u", "U", "u", "U",  "u",  "U",  "u",
    "U", "u", "U", "u",   "W",  "w",  "Y", "y", "Y", "Z",  "z",  "Z",  "z",
    "Z", "z", "s"};

/* The code point at *text, which is stepped over; libxml2 gives UTF-8. */
static uint32_t
next_char(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    uint32_t c = *at++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;

    if (more > 0)
        c &= 0x3fu >> more;
    while (more-- > 0 && (*at & 0xc0) == 0x80)
        c = (c << 6) | (*at++ & 0x3fu);
    *text = (const char *)at;
    return c;
}

static int
hex_digit(char c)
{
    c = to_lower(c);
    if (is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* .NET writes what is no name character as _xHHHH_. */
static bool
escaped_char(const char **text, uint32_t *ret)
{
    const char *at = *text;
    uint32_t c = 0;
    int i;

    if (at[0] != '_' || at[1] != 'x')
        return false;
    for (i = 2; i < 6; i++) {
        if (hex_digit(at[i]) < 0)
            return false;
        c = c * 16 + (uint32_t)hex_digit(at[i]);
    }
    if (at[6] != '_')
        return false;
    *text = at + 7;
    *ret = c;
    return true;
}

/* Letters, digits and blanks. */
static const char *
to_ascii(const char *xml)
{
    struct text out = {NULL, 0, 0, 0};
    uint32_t c;

    text_put(&out, "");
    while (*xml != '\0') {
        if (!escaped_char(&xml, &c))
            c = next_char(&xml);
        if (c < 0x80) {
            char ascii = (char)c;

            if (!is_upper(ascii) && !is_lower(ascii) && !is_digit(ascii))
                ascii = ' ';
            text_putn(&out, &ascii, 1);
        } else if (c >= 0xa0 && c < 0x180) {
            text_put(&out, latin[c - 0xa0]);
        } else {
            text_printf(&out, " u%x ", (unsigned)c);
        }
    }
    return out.data;
}

/* Whether a word begins at at[0], at[-1] being part of the text. */
static bool
begins_word(const char *at)
{
    if (!is_upper(at[0]))
        return false;
    if (!is_upper(at[-1]))
        return at[-1] != ' ';
    /* the last capital of a run begins the next word: HTTPServer; but for the
     * plural of an abbreviation: IDs */
    return is_lower(at[1]) &&
           !(at[1] == 's' && !is_lower(at[2]) && !is_digit(at[2]));
}

/* Words joined by underscores. */
static const char *
words(const char *xml)
{
    const char *ascii = to_ascii(xml), *at;
    struct text out = {NULL, 0, 0, 0};
    char c;

    text_put(&out, "");
    for (at = ascii; *at != '\0'; at++) {
        bool blank = *at == ' ';

        if (out.size > 0 && out.data[out.size - 1] != '_' &&
            (blank || begins_word(at)))
            text_put(&out, "_");
        c = to_lower(*at);
        if (!blank)
            text_putn(&out, &c, 1);
    }
    while (out.size > 0 && out.data[out.size - 1] == '_')
        out.data[--out.size] = '\0';
    return out.data;
}

const char *
name_snake(const char *xml)
{
    const char *name = words(xml);

    if (*name == '\0')
        return "x";
    return is_digit(*name) ? mem_printf("n%s", name) : name;
}

const char *
name_upper(const char *xml)
{
    char *name = mem_str(words(xml)), *at;

    if (*name == '\0')
        return *xml == '\0' ? "EMPTY" : "X";
    for (at = name; *at != '\0'; at++)
        *at = to_upper(*at);
    return name;
}

/* ---- Words with a meaning ------------------------------------------------ */

static const char *const reserved[] = {
    /* C */
    "auto",
    "break",
    "case",
    "char",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extern",
    "float",
    "for",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "register",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "switch",
    "typedef",
    "union",
    "unsigned",
    "void",
    "volatile",
    "while",
    "alignas",
    "alignof",
    "bool",
    "complex",
    "constexpr",
    "false",
    "imaginary",
    "noreturn",
    "nullptr",
    "static_assert",
    "thread_local",
    "true",
    "typeof",
    "typeof_unqual",
    "asm",
    "fortran",
    /* C++ */
    "and",
    "and_eq",
    "bitand",
    "bitor",
    "catch",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const_cast",
    "consteval",
    "constinit",
    "decltype",
    "delete",
    "dynamic_cast",
    "explicit",
    "export",
    "final",
    "friend",
    "import",
    "module",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "operator",
    "or",
    "or_eq",
    "override",
    "private",
    "protected",
    "public",
    "reinterpret_cast",
    "requires",
    "static_cast",
    "template",
    "this",
    "throw",
    "try",
    "typeid",
    "typename",
    "using",
    "virtual",
    "wchar_t",
    "xor",
    "xor_eq",
    /* macros of compilers and system headers */
    "errno",
    "stdin",
    "stdout",
    "stderr",
    "linux",
    "unix",
    "i386",
    "sun",
    "vax",
    "mips",
    "hpux",
    "sgi",
    "arm",
    "major",
    "minor",
    "makedev",
    "assert",
    "offsetof",
    "environ",
    "setjmp",
    "va_arg",
    "va_start",
    "va_end",
    "va_copy",
    "signal",
    "st_atime",
    "st_mtime",
    "st_ctime",
    "si_value",
    "s_addr",
    "sa_handler",
    "isnan",
    "isinf",
    "near",
    "far",
    "huge",
    "interface",
    "small",
    "hyper",
    "pascal",
    "cdecl",
    "min",
    "max",
    "log",
    "exp",
    "pow",
};

const char *
name_safe(const char *name)
{
    size_t i;

    for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (strcmp(name, reserved[i]) == 0)
            return mem_printf("%s_", name);
    return name;
}

bool
name_is_prefix(const char *text)
{
    size_t i;

    if (is_digit(text[0]) || text[0] == '\0' || text[0] == '_')
        return false;
    for (i = 0; text[i] != '\0'; i++)
        if (!is_upper(text[i]) && !is_lower(text[i]) && !is_digit(text[i]) &&
            text[i] != '_')
            return false;
    return name_safe(text) == text;
}

/* ---- Names made of names ------------------------------------------------- */

static bool
drop_end(char *name, const char *end)
{
    size_t size = strlen(name), tail = strlen(end);

    if (size <= tail || strcmp(name + size - tail, end) != 0)
        return false;
    name[size - tail] = '\0';
    return true;
}

const char *
name_prefix(const char *port_type)
{
    static const char *const ends[] = {"PortType", "Soap", "SOAP", "HttpPost",
                                       "HttpGet",  "Port", "_",    "."};
    char *name = mem_str(port_type);
    bool again = true;
    size_t i;

    if (name[0] == 'I' && is_upper(name[1]) && is_lower(name[2]))
        name++;
    while (again) {
        again = false;
        for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
            again |= drop_end(name, ends[i]);
    }
    drop_end(name, "Service");
    return name_safe(name_snake(name));
}

const char *
name_plural(const char *snake)
{
    size_t size = strlen(snake);

    if (size == 0 || snake[size - 1] == 's' || strcmp(snake, "any") == 0)
        return snake;
    if (strcmp(snake, "child") == 0)
        return "children";
    if (size > 1 && snake[size - 1] == 'y' &&
        strchr("aeiou", snake[size - 2]) == NULL)
        return mem_printf("%.*sies", (int)size - 1, snake);
    if (snake[size - 1] == 'x' ||
        (size > 1 && snake[size - 1] == 'h' &&
         (snake[size - 2] == 'c' || snake[size - 2] == 's')))
        return mem_printf("%ses", snake);
    return mem_printf("%ss", snake);
}

bool
scope_has(const struct scope *scope, const char *name)
{
    return map_get(&scope->used, name) != NULL;
}

void
scope_add(struct scope *scope, const char *name)
{
    map_put(&scope->used, name, scope);
}

const char *
scope_free(const struct scope *scope, const char *name)
{
    const char *free_name = name;
    unsigned n;

    for (n = 2; scope_has(scope, free_name); n++)
        free_name = mem_printf("%s_%u", name, n);
    return free_name;
}

const char *
scope_take(struct scope *scope, const char *name)
{
    const char *free_name = scope_free(scope, name);

    scope_add(scope, free_name);
    return free_name;
}

const char *
scope_take_word(struct scope *scope, const char *name)
{
    const char *taken = scope_take(scope, name), *safe = name_safe(taken);

    return safe == taken ? taken : scope_take(scope, safe);
}
