/* SPDX-License-Identifier: Apache-2.0 */
/* SOAP 1.1, 4.4 and SOAP 1.2 Part 1, 5.4: faults, read and written. */
#include <string.h>

#include "runtime/soap/codec.h"
#include "runtime/soap/fault.h"

/* ---- Reading ------------------------------------------------------------- */

enum { NS_NONE, NS_SOAP, NS_XML };

static const char *const namespaces11[] = {
    NULL, SBN__NS_SOAP11, "http://www.w3.org/XML/1998/namespace"};
static const char *const namespaces12[] = {
    NULL, SBN__NS_SOAP12, "http://www.w3.org/XML/1998/namespace"};

static const sbn_contract contract11 = {
    SBN_ABI, "Fault", NULL, namespaces11, 3, 0, NULL, NULL, 0, NULL, NULL, 0};
static const sbn_contract contract12 = {
    SBN_ABI, "Fault", NULL, namespaces12, 3, 0, NULL, NULL, 0, NULL, NULL, 0};

#define OPT SBN_F_OPTIONAL
#define FIELD(S, m, ns, name, K, flags, type) \
    SBN_FIELD(struct S, m, ns, name, K, flags, type)

static const sbn_field text_fields[] = {
    FIELD(sbn__fault_text, lang, NS_XML, "lang", STRING, OPT | SBN_F_ATTRIBUTE,
          NULL),
    FIELD(sbn__fault_text, text, NS_NONE, NULL, STRING, SBN_F_TEXT, NULL),
};
static const sbn_type text_type = {
    NULL, 0, 0, sizeof(struct sbn__fault_text), 2, text_fields, NULL};

/* Some senders qualify the children, which SOAP 1.1 does not: both are read. */
#define FIELDS11(ns)                                                           \
    FIELD(sbn__fault, code, ns, "faultcode", QNAME, OPT, NULL),                \
        FIELD(sbn__fault, reason, ns, "faultstring", STRUCT, OPT, &text_type), \
        FIELD(sbn__fault, actor, ns, "faultactor", TOKEN, OPT, NULL),          \
        FIELD(sbn__fault, detail, ns, "detail", XML, OPT | SBN__F_CONTENT,     \
              NULL)

static const sbn_field fields11[] = {FIELDS11(NS_NONE), FIELDS11(NS_SOAP)};
static const sbn_type type11 = {NULL, 0,        0,   sizeof(struct sbn__fault),
                                8,    fields11, NULL};
static const sbn_field element11 = {"Fault", NS_SOAP, SBN_K_STRUCT, 0,
                                    0,       0,       SBN_NONE,     SBN_NONE,
                                    1,       1,       &type11,      NULL};

/* The tables of 1.2 describe the anonymous members of struct sbn__fault, at
 * offsets from their own beginning. */
#define AT12(outer, inner)                                 \
    ((uint32_t)(offsetof(struct sbn__fault, outer.inner) - \
                offsetof(struct sbn__fault, outer)))

static const sbn_field subcode_fields[] = {
    FIELD(sbn__fault_subcode, value, NS_SOAP, "Value", QNAME, OPT, NULL),
};
static const sbn_type subcode_type = {
    NULL, 0, 0, sizeof(struct sbn__fault_subcode), 1, subcode_fields, NULL};
static const sbn_field code_fields[] = {
    {"Value", NS_SOAP, SBN_K_QNAME, 0, OPT, AT12(code12, value), SBN_NONE,
     SBN_NONE, 0, 1, NULL, NULL},
    {"Subcode", NS_SOAP, SBN_K_STRUCT, 0, OPT | SBN_F_POINTER,
     AT12(code12, subcode), SBN_NONE, SBN_NONE, 0, 1, &subcode_type, NULL},
};
static const sbn_type code_type = {
    NULL, 0, 0, sizeof(((struct sbn__fault *)0)->code12), 2, code_fields, NULL};
