/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What .NET's DataContractSerializer wrote, as the C types that are generated
 * from its schemas alone: what a program finds in them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "dc_colls.h"
#include "dc_enums.h"
#include "dc_generics.h"
#include "dc_inherit_holder.h"
#include "dc_isreference.h"
#include "dc_nulls.h"
#include "dc_prims.h"
#include "dc_serializable.h"
#include "dc_weird_names.h"
#include "dc_xml_holders.h"

#include "runtime/base/memory.h"
#include "runtime/soap/message.h"
#include "test/support/test.h"

#define FOLDER "../shared/reference/wcf-data/dc-golden/"

static struct sbn__arena arena;

static uint16_t
number_of(const sbn_contract *contract, const char *ns)
{
    uint16_t i;

    for (i = 1; i < contract->namespace_count; i++)
        if (strcmp(contract->namespaces[i], ns) == 0)
            return i;
    test_fail(__FILE__, __LINE__, "no namespace %s", ns);
    return 0;
}

/* The struct in the instance called `file`, whose element is {ns}name. */
static const void *
read_instance(const char *file, const sbn_contract *contract,
              const sbn_type *type, const char *ns, const char *name)
{
    sbn_field field = {
        .name = name,
        .ns = number_of(contract, ns),
        .kind = SBN_K_STRUCT,
        .flags = SBN_F_POINTER,
        .has = SBN_NONE,
        .nil = SBN_NONE,
        .min = 1,
        .max = 1,
        .type = type,
    };
    const sbn_part part = {.field = &field, .size = sizeof(void *)}, *found;
    const sbn_part *const parts[] = {&part, NULL};
    struct sbn__soap_pool *pool;
    sbn_xml text = {NULL, 0};
    void *value = NULL;
    char path[200];
    char *bytes;

    snprintf(path, sizeof(path), FOLDER "%s", file);
    bytes = test_read_file(path, &text.size);
    text.text = bytes;
    sbn__arena_init(&arena, &sbn__default_allocator, 1 << 24);
    CHECK_OK(sbn__soap_pool_new(&sbn__default_allocator, &pool));
    CHECK_OK(sbn__soap_read_detail(pool, contract, parts, &text, &arena, &found,
                                   &value));
    CHECK(found == &part);
    sbn__soap_pool_free(pool);
    free(bytes);
    return *(const void *const *)value;
}

