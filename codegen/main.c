/* SPDX-License-Identifier: Apache-2.0 */
/* sebon: the tool. Commands and their command lines. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sebon.h>

#include "codegen/check.h"
#include "codegen/contract.h"
#include "codegen/fetch.h"
#include "codegen/generate.h"
#include "codegen/names.h"
#include "codegen/options.h"
#include "codegen/output.h"
#include "codegen/sample.h"
#include "codegen/status.h"

/* What cannot be meant; false: one line has been printed. */
static bool
check_generate(const struct generate_options *to, const struct vec *files)
{
    size_t i;

    if (files->count == 0) {
        fputs("sebon: generate needs a file\n", stderr);
        return false;
    }
    if (to->prefix != NULL && !name_is_prefix(to->prefix)) {
        fprintf(stderr, "sebon: '%s' cannot begin a name in C\n", to->prefix);
        return false;
    }
    if (to->types && (to->client || to->server)) {
        fputs("sebon: --types leaves no client or server\n", stderr);
        return false;
    }
    for (i = 0; i < to->namespaces.count; i++) {
        const char *text = VEC(&to->namespaces, const char, i);
        const char *comma = strrchr(text, ',');

        if (comma == NULL || !name_is_prefix(comma + 1)) {
            fprintf(stderr,
                    "sebon: --namespace wants XMLNS,PREFIX and not '%s'\n",
                    text);
            return false;
        }
    }
    return true;
}

/* svcutil's way to ask for the documents alone. */
static int
run_target(const char *target, const struct vec *files, const char *out)
{
    if (strcmp(target, "metadata") == 0)
        return download(files, out != NULL ? out : ".");
    fprintf(stderr, "sebon: --target is code or metadata and not '%s'\n",
            target);
    return EXIT_BAD_USAGE;
}

static int
run_generate(int argc, char **argv)
{
    struct generate_options to = {.sync = true};
    const char *target = "code";
    struct vec files = {NULL, 0, 0};
    bool help = false;
    const struct option options[] = {
        {"--out", OPTION_TEXT, &to.out, "DIR",
         "where files go; default: the current folder"},
        {"--file", OPTION_TEXT, &to.file, "NAME",
         "the files' name without .h and .c; default: the prefix"},
        {"--prefix", OPTION_TEXT, &to.prefix, "NAME",
         "begins all names; default: by the port type"},
        {"--client", OPTION_FLAG, &to.client, NULL,
         "the client side; default: client and server"},
        {"--server", OPTION_FLAG, &to.server, NULL, "the service side"},
        {"--types", OPTION_FLAG, &to.types, NULL,
         "the types only, all of them"},
        {"--operations", OPTION_LIST, &to.operations, "A,B",
         "these only, with the types they need"},
        {"--message-contract", OPTION_FLAG, &to.message_contract, NULL,
         "whole messages as parameters and results"},
        {"--metadata", OPTION_FLAG, &to.metadata, NULL,
         "services give out their WSDL and schemas (?wsdl, /mex)"},
        {"--sync", OPTION_FLAG, &to.sync, NULL,
         "synchronous functions as well, the default"},
        {"--no-sync", OPTION_CLEAR, &to.sync, NULL,
         "only asynchronous functions"},
        {"--split", OPTION_FLAG, &to.split, NULL,
         "types, client and server in files of their own"},
        {"--namespace", OPTION_LIST, &to.namespaces, "XMLNS,PREFIX",
         "begins the names of this namespace's types; * is all others"},
        {"--names", OPTION_TEXT, &to.names, "FILE",
         "what is called how: written, or followed where it exists"},
        {"--catalog", OPTION_TEXT, &to.catalog, "FILE",
         "the files that stand for namespaces and addresses"},
        {"--lenient", OPTION_FLAG, &to.lenient, NULL,
         "what is missing or wrong is kept as XML, with a warning"},
        {"--depfile", OPTION_TEXT, &to.depfile, "FILE",
         "what was read, as a rule for make"},
        {"--target", OPTION_TEXT, &target, "code",
         "or metadata: nothing but what sebon download saves"},
        {"--help", OPTION_FLAG, &help, NULL, "this text"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL}};

    argv = options_from_svcutil(&argc, argv);
    if (!options_parse(options, argc, argv, 2, &files))
        return EXIT_BAD_USAGE;
    if (help) {
        puts(
            "usage: sebon generate [options] FILE-or-URL...\n\n"
            "Reads WSDL 1.1 and XML Schema, from files or as a service "
            "publishes them, and\nwrites C for them. The "
            "options of\nsvcutil and dotnet-svcutil are understood as well.\n");
        options_help(options);
        return EXIT_GOOD;
    }
    if (strcmp(target, "code") != 0)
        return run_target(target, &files, to.out);
    if (!check_generate(&to, &files))
        return EXIT_BAD_USAGE;
    if (!fetch_inputs(&files))
        return EXIT_NO_INPUT;
    return generate(&files, &to) ? EXIT_GOOD : EXIT_BAD_INPUT;
}

