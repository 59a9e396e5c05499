/* SPDX-License-Identifier: Apache-2.0 */
#include "test/corpus/passage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "runtime/base/memory.h"
#include "runtime/rpc/headers.h"
#include "test/corpus/equal.h"

static sbn_status
on_body(void *data, const char *ns, const char *local,
        struct sbn__soap_target *target)
{
    const struct passage *passage = (const struct passage *)data;

    (void)ns, (void)local;
    target->contract = passage->contract;
    target->field = passage->field;
    target->base = passage->base;
    target->encoded = passage->encoded;
    target->any_name = passage->any_name;
    return SBN_OK;
}

static sbn_status
on_header(void *data, const char *ns, const char *local,
          struct sbn__soap_target *target)
{
    struct passage *passage = (struct passage *)data;
    const sbn_part *part =
        sbn__header_find(passage->contract, passage->headers, ns, local);

    return part == NULL ? SBN_OK
                        : sbn__header_add(&passage->entries, &passage->arena,
                                          passage->contract, part, target);
}

static const struct sbn__soap_events events = {on_body};

void
passage_complain(struct passage *passage, const char *step, const char *what,
                 const char *where)
{
    char *at;

    if (passage->complaint[0] == '\0')
        snprintf(passage->complaint, sizeof(passage->complaint), "%s: %s%s%s",
                 step, what ? what : "?", where ? " at " : "",
                 where ? where : "");
    for (at = passage->complaint; *at != '\0'; at++)
        if (*at == '\t' || *at == '\n')
            *at = ' ';
}

void
passage_complain_of(struct passage *passage, const char *step,
                    sbn_status status, const struct sbn_error *error)
{
    passage_complain(passage, step,
                     error->reason ? error->reason : sbn_status_text(status),
                     error->path);
}

/* ---- Reading and writing ------------------------------------------------- */

sbn_status
passage_read(struct run *run, struct passage *passage, const char *bytes,
             size_t size, struct sbn_error *error)
{
    struct sbn__soap_read_options options = {0};
    struct sbn__soap_reader *reader;
    sbn_status status;

    sbn__error_init(error, &passage->arena);
    options.arena = &passage->arena;
    options.error = error;
    options.limits.max_depth = 1000;
    options.events = &events;
    options.on_header = on_header;
    options.data = passage;
    passage->entries = NULL;
    passage->base = sbn__arena_alloc(&passage->arena, passage->size + 1);
    status = sbn__soap_reader_open(run->pool, &options, &reader);
    if (status == SBN_OK) {
        status = sbn__soap_reader_feed(reader, bytes, size, true);
        sbn__soap_reader_close(reader);
    }
    return status;
}

static bool
decode(struct run *run, struct passage *passage, const char *bytes, size_t size,
       const char *step)
{
    struct sbn_error error;
    sbn_status status = passage_read(run, passage, bytes, size, &error);

    if (status != SBN_OK)
        passage_complain_of(passage, step, status, &error);
    return status == SBN_OK;
}

static bool
encode(struct passage *passage, struct sbn__buf *out,
       enum sbn__soap_version version)
{
    struct sbn__soap_message message = {0};
    const struct sbn__header *entry;
    struct sbn__header_place place;
    struct sbn__buf headers;
    struct sbn_error error;
    sbn_status status = SBN_OK;

    sbn__error_init(&error, &passage->arena);
    sbn__buf_init(&headers, &sbn__default_allocator, LARGEST);
    for (entry = passage->entries; entry != NULL && status == SBN_OK;
         entry = entry->next)
        status = sbn__header_write(&headers, &place, version, passage->contract,
                                   entry->part, entry->value, &error);
    message.headers = &headers;
    message.version = version;
    message.contract = passage->contract;
    message.field = passage->field;
    message.base = passage->base;
    message.encoded = passage->encoded;
    message.error = &error;
    if (status == SBN_OK)
        status = sbn__soap_write_message(out, &message);
    sbn__buf_fini(&headers);
    if (status != SBN_OK)
        passage_complain_of(passage, "write", status, &error);
    return status == SBN_OK;
}

