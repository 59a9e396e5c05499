/* SPDX-License-Identifier: Apache-2.0 */
#include "test/corpus/passage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "runtime/base/memory.h"
#include "runtime/rpc/headers.h"
#include "test/corpus/equal.h"

/* A message on its way. */
struct passage {
    const sbn_contract *contract;
    const sbn_operation *op;
    const sbn_field *field;
    size_t size;
    bool encoded;
    void *base;
    struct sbn__arena arena;
    char complaint[700];
};

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
    return SBN_OK;
}

static const struct sbn__soap_events events = {on_body};

static void
complain(struct passage *passage, const char *step, const char *what,
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

/* ---- Reading and writing ------------------------------------------------- */

static bool
decode(struct run *run, struct passage *passage, const char *bytes, size_t size,
       const char *step)
{
    struct sbn__soap_read_options options = {0};
    struct sbn__soap_reader *reader;
    struct sbn_error error;
    sbn_status status;

    sbn__error_init(&error, &passage->arena);
    options.arena = &passage->arena;
    options.error = &error;
    options.limits.max_depth = 1000;
    options.events = &events;
    options.data = passage;
    passage->base = sbn__arena_alloc(&passage->arena, passage->size + 1);
    status = sbn__soap_reader_open(run->pool, &options, &reader);
    if (status == SBN_OK) {
        status = sbn__soap_reader_feed(reader, bytes, size, true);
        sbn__soap_reader_close(reader);
    }
    if (status != SBN_OK)
        complain(passage, step,
                 error.reason ? error.reason : sbn_status_text(status),
                 error.path);
    return status == SBN_OK;
}

static bool
encode(struct passage *passage, struct sbn__buf *out,
       enum sbn__soap_version version)
{
    struct sbn__soap_message message = {0};
    struct sbn_error error;
    sbn_status status;

    sbn__error_init(&error, &passage->arena);
    message.version = version;
    message.contract = passage->contract;
    message.field = passage->field;
    message.base = passage->base;
    message.encoded = passage->encoded;
    message.error = &error;
    status = sbn__soap_write_message(out, &message);
    if (status != SBN_OK)
        complain(passage, "write",
                 error.reason ? error.reason : sbn_status_text(status),
                 error.path);
    return status == SBN_OK;
}

/* ---- Validity ------------------------------------------------------------ */

static xmlNodePtr
child(xmlNodePtr parent, const char *name)
{
    xmlNodePtr node;

    for (node = parent != NULL ? parent->children : NULL; node != NULL;
         node = node->next)
        if (node->type == XML_ELEMENT_NODE &&
            (name == NULL || strcmp((const char *)node->name, name) == 0))
            return node;
    return NULL;
}

xmlNodePtr
message_body(xmlDocPtr document)
{
    return child(child(xmlDocGetRootElement(document), "Body"), NULL);
}

static xmlNodePtr
next_named(xmlNodePtr node, const char *element, const char *name)
{
    xmlChar *text;
    bool found = false;

    for (; node != NULL && !found; node = found ? node : node->next) {
        if (node->type != XML_ELEMENT_NODE ||
            strcmp((const char *)node->name, element) != 0)
            continue;
        text = xmlGetNoNsProp(node, (const xmlChar *)"name");
        found = text != NULL && strcmp((const char *)text, name) == 0;
        xmlFree(text);
    }
    return node;
}

/* The message, by local name, that the port type has for the operation. */
static xmlChar *
message_of(const struct run *run, const struct passage *passage, bool reply)
{
    xmlNodePtr type = next_named(xmlDocGetRootElement(run->wsdl)->children,
                                 "portType", passage->contract->name);
    xmlNodePtr op =
        type ? next_named(type->children, "operation", passage->op->name)
             : NULL;
    xmlNodePtr param = child(op, reply ? "output" : "input");
    xmlChar *name =
        param ? xmlGetNoNsProp(param, (const xmlChar *)"message") : NULL;
    const xmlChar *colon = name ? xmlStrchr(name, ':') : NULL;
    xmlChar *local = colon ? xmlStrdup(colon + 1) : NULL;

    if (local == NULL)
        return name;
    xmlFree(name);
    return local;
}

/* What no schema declares: as an element of the part's type. */
static bool
check_part(struct run *run, xmlNodePtr part, const xmlChar *message,
           xmlNsPtr ns)
{
    xmlChar *name = xmlStrdup(part->name);
    bool good;

    xmlNodeSetName(part, (const xmlChar *)schema_set_part((const char *)message,
                                                          (const char *)name));
    xmlSetNs(part, ns);
    good = schema_set_check(&run->schemas, part);
    xmlNodeSetName(part, name);
    xmlSetNs(part, NULL);
    xmlFree(name);
    return good;
}

/* Whether the body's element is named as rpc wants it. */
static bool
is_wrapper(const struct passage *passage, xmlNodePtr body)
{
    size_t size = strlen(passage->op->name);
    const char *name = (const char *)body->name;

    return body->ns != NULL ||
           (strncmp(name, passage->op->name, size) == 0 &&
            (name[size] == '\0' || strcmp(name + size, "Response") == 0));
}

/* Of a wrapper that no schema has, its parts; of a document, its only part. */
static bool
check_parts(struct run *run, struct passage *passage, xmlNodePtr body,
            bool reply)
{
    xmlChar *message = message_of(run, passage, reply);
    xmlNsPtr ns = xmlNewNs(body, (const xmlChar *)PARTS_NS,
                           (const xmlChar *)"sebon-parts");
    xmlNodePtr part;
    bool good = true;

    if (message == NULL)
        return true;
    if (!is_wrapper(passage, body))
        good = check_part(run, body, message, ns);
    else
        for (part = child(body, NULL); part != NULL && good; part = part->next)
            if (part->type == XML_ELEMENT_NODE)
                good = part->ns == NULL ? check_part(run, part, message, ns)
                                        : schema_set_check(&run->schemas, part);
    xmlFree(message);
    return good;
}

/* '1', '0', or '-' when there is no validator. */
static char
validate(struct run *run, struct passage *passage, xmlDocPtr document,
         const char *step, bool reply)
{
    xmlNodePtr body = message_body(document);
    bool good = true;

    if (run->schemas.schema == NULL || passage->encoded)
        return '-';
    for (; body != NULL && good; body = body->next)
        if (body->type == XML_ELEMENT_NODE)
            good = schema_set_declares(&run->schemas, body)
                       ? schema_set_check(&run->schemas, body)
                       : check_parts(run, passage, body, reply);
    if (!good)
        complain(passage, step, run->schemas.complaint, NULL);
    return good ? '1' : '0';
}

/* ---- One message --------------------------------------------------------- */

xmlDocPtr
message_parse(const char *bytes, size_t size)
{
    return xmlReadMemory(bytes, (int)size, NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_HUGE);
}

/* Of several elements each. */
static bool
bodies_equal(xmlNodePtr a, xmlNodePtr b, bool encoded, char *where, size_t size)
{
    do {
        if (!elements_equal(a, b, encoded, where, size))
            return false;
        a = a != NULL ? xmlNextElementSibling(a) : NULL;
        b = b != NULL ? xmlNextElementSibling(b) : NULL;
    } while (a != NULL || b != NULL);
    return true;
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
    char where[400] = "";
    void *first;

    sbn__buf_init(&written, &sbn__default_allocator, LARGEST);
    steps[1] = decode(run, passage, bytes, size, "read") ? '1' : '0';
    first = passage->base;
    if (steps[1] == '1')
        steps[2] = encode(passage, &written, version) ? '1' : '0';
    if (steps[2] == '1')
        document = message_parse(sbn__buf_bytes(&written), sbn__buf_size(&written));
    if (steps[2] == '1' && document == NULL) {
        steps[2] = '0';
        complain(passage, "write", "not well-formed", NULL);
    }
    if (document != NULL) {
        steps[3] =
            validate(run, passage, document, "valid after writing", reply);
        steps[4] = bodies_equal(message_body(sample), message_body(document),
                                passage->encoded, where, sizeof(where))
                       ? '1'
                       : '0';
        if (steps[4] == '0')
            complain(passage, "same", where, NULL);
        steps[5] = decode(run, passage, sbn__buf_bytes(&written),
                          sbn__buf_size(&written), "read again")
                       ? '1'
                       : '0';
        if (steps[5] == '1' && passage->field != NULL &&
            !values_equal(passage->field, (const char *)first,
                          (const char *)passage->base)) {
            steps[5] = '0';
            complain(passage, "equal", "other values", NULL);
        }
    }
    if (getenv("SHOW") != NULL && passage->complaint[0] != '\0')
        fprintf(stderr, "---- %s: %s\n%.*s\n---- written\n%.*s\n",
                passage->op->name, passage->complaint, (int)size, bytes,
                (int)sbn__buf_size(&written), sbn__buf_bytes(&written));
    xmlFreeDoc(document);
    sbn__buf_fini(&written);
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
    passage.encoded = memmem(bytes, size, "encodingStyle", 13) != NULL;
    sbn__arena_init(&passage.arena, &sbn__default_allocator, LARGEST);
    if (sample != NULL) {
        steps[0] = validate(run, &passage, sample, "sample", reply);
        pass(run, &passage, bytes, size, sample, reply, steps);
    } else {
        steps[0] = '0';
        complain(&passage, "sample", "not well-formed", NULL);
    }
    printf("%s\t%s\t%s\t%s\n", op->name, file, steps, passage.complaint);
    fflush(stdout);
    xmlFreeDoc(sample);
    sbn__arena_fini(&passage.arena);
}
