/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of <sebon/contract.h> and their options. */
#include <string.h>

#include "codegen/contract-parse.h"

/* What may stand in one; options up to a NULL, "?" for a flag, "#" for a number
 * before the name. */
static const struct note_form {
    const char *word;
    bool takes_type;
    const char *options[10];
} forms[NOTE_KINDS] = {
    [NOTE_SERVICE] = {"SBN_SERVICE_CONTRACT",
                      false,
                      {"name", "ns", "service", "service_ns", "binding",
                       "binding_ns", "address"}},
    [NOTE_OPERATION] = {"SBN_OPERATION_CONTRACT",
                        false,
                        {"name", "action", "reply_action", "?is_one_way",
                         "?async_pattern"}},
    [NOTE_FAULT] = {"SBN_FAULT_CONTRACT", true, {"name", "ns", "action"}},
    [NOTE_RETURN] = {"SBN_RETURN",
                     false,
                     {"name", "?nillable", "?is_required"}},
    [NOTE_PARAMETER] = {"SBN_PARAMETER",
                        false,
                        {"name", "?nillable", "?is_required"}},
    [NOTE_DATA] = {"SBN_DATA_CONTRACT",
                   false,
                   {"name", "ns", "?is_flags", "?is_value_type",
                    "?is_reference", "underlying"}},
    [NOTE_MEMBER] = {"SBN_DATA_MEMBER",
                     false,
                     {"name", "#order", "?is_required", "?nillable",
                      "?emit_default_value"}},
    [NOTE_ENUM_MEMBER] = {"SBN_ENUM_MEMBER", false, {"value", "#number"}},
    [NOTE_COLLECTION] = {"SBN_COLLECTION_CONTRACT",
                         false,
                         {"name", "ns", "item_name", "key_name", "value_name"}},
    [NOTE_BASE] = {"SBN_BASE", false, {NULL}},
    [NOTE_KNOWN_TYPE] = {"SBN_KNOWN_TYPE", true, {NULL}},
    [NOTE_MESSAGE] = {"SBN_MESSAGE_CONTRACT",
                      false,
                      {"name", "?is_wrapped", "wrapper_name", "wrapper_ns"}},
    [NOTE_HEADER] = {"SBN_MESSAGE_HEADER",
                     false,
                     {"name", "ns", "?must_understand", "?relay", "actor"}},
    [NOTE_HEADER_ARRAY] = {"SBN_MESSAGE_HEADER_ARRAY",
                           false,
                           {"name", "ns", "?must_understand", "?relay",
                            "actor"}},
    [NOTE_BODY_MEMBER] = {"SBN_MESSAGE_BODY_MEMBER",
                          false,
                          {"name", "ns", "#order"}},
    [NOTE_NAMESPACE] = {"SBN_CONTRACT_NAMESPACE", false, {"ns"}},
    [NOTE_TYPE_ARGUMENT] = {"SBN_TYPE_ARGUMENT", true, {NULL}},
    [NOTE_DATA_FORMAT] = {"SBN_DATA_CONTRACT_FORMAT", false, {"style"}},
    [NOTE_XML_FORMAT] = {"SBN_XML_SERIALIZER_FORMAT",
                         false,
                         {"style", "use", "?support_faults"}},
    [NOTE_XML_TYPE] = {"SBN_XML_TYPE", false, {"name", "ns", "?is_flags"}},
    [NOTE_XML_CHOICE] = {"SBN_XML_CHOICE", false, {NULL}},
    [NOTE_XML_ELEMENT] = {"SBN_XML_ELEMENT",
                          false,
                          {"name", "ns", "#order", "?is_nullable", "data_type",
                           "form", "default_value", "?has_specified"}},
    [NOTE_XML_ATTRIBUTE] = {"SBN_XML_ATTRIBUTE",
                            false,
                            {"name", "ns", "data_type", "default_value",
                             "?has_specified"}},
    [NOTE_XML_TEXT] = {"SBN_XML_TEXT", false, {"data_type"}},
    [NOTE_XML_ARRAY] = {"SBN_XML_ARRAY",
                        false,
                        {"name", "ns", "#order", "?is_nullable", "form"}},
    [NOTE_XML_ARRAY_ITEM] = {"SBN_XML_ARRAY_ITEM",
                             false,
                             {"name", "?is_nullable", "data_type"}},
    [NOTE_XML_ANY_ELEMENT] = {"SBN_XML_ANY_ELEMENT", false, {"#order"}},
    [NOTE_XML_ANY_ATTRIBUTE] = {"SBN_XML_ANY_ATTRIBUTE", false, {NULL}},
};

const char *
note_word(enum note_kind kind)
{
    return forms[kind].word;
}

bool
note_is_word(const char *word, enum note_kind *ret_kind)
{
    size_t i;

    if (strncmp(word, "SBN_", 4) != 0)
        return false;
    for (i = 0; i < NOTE_KINDS; i++)
        if (strcmp(word, forms[i].word) == 0) {
            *ret_kind = (enum note_kind)i;
            return true;
        }
    return false;
}

