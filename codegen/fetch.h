/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Metadata from the network: what a URL leads to, and what that imports from
 * the same host, as files of one folder that refer to each other.
 */
#ifndef SBN_CODEGEN_FETCH_H
#define SBN_CODEGEN_FETCH_H

#include <stdbool.h>

#include "codegen/memory.h"

/* Whether an input is an address and not a file. */
bool fetch_is_url(const char *input);

/*
 * Downloads into folder, which exists, and adds the files to be read (const
 * char *) to files: the main one, or each that nothing refers to. false: it has
 * been told why, and what was tried.
 */
bool fetch_to_folder(const char *url, const char *folder, struct vec *files);

/* The same into a folder for this run, which fetch_cleanup removes. */
bool fetch(const char *url, struct vec *files);
void fetch_cleanup(void);
/* Each URL among files becomes the files it leads to. */
bool fetch_inputs(struct vec *files);
/* The command: sebon download. */
int run_download(int argc, char **argv);
/* What it does: urls (const char *) into folder, and the exit status. */
int download(const struct vec *urls, const char *folder);

/* ---- Shared by the files that do it --------------------------------------- */

struct fetched {
    const char *url;      /* where it is from; with MEX, where that was asked */
    struct _xmlDoc *xml;
    const char *name;     /* of its file */
    const char *ns;       /* its target namespace; "" */
    bool is_wsdl;
    bool referred;        /* another one imports it */
};

struct fetching {
    const char *url;      /* as the user gave it */
    const char *base;     /* its scheme and host: no other is asked */
    struct vec documents; /* struct fetched */
    struct vec tried;     /* const char *: what has failed, and how */
    size_t bytes;         /* of all replies */
    long long end;        /* s, when time is up */
};

/* A GET, or with body a POST, that was answered with 200; redirections on the
 * same host are followed, and *url says where that led. NULL: it failed, which
 * has been noted. The body has *ret_size bytes. */
const char *fetch_get(struct fetching *f, const char **url, const char *type,
                      const char *body, size_t *ret_size);
/* Notes that what has failed. */
void fetch_note(struct fetching *f, const char *what, const char *why);
/* A WSDL or schema; NULL: it is none. Known ones are not added twice. */
struct fetched *fetch_add(struct fetching *f, const char *url,
                          const char *bytes, size_t size);
/* A document of which the tree is known; takes xml. */
struct fetched *fetch_add_tree(struct fetching *f, const char *url,
                               struct _xmlDoc *xml);
/* WS-MetadataExchange at url. false: nothing came of it. */
bool fetch_mex(struct fetching *f, const char *url);
/* Writes all documents, with their imports changed to each other's names. */
bool fetch_save(struct fetching *f, const char *folder);

#endif