/* ---- Parts of a message -------------------------------------------------- */

xmlNodePtr
passage_child(xmlNodePtr parent, const char *name)
{
    xmlNodePtr node;

    for (node = parent != NULL ? parent->children : NULL; node != NULL;
         node = node->next)
        if (node->type == XML_ELEMENT_NODE &&
            (name == NULL || strcmp((const char *)node->name, name) == 0))
            return node;
    return NULL;
}

static xmlNodePtr
header_of(xmlDocPtr document)
{
    return passage_child(
        passage_child(xmlDocGetRootElement(document), "Header"), NULL);
}

xmlNodePtr
message_body(xmlDocPtr document)
{
    return passage_child(passage_child(xmlDocGetRootElement(document), "Body"),
                         NULL);
}

/* ---- One message --------------------------------------------------------- */

xmlDocPtr
message_parse(const char *bytes, size_t size)
{
    return xmlReadMemory(bytes, (int)size, NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_HUGE);
}

/* The written one after `last` that is the entry's; NULL: there is none. */
static xmlNodePtr
next_entry(xmlDocPtr written, xmlNodePtr last, xmlNodePtr entry)
{
    xmlNodePtr at = last != NULL ? last->next : header_of(written);

    while (at != NULL && (at->type != XML_ELEMENT_NODE ||
                          !xmlStrEqual(at->name, entry->name)))
        at = at->next;
    return at;
}

/* Of the header entries those that the contract declares. */
static bool
headers_equal(const struct passage *passage, xmlDocPtr a, xmlDocPtr b,
              struct comparison *cmp)
{
    xmlNodePtr entry, other = NULL;

    for (entry = header_of(a); entry != NULL; entry = entry->next) {
        if (entry->type != XML_ELEMENT_NODE ||
            sbn__header_find(passage->contract, passage->headers,
                             entry->ns ? (const char *)entry->ns->href : NULL,
                             (const char *)entry->name) == NULL)
            continue;
        other = next_entry(b, other, entry);
        if (!elements_equal(entry, other, cmp))
            return false;
    }
    return true;
}

/* Of several elements each. */
static bool
bodies_equal(xmlNodePtr a, xmlNodePtr b, struct comparison *cmp)
{
    do {
        if (!elements_equal(a, b, cmp))
            return false;
        a = a != NULL ? xmlNextElementSibling(a) : NULL;
        b = b != NULL ? xmlNextElementSibling(b) : NULL;
    } while (a != NULL || b != NULL);
    return true;
}

/* The written body is called as the sample's. */
static void
rename_body(xmlDocPtr sample, xmlDocPtr written)
{
    xmlNodePtr from = message_body(sample), to = message_body(written);

    if (from == NULL || to == NULL)
        return;
    xmlNodeSetName(to, from->name);
    xmlSetNs(to, from->ns != NULL ? xmlNewNs(to, from->ns->href,
                                             (const xmlChar *)"sebon-body")
                                  : NULL);
}

/* '1', or '0', or '+' when the sample alone has something, which a valid one
 * may not. */
static char
compare(const struct run *run, struct passage *passage, xmlDocPtr sample,
        xmlDocPtr written, bool is_valid)
{
    struct comparison cmp = {.encoded = passage->encoded,
                             .exact = run->exact,
                             .defaults = passage->ours,
                             .within = !is_valid && !passage->ours};
    bool good;

    if (passage->any_name)
        rename_body(sample, written);
    good = headers_equal(passage, sample, written, &cmp) &&
           bodies_equal(message_body(sample), message_body(written), &cmp);

    if (!good || cmp.more > 0)
        passage_complain(passage, good ? "more" : "same", cmp.where, NULL);
    return !good ? '0' : cmp.more > 0 ? '+' : '1';
}