#define GOLDEN_NS "http://schemas.datacontract.org/2004/07/Golden.Types"
#define READ(file, prefix, type, name)              \
    ((const struct prefix##_##type *)read_instance( \
        file, &prefix##_contract, &prefix##_##type##_type, GOLDEN_NS, name))

static void
done(void)
{
    sbn__arena_fini(&arena);
}

TEST(primitives)
{
    const struct dc_prims_prims *p =
        READ("prims.xml", dc_prims, prims, "Prims");

    CHECK_MEM(p->bin.data, p->bin.size, "\0\1\2\xfd\xfe\xff", 6);
    CHECK(p->bo);
    CHECK_INT(p->by, ==, 255);
    CHECK_INT(p->ch, ==, 'A'); /* a char is its code */
    CHECK(p->d == 1e300 && p->f == 1.1f);
    CHECK_STR(p->dec, "79228162514264337593543950335");
    CHECK_INT(p->dt.nanosecond, ==, 999000000);
    CHECK_INT(p->dt.offset, ==, 0);
    CHECK_STR(p->g, "01234567-89ab-cdef-0123-456789abcdef");
    CHECK_INT(p->i16, ==, INT16_MIN);
    CHECK_INT(p->i32, ==, INT32_MIN);
    CHECK_INT(p->i64, ==, INT64_MIN);
    CHECK_INT(p->off->date_time.hour, ==, 8);
    CHECK_INT(p->off->offset_minutes, ==, -420);
    CHECK_STR(p->q.ns, "urn:q");
    CHECK_STR(p->q.local, "loc");
    CHECK_STR(p->s, "a<b>&\"' \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\r\n\t end");
    CHECK_INT(p->sb, ==, -128);
    CHECK_INT(p->ts.days, ==, 1);
    CHECK_INT(p->ts.nanoseconds, ==, 5000000);
    CHECK_STR(p->u, "http://h/p?q=1&r=2");
    CHECK(p->u64 == UINT64_MAX);
    done();
}

TEST(null_absent_and_zero_are_three_things)
{
    const struct dc_nulls_nulls *p =
        READ("nulls.xml", dc_nulls, nulls, "Nulls");

    CHECK(p->a_nil && p->a == NULL);
    CHECK(p->has_i && p->i_nil);
    CHECK(p->req == NULL);
    CHECK(p->s_nil);
    CHECK(p->omit == NULL && !p->omit_nil); /* EmitDefaultValue = false */
    CHECK(!p->has_omit_i);
    done();
    p = READ("nulls-set.xml", dc_nulls, nulls, "Nulls");
    CHECK(!p->a_nil);
    CHECK_INT(p->a->int_count, ==, 0);
    CHECK(p->has_i && !p->i_nil);
    CHECK_INT(p->i, ==, 0);
    CHECK_INT(p->d.offset, ==, SBN_NO_OFFSET);
    CHECK_STR(p->req, " lead");
    CHECK_STR(p->s, "");
    CHECK_STR(p->omit, "x");
    CHECK_INT(p->omit_i, ==, 3);
    done();
}

TEST(enumerations_and_flags)
{
    const struct dc_enums_enums *p =
        READ("enums.xml", dc_enums, enums, "Enums");

    CHECK_INT(p->a, ==, DC_ENUMS_RENAMED_FIRST_VALUE);
    CHECK_INT(p->f_count, ==, 2);
    CHECK_INT(p->fs[0], ==, DC_ENUMS_FL_R);
    CHECK_INT(p->fs[1], ==, DC_ENUMS_FL_X);
    CHECK(p->has_n && !p->n_nil);
    CHECK_INT(p->n, ==, DC_ENUMS_PLAIN_ONE);
    CHECK_INT(p->s, ==, DC_ENUMS_SPARSE_B);
    done();
}

TEST(arrays_and_lists)
{
    const struct dc_colls_colls *p =
        READ("colls.xml", dc_colls, colls, "Colls");

    CHECK_INT(p->ints->int_count, ==, 2);
    CHECK_INT(p->ints->ints[1], ==, -2);
    CHECK_INT(p->strs->string_count, ==, 3);
    CHECK(p->strs->strings[1] == NULL);
    CHECK_STR(p->strs->strings[2], "");
    CHECK(isnan(p->dbls->doubles[0]) && signbit(p->dbls->doubles[3]));
    CHECK(*p->n_ints->ints[0] == 1 && p->n_ints->ints[1] == NULL);
    CHECK_INT(p->jag->array_ofint_count, ==, 2);
    CHECK_INT(p->jag->array_ofints[0]->ints[1], ==, 2);
    CHECK_INT(p->jag->array_ofints[1]->int_count, ==, 0);
    CHECK_INT(p->nl->nulls_count, ==, 2);
    CHECK_STR(p->nl->nulls[0]->s, "one");
    CHECK(p->nl->nulls[1] == NULL);
    CHECK_STR(p->gs->guids[0], "00000000-0000-0000-0000-000000000000");
    CHECK_INT(p->objs->any_type_count, ==, 10);
    CHECK(strstr(p->objs->any_types[1].text, ":string\">s</") != NULL);
    done();
}

TEST(dictionaries)
{
    const struct dc_colls_colls *p =
        READ("colls.xml", dc_colls, colls, "Colls");

    CHECK_INT(p->map->key_value_ofstringint_count, ==, 1);
    CHECK_STR(p->map->key_value_ofstringints[0].key, "k");
    CHECK_INT(p->map->key_value_ofstringints[0].value, ==, 1);
    CHECK_STR(p->kv->key, "kk");
    CHECK_INT(p->kv->value, ==, 9);
    done();
}

TEST(derived_types)
{
    const struct dc_inherit_holder_holder *p =
        READ("inherit-holder.xml", dc_inherit_holder, holder, "Holder");
    const struct dc_inherit_holder_derived2 *last;

    CHECK_INT(p->arr->base_count, ==, 3);
    CHECK(p->arr->bases[0]->type == NULL);
    CHECK(p->arr->bases[1]->type == &dc_inherit_holder_derived_type);
    CHECK_STR(p->arr->bases[1]->ab, "y");
    CHECK(p->arr->bases[2] == NULL);
    CHECK(p->b->type == &dc_inherit_holder_derived2_type);
    last = (const struct dc_inherit_holder_derived2 *)(const void *)p->b;
    CHECK_STR(last->zb, "z");
    CHECK(last->has_renamed_member);
    CHECK_STR(last->last, "l");
    done();
}

TEST(generic_types)
{
    const struct dc_generics_outer *p =
        READ("generics.xml", dc_generics, outer, "Outer");

    CHECK_INT(p->gi->val, ==, 1);
    CHECK_INT(p->gi->vals->ints[0], ==, 2);
    CHECK_INT(p->gn->val->x, ==, 2);
    CHECK(p->gn->vals_nil);
    CHECK_STR(p->gd->val->key_value_ofstringints[0].key, "a");
    done();
}

TEST(references)
{
    const struct dc_isreference_node_holder *p =
        READ("isreference.xml", dc_isreference, node_holder, "NodeHolder");

    CHECK_STR(p->a->name, "a");
    CHECK(p->a->next == p->b);
    CHECK(p->b->prev == p->a);
    CHECK_INT(p->all->node_count, ==, 3);
    CHECK(p->all->nodes[0] == p->a && p->all->nodes[1] == p->b);
    CHECK(p->all->nodes[2] == p->a);
    done();
}

TEST(members_of_serializable_types)
{
    const struct dc_serializable_ser *p =
        READ("serializable.xml", dc_serializable, ser, "Ser");

    CHECK_INT(p->prop_k_backing_field, ==, 4);
    CHECK(p->opt_nil);
    CHECK_STR(p->privf, "p");
    CHECK_INT(p->pubf, ==, 1);
    done();
}

TEST(names_that_xml_does_not_have)
{
    const struct dc_weird_names_weird_name_1 *p = read_instance(
        "weird-names.xml", &dc_weird_names_contract,
        &dc_weird_names_weird_name_1_type, "http://golden.example/weird",
        "Weird_x0020_Name_x003A_1");

    CHECK_INT(p->n1st, ==, 2);
    CHECK_INT(p->a, ==, 4);
    CHECK_INT(p->a_b, ==, 1);
    CHECK_INT(p->x_y, ==, 3);
    done();
}

TEST(xml_that_stays_xml)
{
    const struct dc_xml_holders_xml_h *p =
        READ("xml-holders.xml", dc_xml_holders, xml_h, "XmlH");

    CHECK(strncmp(p->el->any.text, "<e ", 3) == 0);
    CHECK(strstr(p->el->any.text, " a=\"1\"") != NULL);
    CHECK(strstr(p->nodes.text, "txt") != NULL);
    CHECK(strstr(p->xe->any.text, "urn:x") != NULL);
    done();
}
