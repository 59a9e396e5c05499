/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of types become schema documents. */
#include "codegen/wellknown-table.h"

#include <string.h>

#define NS_XSD "http://www.w3.org/2001/XMLSchema"
#define NS_XML "http://www.w3.org/XML/1998/namespace"

static bool read_content(struct wk_reader *reader, xmlNodePtr parent,
                         const struct wk_line *line);

static bool
is_word(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* ---- Simple types -------------------------------------------------------- */

static bool read_simple_part(struct wk_reader *reader, xmlNodePtr parent,
                             const struct wk_line *line);

static bool
is_simple(const char *word)
{
    static const char *const words[] = {"list", "restrict", "union", NULL};

    return is_word(word, words);
}

static const char *
qnames(const struct wk_reader *reader, const struct wk_line *line, size_t i)
{
    const char *all = NULL;

    for (; i < line->words.count; i++) {
        const char *name = wk_qname(reader, wk_word(line, i));

        all = all == NULL ? name : mem_printf("%s %s", all, name);
    }
    return all;
}

/* "list T", "union T...", "restrict T" at word i; what stands in the block is
 * facets, or simple types without name. */
static void
read_simple(struct wk_reader *reader, xmlNodePtr parent,
            const struct wk_line *line, size_t i, const char *name)
{
    xmlNodePtr type = wk_add(reader, parent, line, "simpleType"), inner;
    const char *types = qnames(reader, line, i + 1);

    if (name != NULL)
        wk_set(type, "name", name);
    if (wk_says(line, i, "list")) {
        inner = wk_add(reader, type, line, "list");
        if (types != NULL)
            wk_set(inner, "itemType", types);
    } else if (wk_says(line, i, "union")) {
        inner = wk_add(reader, type, line, "union");
        if (types != NULL)
            wk_set(inner, "memberTypes", types);
    } else {
        inner = wk_add(reader, type, line, "restriction");
        if (types != NULL)
            wk_set(inner, "base", types);
    }
    wk_block(reader, inner, line->depth + 1, read_simple_part);
}

static bool
read_simple_part(struct wk_reader *reader, xmlNodePtr parent,
                 const struct wk_line *line)
{
    static const char *const facets[] = {"maxInclusive", "minInclusive",
                                         "minLength", "pattern", NULL};
    const char *word = wk_word(line, 0);
    size_t i;

    if (strcmp(word, "simple") == 0) {
        read_simple(reader, parent, line, 1, NULL);
        return true;
    }
    if (strcmp(word, "enum") == 0) {
        for (i = 1; i < line->words.count; i++)
            wk_set(wk_add(reader, parent, line, "enumeration"), "value",
                   wk_says(line, i, "\"\"") ? "" : wk_word(line, i));
        return true;
    }
    if (!is_word(word, facets) || line->words.count != 2)
        return false;
    wk_set(wk_add(reader, parent, line, word), "value", wk_word(line, 1));
    return true;
}

/* ---- Complex types ------------------------------------------------------- */

/* Where the content of a type that derives from base goes. */
static xmlNodePtr
derive(struct wk_reader *reader, xmlNodePtr type, const struct wk_line *line,
       const char *how, const char *base)
{
    bool text = strcmp(how, "text") == 0;
    xmlNodePtr content =
        wk_add(reader, type, line, text ? "simpleContent" : "complexContent");
    xmlNodePtr derivation =
        wk_add(reader, content, line,
               strcmp(how, "restricts") == 0 ? "restriction" : "extension");

    wk_set(derivation, "base", wk_qname(reader, base));
    return derivation;
}

/* From word i on: mixed, abstract, final F, extends T, restricts T, text T;
 * then the block. */
static bool
read_complex(struct wk_reader *reader, xmlNodePtr parent,
             const struct wk_line *line, size_t i, const char *name)
{
    static const char *const derivations[] = {"extends", "restricts", "text",
                                              NULL};
    xmlNodePtr type = wk_add(reader, parent, line, "complexType");
    xmlNodePtr content = type;
    const char *word, *next;

    if (name != NULL)
        wk_set(type, "name", name);
    for (; (word = wk_word(line, i)) != NULL; i++) {
        next = wk_word(line, i + 1);
        if (strcmp(word, "mixed") == 0 || strcmp(word, "abstract") == 0) {
            wk_set(type, word, "true");
        } else if (next == NULL) {
            return false;
        } else if (strcmp(word, "final") == 0) {
            wk_set(type, word, next);
            i++;
        } else if (is_word(word, derivations)) {
            content = derive(reader, type, line, word, next);
            i++;
        } else {
            return false;
        }
    }
    wk_block(reader, content, line->depth + 1, read_content);
    return true;
}

/* ---- Elements and attributes --------------------------------------------- */

/* The type of the element or attribute node, its default and its flags, from
 * word i on. */
static bool
read_type(struct wk_reader *reader, xmlNodePtr node, const struct wk_line *line,
          size_t i)
{
    static const char *const flags[] = {"abstract", "nillable", NULL};
    const char *word = wk_word(line, i);

    if (word != NULL && is_simple(word)) {
        read_simple(reader, node, line, i, NULL);
        return true;
    }
    if (word != NULL && strcmp(word, "type") == 0)
        return read_complex(reader, node, line, i + 1, NULL);
    if (word != NULL && *word != '=' && !is_word(word, flags)) {
        wk_set(node, "type", wk_qname(reader, word));
        i++;
    } else if (word == NULL && wk_has_block(reader, line)) {
        return read_complex(reader, node, line, i, NULL);
    }
    for (; (word = wk_word(line, i)) != NULL; i++) {
        if (is_word(word, flags)) {
            wk_set(node, word, "true");
        } else if (*word == '=' && wk_word(line, i + 1) != NULL) {
            wk_set(node, strcmp(word, "==") == 0 ? "fixed" : "default",
                   wk_word(line, i + 1));
            i++;
        } else {
            return false;
        }
    }
    return true;
}

/* ?, *, +, {2,*} or nothing. */
static bool
set_occurs(xmlNodePtr node, const char *suffix)
{
    char *comma;

    if (strcmp(suffix, "?") == 0 || strcmp(suffix, "*") == 0)
        wk_set(node, "minOccurs", "0");
    if (strcmp(suffix, "+") == 0 || strcmp(suffix, "*") == 0)
        wk_set(node, "maxOccurs", "unbounded");
    if (*suffix != '{')
        return strspn(suffix, "?*+") == strlen(suffix) && strlen(suffix) < 2;
    suffix = mem_strn(suffix + 1, strcspn(suffix + 1, "}"));
    comma = strchr(suffix, ',');
    if (comma == NULL)
        return false;
    *comma = '\0';
    wk_set(node, "minOccurs", suffix);
    wk_set(node, "maxOccurs", comma[1] == '*' ? "unbounded" : comma + 1);
    return true;
}

/* "<Name>?" and what follows. */
static bool
read_element(struct wk_reader *reader, xmlNodePtr parent,
             const struct wk_line *line)
{
    xmlNodePtr node = wk_add(reader, parent, line, "element");
    const char *name = wk_word(line, 0) + 1;
    const char *end = strchr(name, '>');

    if (end == NULL)
        return false;
    wk_set(node, "name", mem_strn(name, (size_t)(end - name)));
    return set_occurs(node, end + 1) && read_type(reader, node, line, 1);
}

static bool
read_wildcard(xmlNodePtr node, const struct wk_line *line, size_t i,
              const char *ns)
{
    wk_set(node, "namespace", ns);
    if (!wk_says(line, i, "strict"))
        wk_set(node, "processContents", "lax");
    return line->words.count <= i + 1;
}

/* "@name", "@name!", "@&ref", "@any", "@other", "@in NAMESPACE" */
static bool
read_attribute(struct wk_reader *reader, xmlNodePtr parent,
               const struct wk_line *line)
{
    const char *word = wk_word(line, 0) + 1;
    bool required, is_ref = *word == '&';
    xmlNodePtr node;
    size_t size;

    if (strcmp(word, "any") == 0 || strcmp(word, "other") == 0)
        return read_wildcard(wk_add(reader, parent, line, "anyAttribute"), line,
                             1, mem_printf("##%s", word));
    if (strcmp(word, "in") == 0 && line->words.count > 1)
        return read_wildcard(wk_add(reader, parent, line, "anyAttribute"), line,
                             2, wk_word(line, 1));
    node = wk_add(reader, parent, line, "attribute");
    size = strcspn(word, "!");
    required = word[size] == '!';
    word = mem_strn(word + is_ref, size - is_ref);
    wk_set(node, is_ref ? "ref" : "name",
           is_ref ? wk_qname(reader, word) : word);
    if (required)
        wk_set(node, "use", "required");
    return read_type(reader, node, line, 1);
}

/* ---- Content ------------------------------------------------------------- */

/* The word without its occurrences, which *ret_suffix gets. */
static const char *
split_occurs(const char *word, const char **ret_suffix)
{
    size_t size = strcspn(word, "?*+{");

    *ret_suffix = word + size;
    return mem_strn(word, size);
}

static bool
is_model(const char *word)
{
    static const char *const models[] = {"sequence", "choice", "all", NULL};
    const char *suffix;

    return is_word(split_occurs(word, &suffix), models);
}

/* A line inside a sequence or choice. */
static bool
read_particle(struct wk_reader *reader, xmlNodePtr parent,
              const struct wk_line *line)
{
    const char *word = wk_word(line, 0), *name, *suffix;
    xmlNodePtr node;

    if (*word == '<')
        return read_element(reader, parent, line);
    if (strcmp(word, "group") == 0 && line->words.count == 2) {
        name = split_occurs(wk_word(line, 1), &suffix);
        node = wk_add(reader, parent, line, "group");
        wk_set(node, "ref", wk_qname(reader, name));
        return set_occurs(node, suffix);
    }
    name = split_occurs(word, &suffix);
    if (*name == '&') {
        node = wk_add(reader, parent, line, "element");
        wk_set(node, "ref", wk_qname(reader, name + 1));
        return set_occurs(node, suffix) && line->words.count == 1;
    }
    if (strcmp(name, "any") == 0 || strcmp(name, "other") == 0) {
        node = wk_add(reader, parent, line, "any");
        return set_occurs(node, suffix) &&
               read_wildcard(node, line, 1, mem_printf("##%s", name));
    }
    if (!is_model(word))
        return false;
    node = wk_add(reader, parent, line, name);
    wk_block(reader, node, line->depth + 1, read_particle);
    return set_occurs(node, suffix) && line->words.count == 1;
}

/* The sequence that holds parent's particles, which has begun or begins here.
 */
static xmlNodePtr
own_sequence(struct wk_reader *reader, xmlNodePtr parent,
             const struct wk_line *line)
{
    xmlNodePtr last = parent->last;

    if (last != NULL && strcmp((const char *)last->name, "sequence") == 0)
        return last;
    return wk_add(reader, parent, line, "sequence");
}

/* A line of a type: particles, which are a sequence unless there is but one
 * model, then attributes. */
static bool
read_content(struct wk_reader *reader, xmlNodePtr parent,
             const struct wk_line *line)
{
    const char *word = wk_word(line, 0);
    xmlNodePtr node;

    if (*word == '@')
        return read_attribute(reader, parent, line);
    if (strcmp(word, "attributes") == 0 && line->words.count == 2) {
        node = wk_add(reader, parent, line, "attributeGroup");
        wk_set(node, "ref", wk_qname(reader, wk_word(line, 1)));
        return true;
    }
    if (parent->last == NULL &&
        (is_model(word) || strcmp(word, "group") == 0) &&
        wk_only_attributes(reader, line->depth))
        return read_particle(reader, parent, line);
    return read_particle(reader, own_sequence(reader, parent, line), line);
}

/* ---- The top ------------------------------------------------------------- */

static bool
read_named(struct wk_reader *reader, xmlNodePtr parent,
           const struct wk_line *line)
{
    const char *word = wk_word(line, 0), *name = wk_word(line, 1);
    xmlNodePtr node;

    if (name == NULL)
        return false;
    if (strcmp(word, "type") == 0)
        return read_complex(reader, parent, line, 2, name);
    if (strcmp(word, "simple") == 0) {
        if (wk_word(line, 2) == NULL || !is_simple(wk_word(line, 2)))
            return false;
        read_simple(reader, parent, line, 2, name);
        return true;
    }
    if (strcmp(word, "group") == 0)
        node = wk_add(reader, parent, line, "group");
    else if (strcmp(word, "attributes") == 0)
        node = wk_add(reader, parent, line, "attributeGroup");
    else
        return false;
    wk_set(node, "name", name);
    wk_block(reader, node, line->depth + 1, read_content);
    return line->words.count == 2;
}

static bool
read_global(struct wk_reader *reader, xmlNodePtr parent,
            const struct wk_line *line)
{
    const char *word = wk_word(line, 0);
    xmlNodePtr node;

    if (*word == '<')
        return read_element(reader, parent, line);
    if (*word == '@')
        return read_attribute(reader, parent, line);
    if (strcmp(word, "block") == 0 && line->words.count == 2) {
        wk_set(parent, "blockDefault", wk_word(line, 1));
        return true;
    }
    if (strcmp(word, "uses") == 0 && line->words.count == 3) {
        wk_declare(parent, wk_word(line, 2), wk_word(line, 1));
        node = wk_add(reader, parent, line, "import");
        wk_set(node, "namespace", wk_word(line, 2));
        return true;
    }
    return read_named(reader, parent, line);
}

/* "schema NAMESPACE PREFIX", then what is qualified: elements, attributes */
void
wk_read_schema(struct wk_reader *reader, const struct wk_line *line)
{
    xmlNodePtr root = wk_add(reader, NULL, line, "schema");
    size_t i;

    if (line->words.count < 3) {
        wk_error(reader, line);
        return;
    }
    reader->ns = wk_declare(root, NS_XSD, "xs");
    xmlSetNs(root, reader->ns);
    reader->target = wk_word(line, 1);
    reader->prefix = wk_word(line, 2);
    if (strcmp(reader->target, NS_XML) != 0)
        wk_declare(root, reader->target, reader->prefix);
    wk_set(root, "targetNamespace", reader->target);
    for (i = 3; i < line->words.count; i++) {
        if (wk_says(line, i, "elements"))
            wk_set(root, "elementFormDefault", "qualified");
        else if (wk_says(line, i, "attributes"))
            wk_set(root, "attributeFormDefault", "qualified");
        else
            wk_error(reader, line);
    }
    wk_block(reader, root, 0, read_global);
}
