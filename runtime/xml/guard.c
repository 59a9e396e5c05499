/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libxml2 compares each attribute of an element with all others before it tells
 * of the element: a start tag of a megabyte would take minutes. It waits for
 * the whole tag, though, and is fed in small steps: so the attributes of a tag
 * that grows are counted while it waits.
 */
#include "runtime/xml/sax.h"

static bool
is_start_tag(const xmlChar *text, size_t size)
{
    return size >= 2 && text[0] == '<' && text[1] != '!' && text[1] != '?' &&
           text[1] != '/';
}

static void
count_equals(struct sbn__xml_reader *reader, const xmlChar *text, size_t size)
{
    size_t i;

    for (i = reader->scanned; i < size; i++) {
        if (reader->quote != 0) {
            if (text[i] == (xmlChar)reader->quote)
                reader->quote = 0;
        } else if (text[i] == '"' || text[i] == '\'') {
            reader->quote = (char)text[i];
        } else if (text[i] == '=') {
            reader->equals++;
        }
    }
    reader->scanned = size;
}

void
sbn__xml_guard(struct sbn__xml_reader *reader)
{
    xmlParserInputPtr input = reader->parser->input;
    size_t size;

    if (reader->status != SBN_OK || input == NULL)
        return;
    size = (size_t)(input->end - input->cur);
    if (size < reader->scanned || !is_start_tag(input->cur, size)) {
        reader->scanned = reader->equals = 0;
        reader->quote = 0;
    }
    if (size < 1024 || !is_start_tag(input->cur, size))
        return;
    count_equals(reader, input->cur, size);
    if (reader->equals > reader->limits.max_attributes)
        sbn__xml_fail(reader, SBN_ELIMIT, 0,
                      "an element has more than max_attributes (%u) attributes",
                      reader->limits.max_attributes);
}
