/* SPDX-License-Identifier: Apache-2.0 */
/* sebon download: metadata becomes files. */
#include <stdio.h>

#include "codegen/fetch.h"
#include "codegen/options.h"
#include "codegen/output.h"
#include "codegen/status.h"

int
download(const struct vec *urls, const char *folder)
{
    struct vec files = {NULL, 0, 0};
    size_t i;

    for (i = 0; i < urls->count; i++)
        if (!fetch_is_url(VEC(urls, const char, i))) {
            fprintf(stderr, "sebon: '%s' is no http address\n",
                    VEC(urls, const char, i));
            return EXIT_BAD_USAGE;
        }
    if (urls->count == 0) {
        fputs("sebon: download needs an address\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (!output_make_folder(folder))
        return EXIT_NO_INPUT;
    for (i = 0; i < urls->count; i++)
        if (!fetch_to_folder(VEC(urls, const char, i), folder, &files))
            return EXIT_NO_INPUT;
    for (i = 0; i < files.count; i++)
        puts(VEC(&files, const char, i));
    return EXIT_GOOD;
}

int
run_download(int argc, char **argv)
{
    const char *folder = ".";
    struct vec urls = {NULL, 0, 0};
    bool help = false;
    const struct option options[] = {
        {"--out", OPTION_TEXT, &folder, "DIR",
         "where files go; default: the current folder"},
        {"--help", OPTION_FLAG, &help, NULL, "this text"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL}};

    if (!options_parse(options, argc, argv, 2, &urls))
        return EXIT_BAD_USAGE;
    if (help) {
        puts("usage: sebon download [options] URL...\n\n"
             "Saves the WSDL and schemas that a service publishes at an "
             "address, by ?wsdl or\nWS-MetadataExchange, with what they "
             "import from the same host.\n");
        options_help(options);
        return EXIT_GOOD;
    }
    return download(&urls, folder);
}
