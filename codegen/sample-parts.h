/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that make up messages share. */
#ifndef SBN_CODEGEN_SAMPLE_PARTS_H
#define SBN_CODEGEN_SAMPLE_PARTS_H

#include "codegen/schema.h"
#include "codegen/text.h"

#define NS_XSI "http://www.w3.org/2001/XMLSchema-instance"
/* Of what wildcards take. */
#define SAMPLE_OTHER_NS "http://example.org/other"
#define NS_ENCODING11 "http://schemas.xmlsoap.org/soap/encoding/"

/* A message being written. */
struct sample {
    const struct schemas *schemas;
    bool minimal;     /* of all elements */
    unsigned variant; /* which branch of each choice, and so on */
    bool encoded; /* SOAP's encoding: types are told, arrays are different */
    struct text body;
    struct vec namespaces; /* const char *, declared at the top */
    unsigned depth;        /* of elements, for indentation */
    unsigned count;        /* of values, so that neighbours differ */
    unsigned ids;          /* of xs:ID so far */
    unsigned objects;      /* z:Id so far */
    bool inside_text;      /* no line breaks: they would be content */
};

/* "prefix:local", declared; without namespace, local alone. */
const char *sample_name(struct sample *sample, struct qname name);
/* The prefix of ns, declared. */
const char *sample_prefix(struct sample *sample, const char *ns);

/* ---- Content (sample-content.c) ------------------------------------------ */

/* An element with all that belongs into it. */
void sample_element(struct sample *sample, const struct xs_element *element,
                    bool minimal);

/* ---- Lines, text, attributes (sample-attributes.c) ------------------------
 */

void sample_start_line(struct sample *sample);
/* text with what XML needs escaped. */
void sample_escaped(struct text *text, const char *words);
/* One, behind a start tag's name. */
void sample_attribute(struct sample *sample, const char *name,
                      const char *value);
/* Those of type. */
void sample_attributes(struct sample *sample, const struct xs_type *type,
                       bool minimal);

/* ---- Arrays and wildcards (sample-special.c) ----------------------------- */

/* What says of which type the items are; NULL: type is no array. */
const struct xs_attribute_use *sample_array_use(const struct xs_type *type);
/* Attribute and items of type of, which has its brackets. */
void sample_array(struct sample *sample, const struct xs_type *array,
                  struct qname of, bool minimal);
/* Whether any, in a schema about target, takes what is in ns. */
bool sample_allows(const struct xs_wildcard *any, const char *target,
                   const char *ns);
/* An element that any takes. */
void sample_any(struct sample *sample, const struct xs_wildcard *any);

/* ---- Values (sample-value.c) --------------------------------------------- */

/* A value of a simple type, or of simple content. */
const char *sample_value(struct sample *sample, const struct xs_type *type);

/* The next type towards the built-in one it goes back to; NULL at the top. */
const struct xs_type *sample_simple_base(const struct xs_type *type);

/* ---- Patterns (sample-pattern.c) ----------------------------------------- */

/*
 * A string that the regular expression of XML Schema Part 2, appendix F, takes.
 * The first repetitions are repeated by stretch more often than they must be,
 * as far as they may be. variant: which branches are taken, modulo
 * SAMPLE_BRANCHES, and above that which characters. NULL: it is no expression
 * that is understood.
 */
enum { SAMPLE_BRANCHES = 8 };
const char *sample_pattern(const char *pattern, unsigned stretch,
                           unsigned variant);

/* ---- Heights (sample-height.c) ------------------------------------------- */

/* No element of it can end. */
#define SAMPLE_ENDLESS UINT32_MAX

/* How deep the smallest content is, of all types. */
void sample_heights(const struct schemas *schemas);
uint32_t sample_element_height(const struct schemas *schemas,
                               const struct xs_element *element);
uint32_t sample_particle_height(const struct schemas *schemas,
                                const struct xs_particle *particle);
uint32_t sample_type_height(const struct xs_type *type);

/* What stands for an element or type when it is abstract: the one with the
 * smallest content. NULL: there is none. blocked: XS_EXTENSION ... */
const struct xs_element *
sample_concrete_element(const struct schemas *schemas,
                        const struct xs_element *element);
const struct xs_type *sample_concrete_type(const struct xs_type *type,
                                           unsigned blocked);

/* ---- Variants (sample-variant.c) ----------------------------------------- */

/* What stands for an element, and for a type, in sample's variant. */
const struct xs_element *
sample_variant_element(const struct sample *sample,
                       const struct xs_element *element);
const struct xs_type *sample_variant_type(const struct sample *sample,
                                          const struct xs_type *type,
                                          unsigned blocked);

#endif
