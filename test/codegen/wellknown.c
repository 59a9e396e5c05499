/* SPDX-License-Identifier: Apache-2.0 */
/* Well-known schemas: their tables, and files that refer to them. */
#include "codegen/wellknown.h"

#include "codegen/wsdl.h"
#include "test/support/test.h"

#define NS_BW2 "http://docs.oasis-open.org/wsn/bw-2"
#define NS_WSA "http://www.w3.org/2005/08/addressing"
#define NS_XOP "http://www.w3.org/2004/08/xop/include"

struct run {
    struct documents documents;
    struct wsdl wsdl;
};

static void
begin(struct run *run)
{
    memset(&run->documents, 0, sizeof(run->documents));
    wsdl_init(&run->wsdl, &run->documents);
}

static void
end(struct run *run)
{
    documents_close(&run->documents);
    mem_release();
}

static void
read_file(struct run *run, const char *name)
{
    const char *path =
        test_source_path(mem_printf("test/data/wsdl/wellknown/%s", name));
    struct place nowhere = {NULL, 0};
    struct document *document = document_open(&run->documents, path, nowhere);

    CHECK(document != NULL);
    wsdl_read(&run->wsdl, document);
    wsdl_resolve(&run->wsdl);
}

static struct xs_component *
component(struct run *run, enum xs_space space, const char *ns,
          const char *local)
{
    const struct qname name = {ns, local};

    return schema_find(&run->wsdl.schemas, space, name);
}

TEST(all_tables_are_read_and_resolve_among_themselves)
{
    struct run run;
    const char *ns;
    size_t i;

    begin(&run);
    for (i = 0; (ns = wellknown_namespace(i)) != NULL; i++)
        wsdl_read(&run.wsdl, document_wellknown(&run.documents, ns));
    CHECK_INT(i, ==, 40);
    wsdl_resolve(&run.wsdl);
    CHECK_INT(diag_errors(), ==, 0);
    end(&run);
}

TEST(a_namespace_without_table_has_no_document)
{
    CHECK(!wellknown_has("urn:nobody"));
    CHECK(!wellknown_has(NULL));
    CHECK(wellknown_document("urn:nobody") == NULL);
    CHECK(wellknown_namespace_of("http://localhost/b-2.xsd") == NULL);
    CHECK(wellknown_namespace_of(NULL) == NULL);
}

TEST(usual_addresses_name_their_namespace)
{
    static const char *const addresses[][2] = {
        {"http://www.w3.org/2005/08/addressing/ws-addr.xsd", NS_WSA},
        {"https://www.w3.org/2006/03/addressing/ws-addr.xsd", NS_WSA},
        {"http://docs.oasis-open.org/wsn/b-2.xsd",
         "http://docs.oasis-open.org/wsn/b-2"},
        {"http://docs.oasis-open.org/wsn/bw-2.wsdl", NS_BW2},
        {"http://www.w3.org/2001/xml.xsd", NS_XML},
        {"https://www.w3.org/2004/08/xop/include", NS_XOP},
        {"http://schemas.xmlsoap.org/soap/encoding",
         "http://schemas.xmlsoap.org/soap/encoding/"},
        {"http://ws-i.org/profiles/basic/1.1/swaref.xsd",
         "http://ws-i.org/profiles/basic/1.1/xsd"},
    };
    size_t i;

    for (i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
        CHECK_STR(wellknown_namespace_of(addresses[i][0]), addresses[i][1]);
}

TEST(what_is_not_here_is_taken_from_the_tables)
{
    struct run run;

    begin(&run);
    read_file(&run, "remote.wsdl");
    CHECK_INT(diag_errors(), ==, 0);
    CHECK(component(&run, XS_TYPE, NS_WSA, "EndpointReferenceType") != NULL);
    CHECK(component(&run, XS_TYPE, "http://schemas.xmlsoap.org/soap/encoding/",
                    "Array") != NULL);
    CHECK(component(&run, XS_ATTRIBUTE_GROUP, NS_XML, "specialAttrs") != NULL);
    end(&run);
}

TEST(port_types_come_with_messages_and_actions)
{
    struct wsdl_port_type *type;
    struct wsdl_operation *get;
    struct run run;

    begin(&run);
    read_file(&run, "remote.wsdl");
    type = (struct wsdl_port_type *)map_get(&run.wsdl.port_type_names,
                                            "{" NS_BW2 "}PullPoint");
    CHECK(type != NULL);
    get = VEC(&type->operations, struct wsdl_operation, 0);
    CHECK_STR(get->name, "GetMessages");
    CHECK_STR(get->input->action, NS_BW2 "/PullPoint/GetMessagesRequest");
    CHECK(get->input->message != NULL);
    CHECK_INT(get->faults.count, ==, 2);
    CHECK(VEC(&get->faults, struct wsdl_param, 0)->message != NULL);
    end(&run);
}

TEST(a_file_goes_before_the_table)
{
    struct xs_component *include;
    struct run run;

    begin(&run);
    read_file(&run, "local.xsd");
    CHECK_INT(diag_errors(), ==, 0);
    include = component(&run, XS_ELEMENT, NS_XOP, "Include");
    CHECK(include != NULL);
    CHECK(strstr(include->place.file, "own-xop.xsd") != NULL);
    /* and what the file lacks is the table's */
    include = component(&run, XS_TYPE, NS_XOP, "Include");
    CHECK(include != NULL);
    CHECK_STR(include->place.file, NS_XOP);
    end(&run);
}

TEST(a_name_its_namespace_lacks_is_kept_as_xml)
{
    struct xs_component *address;
    struct run run;

    begin(&run);
    read_file(&run, "unknown-names.xsd");
    CHECK_INT(diag_errors(), ==, 0);
    address = component(&run, XS_ELEMENT, NS_WSA, "Address");
    CHECK(address != NULL);
    CHECK(xs_element_type(&run.wsdl.schemas,
                          (struct xs_element *)(void *)address) ==
          run.wsdl.schemas.any_type);
    end(&run);
}
