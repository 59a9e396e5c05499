/* SPDX-License-Identifier: Apache-2.0 */
/* A message that goes through generated tables, and what is told of it. */
#ifndef TEST_CORPUS_PASSAGE_H
#define TEST_CORPUS_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "runtime/rpc/headers.h"
#include "runtime/soap/message.h"
#include "test/corpus/schema-set.h"

enum { MOST_CONTRACTS = 500, LARGEST = 1 << 28 };

struct run {
    const sbn_contract *contracts[MOST_CONTRACTS];
    size_t contract_count;
    struct schema_set schemas;
    struct sbn__soap_pool *pool;
    xmlDocPtr wsdl;
    bool exact; /* values are written to the letter as they were read */
};

/* A message on its way. */
struct passage {
    const sbn_contract *contract;
    const sbn_operation *op;
    const sbn_field *field;
    size_t size;
    bool encoded;
    bool any_name;                  /* its element may be called otherwise */
    bool ours;                      /* what "sebon sample" wrote */
    const sbn_part *const *headers; /* declared; NULL: none */
    struct sbn__header *entries;    /* of them, as they were read */
    void *base;
    struct sbn__arena arena;
    char complaint[700];
};

/* The first complaint stands. where: an element path, or NULL. */
void passage_complain(struct passage *passage, const char *step,
                      const char *what, const char *where);
void passage_complain_of(struct passage *passage, const char *step,
                         sbn_status status, const struct sbn_error *error);
/* Reads an envelope into what passage->field says. */
sbn_status passage_read(struct run *run, struct passage *passage,
                        const char *bytes, size_t size,
                        struct sbn_error *error);

/* '1', '0', or '-' when there is no validator, or it does not know the body. */
char passage_validate(struct run *run, struct passage *passage,
                      xmlDocPtr document, const char *step, bool reply);

/* The first child element called name, or of any name; NULL: there is none. */
xmlNodePtr passage_child(xmlNodePtr parent, const char *name);
/* NULL: it is not well-formed. */
xmlDocPtr message_parse(const char *bytes, size_t size);
/* The first element in the body; NULL: there is none. */
xmlNodePtr message_body(xmlDocPtr document);

/* Takes a message through all steps and prints its line. */
void check_message(struct run *run, const sbn_contract *contract,
                   const sbn_operation *op, bool reply, const char *bytes,
                   size_t size, const char *file);
/* The same of a fault: its detail is read as what one of the contracts'
 * operations declares, and written again (passage-fault.c). */
void check_fault(struct run *run, const char *bytes, size_t size,
                 const char *file);

#endif
