/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages go through what was generated for their WSDL: valid by libxml2's
 * validator, read, written, valid again, the same as before, read again, equal
 * in memory. One line a message goes to stdout: name, file, and for each step
 * 1, 0 or - (not done), and the first complaint, between tabs.
 *
 * usage: corpus-roundtrip [--exact] WSDL LIBRARY WORK KNOWN CONTRACTS FILE...
 * --exact: the same to the letter, but for prefixes.
 * A FILE whose name begins with "samples-" holds what "sebon sample" printed;
 * any other holds one message, of the operation that has its body.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/parser.h>

#include "runtime/base/memory.h"
#include "test/corpus/passage.h"

/* ---- Files --------------------------------------------------------------- */

static char *
read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "r"), *copy;
    char *bytes = NULL, piece[4096];
    size_t size;

    if (file == NULL) {
        perror(path);
        exit(2);
    }
    copy = open_memstream(&bytes, ret_size);
    while ((size = fread(piece, 1, sizeof(piece), file)) > 0)
        fwrite(piece, 1, size, copy);
    fclose(copy);
    fclose(file);
    return bytes;
}

/* The operation number of a name, of several with it the one after the last. */
static const sbn_operation *
find_operation(const struct run *run, const char *type, const char *name,
               unsigned *used, const sbn_contract **ret_contract)
{
    size_t i, count = 0;
    uint32_t k;

    for (i = 0; i < run->contract_count; i++) {
        *ret_contract = run->contracts[i];
        for (k = 0; k < run->contracts[i]->operation_count; k++, count++) {
            const sbn_operation *op = &run->contracts[i]->operations[k];

            if (strcmp(run->contracts[i]->name, type) == 0 &&
                strcmp(op->name, name) == 0 && used[count % 100000]++ == 0)
                return op;
        }
    }
    return NULL;
}

/* Splits what "sebon sample" printed. */
static void
check_samples(struct run *run, const char *path)
{
    size_t size;
    char *all = read_file(path, &size), *at = all, *next;
    unsigned *used = (unsigned *)calloc(100000, sizeof(*used));
    const char *file = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;

    for (; at != NULL && *at != '\0'; at = next) {
        char direction[16], name[400], type[400];
        const sbn_contract *contract = NULL;
        const sbn_operation *op;
        char *start = strchr(at, '\n');

        next = strstr(at, "\n<!-- ");
        if (next != NULL)
            *next++ = '\0';
        if (sscanf(at, "<!-- %15s of %399[^,], %399[^ ]", direction, name,
                   type) != 3 ||
            start == NULL)
            continue;
        op = find_operation(run, type, name, used, &contract);
        if (op == NULL)
            printf("%s\t%s\t------\tno such operation in the tables\n", name,
                   file);
        else
            check_message(run, contract, op, strcmp(direction, "reply") == 0,
                          start + 1, strlen(start + 1), file);
    }
    free(used);
    free(all);
}

static bool
is_named(const sbn_contract *contract, const sbn_field *field, xmlNodePtr body)
{
    const char *ns = contract->namespaces[field->ns];
    const char *found = body->ns != NULL ? (const char *)body->ns->href : NULL;

    return strcmp(field->name, (const char *)body->name) == 0 &&
           (found == NULL || ns == NULL ? found == ns : strcmp(ns, found) == 0);
}

/* Whether the body's first element is the message's. */
static bool
is_body(const sbn_contract *contract, const sbn_field *field, xmlNodePtr body)
{
    const sbn_type *type;
    uint32_t i;

    if (field == NULL || body == NULL)
        return field == NULL && body == NULL;
    if ((field->flags & SBN_F_GROUP) == 0)
        return is_named(contract, field, body);
    type = (const sbn_type *)field->type;
    for (i = 0; i < type->field_count; i++)
        if (type->fields[i].name != NULL &&
            is_named(contract, &type->fields[i], body))
            return true;
    return false;
}

/* Of a message that both a request and a reply may be, its file's name says
 * which one it is. */
