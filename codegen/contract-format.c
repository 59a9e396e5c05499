/* SPDX-License-Identifier: Apache-2.0 */
/* How a contract is called, .binding, and how its operations write their data,
 * SBN_XML_SERIALIZER_FORMAT and SBN_DATA_CONTRACT_FORMAT. */
#include <string.h>

#include "codegen/contract-model.h"

/* Of two words, whether it is the second; anything else is told. */
static bool
is_second(const struct note *note, const char *name, const char *first,
          const char *second)
{
    const struct note_option *option = note_option(note, name);

    if (option == NULL || strcmp(option->text, first) == 0)
        return false;
    if (strcmp(option->text, second) == 0)
        return true;
    diag_error(option->place, ".%s is \"%s\" or \"%s\"", name, first, second);
    return false;
}

/* The one of the two that notes have; NULL: neither. */
static const struct note *
find_format(const struct vec *notes)
{
    const struct note *xml = note_find(notes, NOTE_XML_FORMAT);
    const struct note *data = note_find(notes, NOTE_DATA_FORMAT);

    if (xml != NULL && data != NULL)
        diag_error(data->place, "%s and %s exclude each other",
                   note_word(NOTE_XML_FORMAT), note_word(NOTE_DATA_FORMAT));
    return xml != NULL ? xml : data;
}

const struct data_format *
contract_format(const struct interface *interface,
                const struct member *function)
{
    struct data_format *format = NEW(struct data_format);
    const struct note *note =
        function == NULL ? NULL : find_format(&function->notes);

    if (note == NULL)
        note = find_format(&interface->decl->notes);
    format->ns = interface->ns;
    if (note == NULL)
        return format;
    format->is_xml = note->kind == NOTE_XML_FORMAT;
    format->is_rpc = is_second(note, "style", "document", "rpc");
    format->is_encoded = is_second(note, "use", "literal", "encoded");
    format->support_faults = note_flag(note, "support_faults", false);
    if (format->is_encoded && !format->is_rpc)
        diag_error(note->place,
                   "what is encoded is of rpc style: .style = \"rpc\"");
    if (format->is_encoded)
        format->ns = contract_under(interface->ns, "encoded");
    return format;
}

/* ---- Bindings ------------------------------------------------------------ */

static const struct binding {
    const char *word, *name;
    bool is_soap12, has_addressing;
} bindings[] = {{"basic", "BasicHttpBinding", false, false},
                {"ws", "WSHttpBinding", true, true},
                {"soap12", "CustomBinding", true, false},
                {"soap11-wsa", "CustomBinding", false, true},
                {"soap12-wsa", "CustomBinding", true, true}};

static void
add_endpoint(struct interface *interface, const struct binding *binding)
{
    struct endpoint *endpoint = NEW(struct endpoint);
    unsigned same = 0;
    const char *name = mem_printf("%s_%s", binding->name, interface->name);
    size_t i;

    for (i = 0; i < interface->endpoints.count; i++)
        if (strncmp(VEC(&interface->endpoints, struct endpoint, i)->name, name,
                    strlen(name)) == 0)
            same++;
    endpoint->name = same == 0 ? name : mem_printf("%s%u", name, same);
    endpoint->is_soap12 = binding->is_soap12;
    endpoint->has_addressing = binding->has_addressing;
    vec_add(&interface->endpoints, endpoint);
}

void
contract_endpoints(struct interface *interface, const struct note *note)
{
    const struct note_option *option = note_option(note, "binding");
    const char *words = option == NULL ? "basic" : option->text;
    size_t i;

    for (words += strspn(words, " "); *words != '\0';
         words += strspn(words, " ")) {
        size_t size = strcspn(words, " ");

        for (i = 0; i < sizeof(bindings) / sizeof(bindings[0]); i++)
            if (strlen(bindings[i].word) == size &&
                strncmp(bindings[i].word, words, size) == 0)
                break;
        if (i == sizeof(bindings) / sizeof(bindings[0])) {
            diag_error(option->place,
                       "'%.*s' is no binding: basic, ws, soap12, soap11-wsa "
                       "and soap12-wsa are",
                       (int)size, words);
            return;
        }
        add_endpoint(interface, &bindings[i]);
        words += size;
    }
    if (interface->endpoints.count == 0)
        diag_error(option->place, ".binding is empty");
}