static int
run_sample(int argc, char **argv)
{
    struct sample_options to = {NULL, false, false, 0, false};
    const char *variant = NULL;
    struct vec files = {NULL, 0, 0};
    bool help = false, full = false;
    const struct option options[] = {
        {"--operation", OPTION_TEXT, &to.operation, "NAME",
         "of this operation; default: of all"},
        {"--reply", OPTION_FLAG, &to.reply, NULL,
         "what comes back; default: what is sent"},
        {"--full", OPTION_FLAG, &full, NULL,
         "all that may be there, which is the default"},
        {"--minimal", OPTION_FLAG, &to.minimal, NULL,
         "only what must be there"},
        {"--variant", OPTION_TEXT, &variant, "N",
         "0, 1, 2, ...: other branches of choices and other derived types"},
        {"--soap12", OPTION_FLAG, &to.soap12, NULL,
         "SOAP 1.2, where there is a choice"},
        {"--help", OPTION_FLAG, &help, NULL, "this text"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL}};

    if (!options_parse(options, argc, argv, 2, &files))
        return EXIT_BAD_USAGE;
    if (help) {
        puts("usage: sebon sample [options] FILE...\n\n"
             "Prints a filled message for each operation of a WSDL.\n");
        options_help(options);
        return EXIT_GOOD;
    }
    if (files.count == 0 || (full && to.minimal)) {
        fputs(files.count == 0 ? "sebon: sample needs a file\n"
                               : "sebon: --full and --minimal exclude each "
                                 "other\n",
              stderr);
        return EXIT_BAD_USAGE;
    }
    if (variant != NULL)
        to.variant = (unsigned)strtoul(variant, NULL, 10);
    return sample(&files, &to) ? EXIT_GOOD : EXIT_BAD_INPUT;
}

static int
run_contract(int argc, char **argv)
{
    struct contract_options to = {.out = NULL};
    struct vec files = {NULL, 0, 0};
    bool help = false;
    const struct option options[] = {
        {"--out", OPTION_TEXT, &to.out, "DIR",
         "where files go; default: the current folder"},
        {"--single", OPTION_FLAG, &to.single, NULL,
         "one WSDL document with everything in it"},
        {"--no-code", OPTION_FLAG, &to.no_code, NULL,
         "the WSDL and the schemas only"},
        {"--metadata", OPTION_FLAG, &to.metadata, NULL,
         "services give out their WSDL and schemas (?wsdl, /mex)"},
        {"--check", OPTION_FLAG, &to.check, NULL,
         "write nothing, only tell what is wrong"},
        {"--help", OPTION_FLAG, &help, NULL, "this text"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL}};

    if (!options_parse(options, argc, argv, 2, &files))
        return EXIT_BAD_USAGE;
    if (help) {
        puts("usage: sebon contract [options] FILE.h\n\n"
             "Reads a contract written in C, and writes its WSDL and schemas "
             "and the C that\ngenerate makes of them.\n");
        options_help(options);
        return EXIT_GOOD;
    }
    if (files.count != 1) {
        fputs("sebon: contract needs one file\n", stderr);
        return EXIT_BAD_USAGE;
    }
    return contract_run(VEC(&files, const char, 0), &to) ? EXIT_GOOD
                                                         : EXIT_BAD_INPUT;
}

static int
run_check(int argc, char **argv)
{
    struct check_options to = {NULL, false};
    struct vec files = {NULL, 0, 0};
    bool help = false;
    const struct option options[] = {
        {"--catalog", OPTION_TEXT, &to.catalog, "FILE",
         "the files that stand for namespaces and addresses"},
        {"--all", OPTION_FLAG, &to.all, NULL, "lists are not cut short"},
        {"--help", OPTION_FLAG, &help, NULL, "this text"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL}};

    if (!options_parse(options, argc, argv, 2, &files))
        return EXIT_BAD_USAGE;
    if (help) {
        puts("usage: sebon check [options] FILE...\n\n"
             "Prints what files describe, what in them is unusual, missing or "
             "left out.\n");
        options_help(options);
        return EXIT_GOOD;
    }
    if (files.count == 0) {
        fputs("sebon: check needs a file\n", stderr);
        return EXIT_BAD_USAGE;
    }
    return check(&files, &to) ? EXIT_GOOD : EXIT_BAD_INPUT;
}

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    {"contract", run_contract, "write the WSDL and C of a contract in C"},
    {"generate", run_generate, "write C for a WSDL"},
    {"download", run_download, "save a service's WSDL and schemas"},
    {"check", run_check, "say what a WSDL has and lacks"},
    {"sample", run_sample, "print messages that fit a WSDL"},
};

static int
print_help(void)
{
    size_t i;

    puts("usage: sebon COMMAND [options] ...\n");
    for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        printf("  %-20s  %s\n", commands[i].name, commands[i].help);
    puts("\n  --help                this text, or a command's\n"
         "  --version             the version\n\n"
         "exit status\n"
         "  0  all is well\n"
         "  1  what was read is wrong, or is not there\n"
         "  2  the command line is wrong\n"
         "  3  an address gives no metadata\n"
         "  4  a file, a folder or the output cannot be written\n"
         "  9  there is no memory left");
    return EXIT_GOOD;
}

static int
run(int argc, char **argv)
{
    size_t i;

    if (argc < 2) {
        fputs("sebon: a command is needed; see sebon --help\n", stderr);
        return EXIT_BAD_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0)
        return print_help();
    if (strcmp(argv[1], "--version") == 0) {
        printf("sebon %s\n", sbn_version());
        return EXIT_GOOD;
    }
    for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc, argv);
    fprintf(stderr, "sebon: unknown %s '%s'; see sebon --help\n",
            argv[1][0] == '-' ? "option" : "command", argv[1]);
    return EXIT_BAD_USAGE;
}

/* What was printed must have gone somewhere, too. */
static int
check_written(int status)
{
    if (output_failed())
        return EXIT_NOT_WRITTEN;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "sebon: error: cannot write the output: %s\n",
            strerror(errno));
    return EXIT_NOT_WRITTEN;
}

int
main(int argc, char **argv)
{
    int status = check_written(run(argc, argv));

    fetch_cleanup();
    mem_release();
    return status;
}