static bool
is_called_reply(const char *path)
{
    const char *name = strrchr(path, '/');

    name = name != NULL ? name + 1 : path;
    return strcasestr(name, "resp") != NULL ||
           strcasestr(name, "reply") != NULL;
}

/* Checks it as a message of the first operation that has such a body. */
static bool
check_as_any(struct run *run, const char *path, xmlNodePtr body,
             const char *bytes, size_t size)
{
    size_t i;
    uint32_t k;

    for (i = 0; i < run->contract_count; i++) {
        const sbn_contract *contract = run->contracts[i];

        for (k = 0; k < contract->operation_count; k++) {
            const sbn_operation *op = &contract->operations[k];
            bool is_request = is_body(contract, op->in, body);
            bool is_reply = is_body(contract, op->out, body);

            if (!is_request && !is_reply)
                continue;
            /* SOAP 1.1, 7.1: what a reply's element is called means nothing */
            is_reply = is_reply || (op->flags & SBN_OP_ENCODED_OUT) != 0;
            check_message(run, contract, op,
                          is_reply && (!is_request || is_called_reply(path)),
                          bytes, size, path);
            return true;
        }
    }
    return false;
}

/* A whole message. */
static void
check_file(struct run *run, const char *path)
{
    size_t size;
    char *bytes = read_file(path, &size);
    xmlDocPtr document = message_parse(bytes, size);
    xmlNodePtr body = document ? message_body(document) : NULL;

    if (body != NULL && strcmp((const char *)body->name, "Fault") == 0)
        check_fault(run, bytes, size, path);
    else if (!check_as_any(run, path, body, bytes, size))
        printf("?\t%s\t------\tno operation has its body\n", path);
    xmlFreeDoc(document);
    free(bytes);
}

/* ---- All of it ----------------------------------------------------------- */

static void
load(struct run *run, const char *library, char *names)
{
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    char *name, *rest = names;

    if (handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
    while ((name = strtok_r(rest, ",", &rest)) != NULL) {
        const sbn_contract *contract =
            (const sbn_contract *)dlsym(handle, name);

        if (contract == NULL || contract->abi != SBN_ABI) {
            fprintf(stderr, "%s\n",
                    contract == NULL ? dlerror() : "tables of another ABI");
            exit(2);
        }
        if (run->contract_count < MOST_CONTRACTS)
            run->contracts[run->contract_count++] = contract;
    }
}

static void
ignore_problem(void *data, xmlErrorPtr error)
{
    (void)data, (void)error;
}

int
main(int argc, char **argv)
{
    struct run run;
    int i;

    memset(&run, 0, sizeof(run));
    run.exact = argc > 1 && strcmp(argv[1], "--exact") == 0;
    argv += run.exact;
    argc -= run.exact;
    if (argc < 7) {
        fputs("usage: corpus-roundtrip [--exact] WSDL LIBRARY WORK KNOWN "
              "CONTRACTS FILE...\n",
              stderr);
        return 2;
    }
    xmlSetStructuredErrorFunc(NULL, ignore_problem);
    load(&run, argv[2], argv[5]);
    schema_set_open(&run.schemas, argv[1], argv[3], argv[4]);
    if (run.schemas.schema == NULL)
        printf("\t\tno validator\t%s\n", run.schemas.complaint);
    run.wsdl = xmlReadFile(argv[1], NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (run.wsdl == NULL ||
        sbn__soap_pool_new(&sbn__default_allocator, &run.pool) != SBN_OK)
        return 2;
    for (i = 6; i < argc; i++) {
        const char *name = strrchr(argv[i], '/');

        if (strncmp(name ? name + 1 : argv[i], "samples-", 8) == 0)
            check_samples(&run, argv[i]);
        else
            check_file(&run, argv[i]);
    }
    sbn__soap_pool_free(run.pool);
    xmlFreeDoc(run.wsdl);
    schema_set_close(&run.schemas);
    xmlCleanupParser();
    return 0;
}