/* The steps after the sample: read, write, valid, the same, equal. */
static void
pass(struct run *run, struct passage *passage, const char *bytes, size_t size,
     xmlDocPtr sample, bool reply, char steps[7])
{
    enum sbn__soap_version version =
        memmem(bytes, size, SBN__NS_SOAP12, strlen(SBN__NS_SOAP12)) != NULL
            ? SBN__SOAP_12
            : SBN__SOAP_11;
    struct sbn__buf written;
    xmlDocPtr document = NULL;
    void *first;

    sbn__buf_init(&written, &sbn__default_allocator, LARGEST);
    steps[1] = decode(run, passage, bytes, size, "read") ? '1' : '0';
    first = passage->base;
    if (steps[1] == '1')
        steps[2] = encode(passage, &written, version) ? '1' : '0';
    if (steps[2] == '1')
        document =
            message_parse(sbn__buf_bytes(&written), sbn__buf_size(&written));
    if (steps[2] == '1' && document == NULL) {
        steps[2] = '0';
        passage_complain(passage, "write", "not well-formed", NULL);
    }
    if (document != NULL) {
        steps[3] = passage_validate(run, passage, document,
                                    "valid after writing", reply);
        steps[4] = compare(run, passage, sample, document, steps[0] == '1');
        steps[5] = decode(run, passage, sbn__buf_bytes(&written),
                          sbn__buf_size(&written), "read again")
                       ? '1'
                       : '0';
        if (steps[5] == '1' && passage->field != NULL &&
            !values_equal(passage->field, (const char *)first,
                          (const char *)passage->base)) {
            steps[5] = '0';
            passage_complain(passage, "equal", "other values", NULL);
        }
    }
    if (getenv("SHOW") != NULL && passage->complaint[0] != '\0')
        fprintf(stderr, "---- %s: %s\n%.*s\n---- written\n%.*s\n",
                passage->op->name, passage->complaint, (int)size, bytes,
                (int)sbn__buf_size(&written), sbn__buf_bytes(&written));
    xmlFreeDoc(document);
    sbn__buf_fini(&written);
}

/* Who wrote the message may not have said so. */
static bool
is_encoded(const sbn_operation *op, bool reply, const char *bytes, size_t size)
{
    return (op->flags & (reply ? SBN_OP_ENCODED_OUT : SBN_OP_ENCODED_IN)) !=
               0 ||
           memmem(bytes, size, "encodingStyle", 13) != NULL;
}

void
check_message(struct run *run, const sbn_contract *contract,
              const sbn_operation *op, bool reply, const char *bytes,
              size_t size, const char *file)
{
    struct passage passage;
    xmlDocPtr sample = message_parse(bytes, size);
    char steps[7] = "------";

    memset(&passage, 0, sizeof(passage));
    passage.contract = contract;
    passage.op = op;
    passage.field = reply ? op->out : op->in;
    passage.size = reply ? op->out_size : op->in_size;
    passage.encoded = is_encoded(op, reply, bytes, size);
    passage.any_name = reply && (op->flags & SBN_OP_ENCODED_OUT) != 0;
    passage.ours = strncmp(file, "samples-", 8) == 0;
    if (op->extras != NULL)
        passage.headers =
            reply ? op->extras->out_headers : op->extras->in_headers;
    sbn__arena_init(&passage.arena, &sbn__default_allocator, LARGEST);
    if (sample != NULL) {
        steps[0] = passage_validate(run, &passage, sample, "sample", reply);
        pass(run, &passage, bytes, size, sample, reply, steps);
    } else {
        steps[0] = '0';
        passage_complain(&passage, "sample", "not well-formed", NULL);
    }
    printf("%s\t%s\t%s\t%s\n", op->name, file, steps, passage.complaint);
    fflush(stdout);
    xmlFreeDoc(sample);
    sbn__arena_fini(&passage.arena);
}
