/* SPDX-License-Identifier: Apache-2.0 */
/* IPrimitives and IComplex: what comes goes back. */
#include "primitives.h"
#include "test/interop/echoing.h"
#include "things.h"

/* ---- Primitives -------------------------------------------------------------
 */

#define PRIMITIVES(X)                                                          \
    X(echo_bool)                                                               \
    X(echo_byte)                                                               \
    X(echo_char)                                                               \
    X(echo_colour) X(echo_date_time) X(echo_date_time_offset) X(echo_decimal)  \
        X(echo_double) X(echo_float) X(echo_guid) X(echo_int) X(echo_long) X(  \
            echo_s_byte) X(echo_short) X(echo_time_span) X(echo_u_int)         \
            X(echo_u_long) X(echo_u_short) X(echo_nullable_bool) X(            \
                echo_nullable_byte) X(echo_nullable_char)                      \
                X(echo_nullable_colour) X(echo_nullable_date_time) X(          \
                    echo_nullable_date_time_offset) X(echo_nullable_decimal)   \
                    X(echo_nullable_double) X(echo_nullable_float)             \
                        X(echo_nullable_guid) X(echo_nullable_int) X(          \
                            echo_nullable_long) X(echo_nullable_s_byte)        \
                            X(echo_nullable_short) X(echo_nullable_time_span)  \
                                X(echo_nullable_u_int) X(echo_nullable_u_long) \
                                    X(echo_nullable_u_short) X(echo_string)    \
                                        X(echo_bytes) X(echo_uri)              \
                                            X(echo_q_name) X(echo_priority)    \
                                                X(echo_date_only)              \
                                                    X(echo_time_only)

#define ECHO_PRIMITIVE(op) ECHO(primitives, op)
PRIMITIVES(ECHO_PRIMITIVE)

ECHO_FLAGS(echo_access, const enum primitives_echo_access_value *)
ECHO_FLAGS(echo_bits, const enum primitives_echo_bits_value *)
ECHO_FLAGS(echo_nullable_access,
           const enum primitives_echo_access_value *const *)

static sbn_status
echo_xml_element(
    sbn_request *request, const struct primitives_echo_xml_element_value *value,
    const struct primitives_echo_xml_element_echo_xml_element_result **ret)
{
    struct primitives_echo_xml_element_echo_xml_element_result *result = NULL;

    if (value != NULL) {
        result = sbn_request_alloc(request, sizeof(*result));
        if (result == NULL)
            return SBN_ENOMEM;
        result->any = value->any;
    }
    *ret = result;
    return SBN_OK;
}

static sbn_status
echo_object(sbn_request *request, sbn_xml value, sbn_xml *ret_result)
{
    return echo_xml(request, &value, "EchoObjectResult", ret_result);
}

static const struct primitives_service primitives = {
    PRIMITIVES(MEMBER).echo_access = echo_access,
    .echo_bits = echo_bits,
    .echo_object = echo_object,
    .echo_nullable_access = echo_nullable_access,
    .echo_xml_element = echo_xml_element,
};

/* ---- Data contracts
 * ---------------------------------------------------------- */

#define THINGS(X)                                                             \
    X(echo_collections)                                                       \
    X(echo_graph)                                                             \
    X(echo_node)                                                              \
    X(echo_old_style) X(echo_ordered) X(echo_plain) X(echo_required)          \
        X(echo_shape) X(echo_strange_name) X(echo_tree) X(echo_weird)         \
            X(echo_money) X(echo_dictionary) X(echo_ints) X(echo_jagged)      \
                X(echo_points) X(echo_prices) X(echo_shapes) X(echo_strings)  \
                    X(echo_tags) X(echo_primitives) X(echo_nullables)         \
                        X(echo_defaults) X(echo_drawing) X(echo_animal)       \
                            X(echo_box_int) X(echo_box_point) X(echo_box_box) \
                                X(echo_two) X(echo_thing) X(echo_nested)      \
                                    X(echo_nested_dictionary)

#define ECHO_THING(op) ECHO(things, op)
THINGS(ECHO_THING)

static const struct things_service things = {THINGS(MEMBER)};

sbn_status
bind_echoes(sbn_server *server)
{
    sbn_status status =
        primitives_service_bind(server, "/types/primitives", &primitives, NULL);

    if (status == SBN_OK)
        status = things_service_bind(server, "/types/complex", &things, NULL);
    return status;
}