static const sbn_field reason_fields[] = {
    {"Text", NS_SOAP, SBN_K_STRUCT, 0, OPT | SBN_F_REPEATED,
     AT12(reason12, texts), AT12(reason12, count), SBN_NONE, 0, 0, &text_type,
     NULL},
};
static const sbn_type reason_type = {
    NULL,          0,   0, sizeof(((struct sbn__fault *)0)->reason12), 1,
    reason_fields, NULL};
static const sbn_field fields12[] = {
    FIELD(sbn__fault, code12, NS_SOAP, "Code", STRUCT, OPT, &code_type),
    FIELD(sbn__fault, reason12, NS_SOAP, "Reason", STRUCT, OPT, &reason_type),
    FIELD(sbn__fault, node, NS_SOAP, "Node", TOKEN, OPT, NULL),
    FIELD(sbn__fault, actor, NS_SOAP, "Role", TOKEN, OPT, NULL),
    FIELD(sbn__fault, detail, NS_SOAP, "Detail", XML, OPT | SBN__F_CONTENT,
          NULL),
};
static const sbn_type type12 = {NULL, 0,        0,   sizeof(struct sbn__fault),
                                5,    fields12, NULL};
static const sbn_field element12 = {"Fault", NS_SOAP, SBN_K_STRUCT, 0,
                                    0,       0,       SBN_NONE,     SBN_NONE,
                                    1,       1,       &type12,      NULL};

void
sbn__fault_target(enum sbn__soap_version version,
                  const sbn_contract **ret_contract,
                  const sbn_field **ret_field)
{
    *ret_contract = version == SBN__SOAP_11 ? &contract11 : &contract12;
    *ret_field = version == SBN__SOAP_11 ? &element11 : &element12;
}

void
sbn__fault_convert(const struct sbn__fault *from, sbn_fault *to)
{
    const struct sbn__fault_text *reason = &from->reason;

    if (from->reason12.count > 0)
        reason = from->reason12.texts;
    to->code =
        from->code12.value.local != NULL ? from->code12.value : from->code;
    if (from->code12.subcode != NULL)
        to->subcode = from->code12.subcode->value;
    to->reason = reason->text;
    to->lang = reason->lang;
    to->actor = from->actor;
    to->node = from->node;
    to->detail = from->detail;
}

/* ---- Writing ------------------------------------------------------------- */

static bool
is_soap_ns(const char *ns)
{
    return ns == NULL || ns[0] == '\0' || strcmp(ns, SBN__NS_SOAP11) == 0 ||
           strcmp(ns, SBN__NS_SOAP12) == 0;
}

/* The same code in the other version's words. */
static const char *
code_word(enum sbn__soap_version version, const char *local)
{
    static const char *const words[][2] = {{"Client", "Sender"},
                                           {"Server", "Receiver"}};
    size_t i;

    if (local == NULL || local[0] == '\0')
        local = "Server";
    for (i = 0; i < 2; i++) {
        if (strcmp(local, words[i][0]) == 0 || strcmp(local, words[i][1]) == 0)
            return words[i][version == SBN__SOAP_12];
    }
    return local;
}

/* <name, to be followed by attributes and > */
static void
open_tag(struct sbn__buf *out, const char *name)
{
    sbn__buf_putc(out, '<');
    sbn__buf_puts(out, name);
}

static void
close_tag(struct sbn__buf *out, const char *name)
{
    sbn__buf_lit(out, "</");
    sbn__buf_puts(out, name);
    sbn__buf_putc(out, '>');
}

static void
write_attribute(struct sbn__buf *out, const char *before, const char *value)
{
    sbn__buf_puts(out, before);
    sbn__xml_write_value(out, value, strlen(value));
    sbn__buf_putc(out, '"');
}

/* ">text</name>" */
static void
write_text(struct sbn__buf *out, const char *name, const char *text)
{
    sbn__buf_putc(out, '>');
    sbn__xml_write_text(out, text, strlen(text));
    close_tag(out, name);
}

