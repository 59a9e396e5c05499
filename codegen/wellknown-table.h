/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of codegen/wellknown as the build puts them into the tool, and how
 * their lines are read. */
#ifndef SBN_CODEGEN_WELLKNOWN_TABLE_H
#define SBN_CODEGEN_WELLKNOWN_TABLE_H

#include <libxml/tree.h>

#include "codegen/diag.h"
#include "codegen/memory.h"

struct wellknown_table {
    const char *name; /* of the file */
    const char *ns;
    const char *const *lines; /* up to NULL; comments are empty lines */
};

struct wellknown_address {
    const char *address; /* without scheme */
    const char *ns;
};

/* Both end with a NULL. */
extern const struct wellknown_table wellknown_tables[];
extern const struct wellknown_address wellknown_addresses[];

/* A table being expanded. */
struct wk_reader {
    const struct wellknown_table *table;
    size_t at;        /* the next line */
    const char *each; /* what % stands for; NULL: itself */
    xmlDocPtr doc;
    xmlNsPtr ns;        /* of the elements written */
    const char *target; /* the namespace, */
    const char *prefix; /* and what names without prefix get */
};

struct wk_line {
    unsigned number;
    size_t depth;
    struct vec words;
};

/* Takes the next line if it stands at depth; false: the block ends here. */
bool wk_next(struct wk_reader *reader, size_t depth, struct wk_line *line);
/* Whether the next line stands deeper than line. */
bool wk_has_block(const struct wk_reader *reader, const struct wk_line *line);
/* Whether the lines at depth that are still to come are attributes only. */
bool wk_only_attributes(const struct wk_reader *reader, size_t depth);
/* NULL: there are not so many. */
const char *wk_word(const struct wk_line *line, size_t i);
bool wk_says(const struct wk_line *line, size_t i, const char *word);
void wk_error(const struct wk_reader *reader, const struct wk_line *line);

/* One line of a block; false: it is none that may stand there. */
typedef bool wk_line_fn(struct wk_reader *reader, xmlNodePtr parent,
                        const struct wk_line *line);
/* All lines at depth, those of "each" as often as they say. */
void wk_block(struct wk_reader *reader, xmlNodePtr parent, size_t depth,
              wk_line_fn *read);

/* ---- Writing ------------------------------------------------------------- */

/* parent NULL: the root. */
xmlNodePtr wk_add(struct wk_reader *reader, xmlNodePtr parent,
                  const struct wk_line *line, const char *name);
void wk_set(xmlNodePtr node, const char *attribute, const char *value);
/* A name of the table as a prefixed one. */
const char *wk_qname(const struct wk_reader *reader, const char *name);
xmlNsPtr wk_declare(xmlNodePtr node, const char *ns, const char *prefix);

void wk_read_schema(struct wk_reader *reader, const struct wk_line *line);
void wk_read_definitions(struct wk_reader *reader, const struct wk_line *line);

#endif
