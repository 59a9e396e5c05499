/* SPDX-License-Identifier: Apache-2.0 */
/* SBN_XML_SERIALIZER_FORMAT and SBN_DATA_CONTRACT_FORMAT: how an operation
 * writes its data. */
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