/* <name>s:Code</name>, or with its namespace declared on it. */
static void
write_code(struct sbn__buf *out, enum sbn__soap_version version,
           const char *name, const sbn_qname *code)
{
    const char *local = code->local;

    open_tag(out, name);
    if (is_soap_ns(code->ns)) {
        sbn__buf_lit(out, ">s:");
        local = code_word(version, local);
    } else {
        write_attribute(out, " xmlns:a=\"", code->ns);
        sbn__buf_lit(out, ">a:");
    }
    sbn__xml_write_text(out, local, strlen(local));
    close_tag(out, name);
}

static void
write_element(struct sbn__buf *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    open_tag(out, name);
    write_text(out, name, text);
}

/* The reason with its language; xml:lang "" is no language. */
static void
write_reason(struct sbn__buf *out, const char *name, const sbn_fault *fault)
{
    const char *lang = fault->lang == NULL ? "en-US" : fault->lang;

    open_tag(out, name);
    if (lang[0] != '\0' || name[0] == 's')
        write_attribute(out, " xml:lang=\"", lang);
    write_text(out, name, fault->reason == NULL ? "" : fault->reason);
}

static void
write_detail(struct sbn__buf *out, const char *name, const sbn_xml *detail)
{
    if (detail->text == NULL)
        return;
    open_tag(out, name);
    sbn__buf_putc(out, '>');
    sbn__buf_append(out, detail->text, detail->size);
    close_tag(out, name);
}

/* As WCF writes it: 1.1 has no subcodes, so the subcode, which says more,
 * stands for the code. */
static void
write_fault11(struct sbn__buf *out, const sbn_fault *fault)
{
    write_code(out, SBN__SOAP_11, "faultcode",
               fault->subcode.local != NULL ? &fault->subcode : &fault->code);
    write_reason(out, "faultstring", fault);
    write_element(out, "faultactor", fault->actor);
    write_detail(out, "detail", &fault->detail);
}

/* A code in element, and in it, unless it is NULL, what says more. */
static void
write_code12(struct sbn__buf *out, const char *element, const sbn_qname *code,
             const sbn_qname *subcode, const sbn_qname *more)
{
    sbn__buf_putc(out, '<');
    sbn__buf_puts(out, element);
    sbn__buf_putc(out, '>');
    write_code(out, SBN__SOAP_12, "s:Value", code);
    if (subcode != NULL && subcode->local != NULL)
        write_code12(out, "s:Subcode", subcode, more, NULL);
    sbn__buf_lit(out, "</");
    sbn__buf_puts(out, element);
    sbn__buf_putc(out, '>');
}

/* SOAP 1.2 Part 1, 5.4.6 fixes the codes; one of another namespace becomes a
 * subcode, and its own subcode one of that. */
static void
write_fault12(struct sbn__buf *out, const sbn_fault *fault)
{
    static const sbn_qname sender = {NULL, "Sender"};

    if (is_soap_ns(fault->code.ns))
        write_code12(out, "s:Code", &fault->code, &fault->subcode, NULL);
    else
        write_code12(out, "s:Code", &sender, &fault->code, &fault->subcode);
    sbn__buf_lit(out, "<s:Reason>");
    write_reason(out, "s:Text", fault);
    sbn__buf_lit(out, "</s:Reason>");
    write_element(out, "s:Node", fault->node);
    write_element(out, "s:Role", fault->actor);
    write_detail(out, "s:Detail", &fault->detail);
}

sbn_status
sbn__soap_write_fault(struct sbn__buf *out, enum sbn__soap_version version,
                      const struct sbn__buf *headers, const sbn_fault *fault)
{
    sbn__write_envelope_start(out, version, headers);
    sbn__buf_lit(out, "<s:Fault>");
    if (version == SBN__SOAP_11)
        write_fault11(out, fault);
    else
        write_fault12(out, fault);
    sbn__buf_lit(out, "</s:Fault>");
    sbn__write_envelope_end(out);
    return out->status;
}
