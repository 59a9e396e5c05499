/* SPDX-License-Identifier: Apache-2.0 */
/* A service becomes WSDL and XML Schema documents. */
#ifndef SBN_CODEGEN_CONTRACT_EMIT_H
#define SBN_CODEGEN_CONTRACT_EMIT_H

#include "codegen/contract-model.h"
#include "codegen/text.h"

/* The schema of one namespace. */
struct schema_text {
    const char *ns;
    struct text body;     /* inside xs:schema, indented by two */
    struct vec imports;   /* const char *: namespaces */
    struct map prefixes;  /* by namespace */
    struct map elements;  /* global ones: const char *, as declared */
    unsigned prefix_count;
    bool is_serialization;
};

struct schema_set {
    struct vec schemas; /* struct schema_text */
    struct vec queue;   /* struct data_type: to be written */
    bool has_data;
    bool has_date_only, has_time_only;
};

/* Everything that service's messages refer to. */
void contract_schemas(struct schema_set *set, const struct service *service);

/* An xs:schema element, each line after indent blanks. files: names of the
 * schemas' files for imports; NULL: they are in the same document. */
void contract_schema_write(struct text *text, const struct schema_set *set,
                           const struct schema_text *schema, size_t indent,
                           const struct vec *files);

/* The whole WSDL in one document. */
void contract_wsdl_single(struct text *text, const struct service *service,
                          const struct schema_set *set);
/* In one document for each namespace (const char *): that of the service, the
 * bindings' and the contracts'. */
void contract_wsdl_spaces(const struct service *service, struct vec *spaces);
/* That of ns; schema_files are the names of the schemas' files, and files those
 * of the spaces. */
void contract_wsdl_linked(struct text *text, const struct service *service,
                          const struct schema_set *set,
                          const struct vec *schema_files,
                          const struct vec *spaces, const struct vec *files,
                          const char *ns);

/* ---- Shared by the files that do it -------------------------------------- */

/* words with what XML must not see as it is replaced */
void xml_put(struct text *text, const char *words);
/* ` name="value"` */
void xml_attr(struct text *text, const char *name, const char *value);
void xml_indent(struct text *text, size_t indent);
/* `<tag name="name"`, which stays open */
void xml_open(struct text *text, size_t indent, const char *tag,
              const char *name);
/* <name>words</name> on a line of its own; nothing without words */
void xml_doc(struct text *text, size_t indent, const char *name,
             const char *words);
/* doc, and appinfo, which is whole lines; NULL: none */
void xml_annotation(struct text *text, size_t indent, const char *doc,
                    const char *appinfo);

struct schema_text *schema_of(struct schema_set *set, const char *ns);
/* Asks for type and what it is made of. */
void schema_need(struct schema_set *set, struct data_type *type);
/* Writes a type that was asked for. */
void schema_type(struct schema_set *set, struct data_type *type);
/* An element inside a type, or with schema_global of its own. */
struct element_form {
    const char *name;
    const struct data_use *use;
    bool required, many, no_default, global, unqualified;
    const char *default_value; /* NULL: none */
    const char *doc;
};
void schema_element(struct schema_set *set, struct schema_text *schema,
                    struct text *text, size_t indent,
                    const struct element_form *form);
/* A reference to an element of another namespace, and that. */
void schema_foreign(struct schema_set *set, struct schema_text *schema,
                      struct text *text, size_t indent,
                      const struct element_form *form, const char *ns,
                      struct place place);
/* A struct or an array as XmlSerializer has it. */
void schema_xml_class(struct schema_set *set, struct schema_text *schema,
                      struct data_type *type);
void schema_soap_array(struct schema_set *set, struct schema_text *schema,
                       const struct data_type *type);
/* ` name="q1:local" xmlns:q1="ns"` */
void schema_attr(struct schema_text *schema, struct text *text,
                 const char *attribute, struct qname name);
/* Declares name as text says; the same twice is once. */
void schema_global(struct schema_text *schema, const char *name,
                   const struct text *text, struct place place);
/* "q1:" for another namespace, "tns:" for schema's own, "" for none; schema_xmlns
 * declares a foreign one behind the attribute. */
const char *schema_prefix(struct schema_text *schema, const char *ns);
void schema_xmlns(struct schema_text *schema, struct text *text,
                  const char *ns);
/* The Serialization schema, the same for all services; those of its types that
 * are new are in it when they are used. */
void schema_serialization(struct schema_set *set, struct text *text);

#endif
