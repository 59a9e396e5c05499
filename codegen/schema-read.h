/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read schema documents share. */
#ifndef SBN_CODEGEN_SCHEMA_READ_H
#define SBN_CODEGEN_SCHEMA_READ_H

#include "codegen/schema.h"

/* A schema document being read. */
struct schema_reader {
    struct schemas *schemas;
    struct document *document;
    const char *target; /* namespace; NULL: none */
    bool chameleon;     /* target is the includer's */
    bool elements_qualified, attributes_qualified;
    unsigned block_default, final_default;
    struct xs_component *owner; /* the global component being read */
};

/* A QName in an attribute, as this document means it. */
struct qname schema_qname(struct schema_reader *reader, const xmlNode *node,
                          const char *text);
/* The reference in node's attribute, registered; without it, none. */
void schema_reference(struct schema_reader *reader, const xmlNode *node,
                      const char *attribute, enum xs_space space,
                      struct xs_ref *ref);
/* Fills in a component's name, place and documentation. */
void schema_component(struct schema_reader *reader, const xmlNode *node,
                      enum xs_space space, struct xs_component *component);
/* What may not stand where it does: told and not read. */
void schema_unexpected(struct schema_reader *reader, const xmlNode *node);
/* The same of what is read all the same; how says as what. */
void schema_misplaced(struct schema_reader *reader, const xmlNode *node,
                      const char *how);
bool schema_flag(const xmlNode *node, const char *attribute);
unsigned schema_derivations(const xmlNode *node, const char *attribute,
                            unsigned otherwise);
const char *schema_doc(const xmlNode *node);

struct xs_type *schema_read_simple(struct schema_reader *reader,
                                   const xmlNode *node);
struct xs_type *schema_read_complex(struct schema_reader *reader,
                                    const xmlNode *node);
/* The type of an element whose content stands in it without a <complexType> or
 * <simpleType> around it, as some write it; NULL: child is no such content. */
struct xs_type *schema_read_bare_type(struct schema_reader *reader,
                                      const xmlNode *child);
struct xs_element *schema_read_element(struct schema_reader *reader,
                                       const xmlNode *node, bool global);
struct xs_attribute *schema_read_attribute(struct schema_reader *reader,
                                           const xmlNode *node, bool global);
struct xs_group *schema_read_group(struct schema_reader *reader,
                                   const xmlNode *node);
struct xs_attribute_group *
schema_read_attribute_group(struct schema_reader *reader, const xmlNode *node);

/* sequence, choice, all, group, element, any; NULL: node is none of them. */
struct xs_particle *schema_read_particle(struct schema_reader *reader,
                                         const xmlNode *node);
/* A particle as content of a type or group, which holds one of them; false:
 * node is none. */
bool schema_read_content(struct schema_reader *reader, const xmlNode *node,
                         struct xs_particle **content);
struct xs_wildcard *schema_read_wildcard(struct schema_reader *reader,
                                         const xmlNode *node);
/* Takes node when it is an attribute, attributeGroup or anyAttribute. */
bool schema_read_attribute_use(struct schema_reader *reader,
                               const xmlNode *node, struct vec *attributes,
                               struct vec *groups,
                               struct xs_wildcard **any);
/* Takes node when it is a facet. */
bool schema_read_facet(struct schema_reader *reader, const xmlNode *node,
                       struct vec *facets);

#endif
