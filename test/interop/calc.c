/* SPDX-License-Identifier: Apache-2.0 */
/* The calculator in its four forms; what the forms are must not show. */
#include "calc.h"
#include "test/interop/services.h"

#define OPERATION(name, op)                                                    \
    static sbn_status name(sbn_request *request, double n1, double n2,         \
                           double *ret_result)                                 \
    {                                                                          \
        *ret_result = n1 op n2;                                                \
        return SBN_OK;                                                         \
    }                                                                          \
    static sbn_status begin_##name(sbn_request *request, double n1, double n2) \
    {                                                                          \
        return begin(request, n1 op n2);                                       \
    }

/* Work that is done a turn of the loop later. */
struct work {
    sbn_timer timer;
    sbn_request *request;
    double result;
};

static void
work_done(void *data)
{
    struct work *work = data;

    sbn_request_complete(work->request);
}

static sbn_status
begin(sbn_request *request, double result)
{
    struct work *work = sbn_request_alloc(request, sizeof(*work));

    if (work == NULL)
        return SBN_ENOMEM;
    work->request = request;
    work->result = result;
    sbn_request_set_state(request, work);
    return sbn_timer_start(sbn_request_runtime(request), &work->timer, 1,
                           work_done, work);
}

static sbn_status
end(sbn_request *request, double *ret_result)
{
    const struct work *work = sbn_request_state(request);

    *ret_result = work->result;
    return SBN_OK;
}

OPERATION(add, +)
OPERATION(subtract, -)
OPERATION(multiply, *)

/* Of zeros, too: what IEEE 754 makes of them is the result. */
__attribute__((no_sanitize("undefined"))) OPERATION(divide, /)

#define SYNC \
    .add = add, .subtract = subtract, .multiply = multiply, .divide = divide
#define BEGIN_END                                                             \
    .begin_add = begin_add, .end_add = end, .begin_subtract = begin_subtract, \
    .end_subtract = end, .begin_multiply = begin_multiply,                    \
    .end_multiply = end, .begin_divide = begin_divide, .end_divide = end

    static const struct calc_service forms[] = {
        [CALC_SYNC] = {SYNC},
        [CALC_BEGIN_END] = {BEGIN_END},
        [CALC_BOTH] = {SYNC, BEGIN_END},
        [CALC_THREADS] = {SYNC},
};

sbn_status
bind_calc(sbn_server *server, const char *path, enum calc_form form,
          sbn_soap_version soap)
{
    sbn_service_options options = {.soap = soap};

    options.on_thread_pool = form == CALC_THREADS;
    return calc_service_bind(server, path, &forms[form], &options);
}