struct note *
note_find(const struct vec *notes, enum note_kind kind)
{
    size_t i;

    for (i = 0; i < notes->count; i++)
        if (VEC(notes, struct note, i)->kind == kind)
            return VEC(notes, struct note, i);
    return NULL;
}

const struct note_option *
note_option(const struct note *note, const char *name)
{
    size_t i;

    for (i = 0; note != NULL && i < note->options.count; i++)
        if (strcmp(VEC(&note->options, struct note_option, i)->name, name) == 0)
            return VEC(&note->options, struct note_option, i);
    return NULL;
}

const char *
note_text(const struct note *note, const char *name, const char *otherwise)
{
    const struct note_option *option = note_option(note, name);

    return option == NULL ? otherwise : option->text;
}

bool
note_flag(const struct note *note, const char *name, bool otherwise)
{
    const struct note_option *option = note_option(note, name);

    return option == NULL ? otherwise : option->number != 0;
}

/* ---- Reading ------------------------------------------------------------- */

/* The form's name for it, its kind in *ret_kind; NULL: there is none. */
static const char *
find_option(const struct note_form *form, const char *name,
            enum note_option_kind *ret_kind)
{
    size_t i;

    /* the short word, as in the standard's own attributes */
    if (strcmp(name, "required") == 0)
        name = "is_required";
    for (i = 0; form->options[i] != NULL; i++) {
        const char *known = form->options[i];

        *ret_kind = *known == '?'   ? NOTE_FLAG
                    : *known == '#' ? NOTE_NUMBER
                                    : NOTE_TEXT;
        known += *ret_kind != NOTE_TEXT;
        if (strcmp(known, name) == 0)
            return known;
    }
    return NULL;
}

static bool
parse_text(struct parser *parser, struct note_option *option)
{
    const char *text = "";

    if (parser_peek(parser, 0)->kind != TOKEN_TEXT)
        return parser_fail(parser, ".%s wants a text in quotes", option->name);
    while (parser_peek(parser, 0)->kind == TOKEN_TEXT)
        text = mem_printf("%s%s", text, parser->tokens->at[parser->at++].text);
    option->text = text;
    if (*text == '\0' && strstr(option->name, "name") != NULL)
        return parser_fail(parser, ".%s is empty", option->name);
    return true;
}

static bool
parse_flag(struct parser *parser, struct note_option *option)
{
    const char *text = parser_peek(parser, 0)->text;

    if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
        option->number = 1;
    else if (strcmp(text, "false") != 0 && strcmp(text, "0") != 0)
        return parser_fail(parser, ".%s wants true or false", option->name);
    parser->at++;
    return true;
}

static bool
parse_option(struct parser *parser, struct note *note)
{
    const struct note_form *form = &forms[note->kind];
    struct note_option *option = NEW(struct note_option);
    const char *name;
    enum note_option_kind kind;

    if (!parser_expect(parser, "."))
        return false;
    option->place = parser_place(parser);
    name = parser_peek(parser, 0)->text;
    option->name = find_option(form, name, &kind);
    if (option->name == NULL)
        return parser_fail(parser, "%s has no option .%s", form->word, name);
    if (note_option(note, option->name) != NULL)
        return parser_fail(parser, ".%s is given twice", name);
    parser->at++;
    vec_add(&note->options, option);
    if (!parser_expect(parser, "="))
        return false;
    if (kind == NOTE_TEXT)
        return parse_text(parser, option);
    if (kind == NOTE_FLAG)
        return parse_flag(parser, option);
    return parse_value(parser, &option->number) ||
           parser_fail(parser, ".%s wants a number", name);
}

struct note *
parse_note(struct parser *parser)
{
    struct note *note = NEW(struct note);

    note->place = parser_place(parser);
    if (!note_is_word(parser_peek(parser, 0)->text, &note->kind)) {
        parser_fail(parser, "expected an annotation");
        return NULL;
    }
    parser->at++;
    if (!parser_expect(parser, "("))
        return NULL;
    if (forms[note->kind].takes_type) {
        note->about = parse_type(parser);
        if (note->about == NULL)
            return NULL;
        if (!parser_is(parser, ")") && !parser_expect(parser, ","))
            return NULL;
    }
    while (!parser_is(parser, ")")) {
        if (!parse_option(parser, note))
            return NULL;
        if (!parser_is(parser, ")") && !parser_expect(parser, ","))
            return NULL;
    }
    parser->at++;
    return note;
}

static bool
is_repeatable(enum note_kind kind)
{
    return kind == NOTE_FAULT || kind == NOTE_KNOWN_TYPE ||
           kind == NOTE_TYPE_ARGUMENT;
}

bool
parse_notes(struct parser *parser, struct vec *notes)
{
    enum note_kind kind;
    struct note *note;

    while (note_is_word(parser_peek(parser, 0)->text, &kind)) {
        if (!is_repeatable(kind) && note_find(notes, kind) != NULL)
            return parser_fail(parser, "%s stands here twice",
                               forms[kind].word);
        note = parse_note(parser);
        if (note == NULL)
            return false;
        vec_add(notes, note);
    }
    return true;
}
