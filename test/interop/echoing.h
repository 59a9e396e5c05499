/* SPDX-License-Identifier: Apache-2.0 */
/* Operations that give back what they are given. */
#ifndef TEST_INTEROP_ECHOING_H
#define TEST_INTEROP_ECHOING_H

#include <string.h>

#include "test/interop/services.h"

/* Of the service's operation: an argument and a result of the same type. */
#define ECHO(service, op)                                                  \
    typedef __typeof__(((struct service##_service_##op##_completed *)NULL) \
                           ->result) op##_value;                           \
    static sbn_status op(sbn_request *request, op##_value value,           \
                         op##_value *ret_result)                           \
    {                                                                      \
        *ret_result = value;                                               \
        return SBN_OK;                                                     \
    }
/* Flags are lists. */
#define ECHO_FLAGS(op, type)                                              \
    static sbn_status op(sbn_request *request, type values, size_t count, \
                         type *ret_results, size_t *ret_count)            \
    {                                                                     \
        *ret_results = values;                                            \
        *ret_count = count;                                               \
        return SBN_OK;                                                    \
    }
/* It in the struct of the service. */
#define MEMBER(op) .op = op,

/* XML is an element, and has another name when it goes back. */
static inline sbn_status
echo_xml(sbn_request *request, const sbn_xml *value, const char *name,
         sbn_xml *ret_result)
{
    const char *start = value->text, *end;

    if (start == NULL)
        return SBN_OK;
    end = start + value->size;
    start += 1 + strcspn(start + 1, " />");
    if (end[-2] == '/') {
        ret_result->text =
            text_of(request, "<%s%.*s", name, (int)(end - start), start);
    } else {
        while (*--end != '<')
            ;
        ret_result->text = text_of(request, "<%s%.*s</%s>", name,
                                   (int)(end - start), start, name);
    }
    if (ret_result->text == NULL)
        return SBN_ENOMEM;
    ret_result->size = strlen(ret_result->text);
    return SBN_OK;
}

#endif
