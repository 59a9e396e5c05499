/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "test/corpus/equal.h"
#include "test/corpus/passage.h"

/* What one operation of the contract declares of the detail. */
static const sbn_part *
read_detail(struct run *run, struct passage *passage,
            const sbn_contract *contract, const sbn_xml *detail,
            sbn_status *ret_status)
{
    const sbn_part *part = NULL;
    sbn_status status = SBN_OK;
    uint32_t k;

    for (k = 0;
         k < contract->operation_count && part == NULL && status == SBN_OK;
         k++) {
        const sbn_extras *extras = contract->operations[k].extras;

        passage->contract = contract;
        passage->op = &contract->operations[k];
        if (extras != NULL && extras->faults != NULL)
            status = sbn__soap_read_detail(run->pool, contract, extras->faults,
                                           detail, &passage->arena, &part,
                                           &passage->base);
    }
    if (status != SBN_OK)
        passage_complain(passage, "detail", sbn_status_text(status), NULL);
    *ret_status = status;
    return part;
}

static xmlNodePtr
detail_of(xmlDocPtr fault)
{
    xmlNodePtr body = message_body(fault);
    xmlNodePtr detail = passage_child(body, "detail");

    return detail != NULL ? detail : passage_child(body, "Detail");
}

/* '1', '0', or '-' when nothing in the detail is declared. */
static char
validate_detail(struct run *run, struct passage *passage, xmlDocPtr fault)
{
    xmlNodePtr entry = passage_child(detail_of(fault), NULL);

    if (run->schemas.schema == NULL || entry == NULL ||
        !schema_set_declares(&run->schemas, entry))
        return '-';
    if (schema_set_check(&run->schemas, entry))
        return '1';
    passage_complain(passage, "detail", run->schemas.complaint, NULL);
    return '0';
}

/* Whether the detail is in the fault, written again. */
static char
compare_detail(struct passage *passage, const sbn_part *part, xmlDocPtr fault)
{
    struct comparison cmp = {.encoded = false};
    struct sbn_error error;
    struct sbn__buf written;
    xmlDocPtr document = NULL;
    bool good = false;

    sbn__error_init(&error, &passage->arena);
    sbn__buf_init(&written, &sbn__default_allocator, LARGEST);
    if (sbn__soap_write_piece(&written, passage->contract, part->field,
                              passage->base, &error) == SBN_OK)
        document =
            message_parse(sbn__buf_bytes(&written), sbn__buf_size(&written));
    if (document != NULL)
        good =
            elements_equal(passage_child(detail_of(fault), part->field->name),
                           xmlDocGetRootElement(document), &cmp);
    if (!good)
        passage_complain(passage, "same", document ? cmp.where : error.reason,
                         NULL);
    xmlFreeDoc(document);
    sbn__buf_fini(&written);
    return good ? '1' : '0';
}

void
check_fault(struct run *run, const char *bytes, size_t size, const char *file)
{
    struct passage passage;
    struct sbn_error error;
    const sbn_part *part = NULL;
    xmlDocPtr document = message_parse(bytes, size);
    char steps[7] = "------";
    sbn_status status, read = SBN_OK;
    size_t i;

    memset(&passage, 0, sizeof(passage));
    sbn__arena_init(&passage.arena, &sbn__default_allocator, LARGEST);
    status = passage_read(run, &passage, bytes, size, &error);
    steps[0] = validate_detail(run, &passage, document);
    steps[1] = status == SBN_EFAULT ? '1' : '0';
    if (status != SBN_EFAULT)
        passage_complain_of(&passage, "read", status, &error);
    for (i = 0; i < run->contract_count && status == SBN_EFAULT &&
                part == NULL && error.fault->detail.text != NULL;
         i++)
        part = read_detail(run, &passage, run->contracts[i],
                           &error.fault->detail, &read);
    if (read != SBN_OK)
        steps[1] = '0';
    if (part != NULL)
        steps[4] = compare_detail(&passage, part, document);
    printf("%s %s\t%s\t%s\t%s\n", part ? "fault of" : "fault",
           part ? passage.op->name : "", file, steps, passage.complaint);
    fflush(stdout);
    xmlFreeDoc(document);
    sbn__arena_fini(&passage.arena);
}
