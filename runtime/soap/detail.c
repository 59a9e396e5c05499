/* SPDX-License-Identifier: Apache-2.0 */
/* A fault's detail, which is kept as XML, read again for what the contract
 * declares. */
#include "runtime/soap/envelope.h"

struct detail {
    struct sbn__decoder decoder;
    const sbn_contract *contract;
    const sbn_part *const *parts;
    size_t depth; /* of elements that are not decoded */
    const sbn_part *found;
    void *value;
};

static const sbn_part *
find_part(const struct detail *detail, const struct sbn__xml_element *element)
{
    const sbn_part *const *at;

    for (at = detail->parts; *at != NULL; at++) {
        const sbn_field *field = (*at)->field;
        const char *ns = detail->contract->namespaces[field->ns];

        if (strcmp(field->name, element->local) == 0 &&
            strcmp(sbn__or_empty(ns), sbn__or_empty(element->ns)) == 0)
            return *at;
    }
    return NULL;
}

static sbn_status
on_start(void *data, const struct sbn__xml_element *element)
{
    struct detail *detail = data;
    struct sbn__decoder *dec = &detail->decoder;

    if (sbn__decode_is_open(dec))
        return sbn__decode_start(dec, element);
    if (detail->depth++ != 1 || detail->found != NULL)
        return SBN_OK;
    detail->found = find_part(detail, element);
    if (detail->found == NULL)
        return SBN_OK;
    detail->depth--;
    detail->value = sbn__arena_alloc(dec->arena, detail->found->size);
    if (detail->value == NULL)
        return sbn__decode_no_memory(dec);
    return sbn__decode_root(dec, detail->contract, detail->found->field,
                            detail->value, element);
}

static sbn_status
on_end(void *data)
{
    struct detail *detail = data;

    if (sbn__decode_is_open(&detail->decoder))
        return sbn__decode_end(&detail->decoder);
    detail->depth--;
    return SBN_OK;
}

static sbn_status
on_text(void *data, const char *text, size_t size)
{
    struct detail *detail = data;

    if (!sbn__decode_is_open(&detail->decoder))
        return SBN_OK;
    return sbn__decode_text(&detail->decoder, text, size);
}

static const struct sbn__xml_events events = {on_start, on_end, on_text};

static sbn_status
feed(struct sbn__xml_reader *xml, const sbn_xml *text)
{
    static const char before[] = "<detail>", after[] = "</detail>";
    sbn_status status =
        sbn__xml_reader_feed(xml, before, sizeof(before) - 1, false);

    if (status == SBN_OK)
        status = sbn__xml_reader_feed(xml, text->text, text->size, false);
    if (status == SBN_OK)
        status = sbn__xml_reader_feed(xml, after, sizeof(after) - 1, true);
    return status;
}

sbn_status
sbn__soap_read_detail(struct sbn__soap_pool *pool, const sbn_contract *contract,
                      const sbn_part *const *parts, const sbn_xml *text,
                      struct sbn__arena *arena, const sbn_part **ret_part,
                      void **ret_value)
{
    /* it was read once, within the limits of the message */
    static const struct sbn__xml_limits limits = {UINT16_MAX, 0};
    struct detail detail = {.contract = contract, .parts = parts};
    struct sbn__xml_reader *xml;
    sbn_status status;

    *ret_part = NULL;
    if (text->text == NULL || text->size == 0)
        return SBN_OK;
    status = sbn__xml_reader_open(sbn__soap_pool_xml(pool), &limits, &events,
                                  &detail, NULL, &xml);
    if (status != SBN_OK)
        return status;
    sbn__decoder_init(&detail.decoder, sbn__soap_pool_mem(pool));
    sbn__decoder_reset(&detail.decoder, xml, arena, NULL);
    status = feed(xml, text);
    sbn__decoder_fini(&detail.decoder);
    sbn__xml_reader_close(xml);
    if (status != SBN_OK)
        return status;
    *ret_part = detail.found;
    *ret_value = detail.value;
    return SBN_OK;
}
