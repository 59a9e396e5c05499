/* SPDX-License-Identifier: Apache-2.0 */
/* The options people bring from svcutil and dotnet-svcutil. */
#include <stdio.h>
#include <string.h>

#include "codegen/document.h"
#include "codegen/names.h"
#include "codegen/options.h"

enum meaning {
    SAME,      /* ours, its value as it is */
    NAMESPACE, /* XMLNS,Dotted.Name */
    OUT_FILE,  /* a path without meaning behind its last dot */
    ALWAYS,    /* what we do anyway */
    TARGET,    /* code or metadata; what else svcutil has is told */
    IGNORED    /* nothing in C; told */
};

static const struct spelling {
    const char *names; /* between blanks, lower case */
    enum meaning meaning;
    bool valued;
    const char *ours;
} spellings[] = {
    {" namespace n ", NAMESPACE, true, "--namespace"},
    {" out o outputfile ", OUT_FILE, true, "--file"},
    {" directory d outputdir ", SAME, true, "--out"},
    {" messagecontract mc wrapped wr ", SAME, false, "--message-contract"},
    {" servicecontract sc ", SAME, false, "--server"},
    {" datacontractonly dconly ", SAME, false, "--types"},
    {" sync syn ", SAME, false, "--sync"},
    {" help h ? ", SAME, false, "--help"},
    {" target t ", TARGET, true, "--target"},
    {" async a importxmltypes ixt nologo nl noconfig validate ", ALWAYS, false,
     NULL},
    {" targetclientversion tcv serializer ser verbosity v ", ALWAYS, true,
     NULL},
    {" synconly so ", IGNORED, false,
     "the asynchronous functions are there as well"},
    {" config svcutilconfig ", IGNORED, true,
     "there are no configuration files; the address is in the code"},
    {" mergeconfig ", IGNORED, false,
     "there are no configuration files; the address is in the code"},
    {" update u ", IGNORED, false,
     "what was given is not stored; give it again"},
    {" acceptcertificate ac ", IGNORED, false,
     "metadata is downloaded without TLS"},
    {" language l ", IGNORED, true, "the language is C"},
    {" collectiontype ct reference r excludetype et ", IGNORED, true,
     "it is about .NET's types"},
    {" internal i serializable s enabledatabinding edb nostdlib nsl "
     "usesserializerforfaults usf notypereuse ntr noprojectupdates npu "
     "notelemetry nm nobootstrapping nb enableloggingmarkup elm ",
     IGNORED, false, "it is about .NET"},
    {" projectfile pf targetframework tf runtimeidentifier ri bootstrappath "
     "bd culturename cn toolcontext tc servicename ",
     IGNORED, true, "it is about .NET"},
};

static const char *
lower(const char *text, size_t size)
{
    char *copy = mem_strn(text, size), *at;

    for (at = copy; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + ('a' - 'A'));
    return copy;
}

/* The name of an argument that may be one of these, without what begins it;
 * *ret_value is behind its colon or equals sign, NULL without one. */
static const char *
name_of(const char *arg, const char **ret_value)
{
    size_t dashes = arg[0] == '/' ? 1 : strspn(arg, "-"), size;

    if (dashes == 0 || dashes > 2)
        return NULL;
    arg += dashes;
    size = strcspn(arg, ":=");
    *ret_value = arg[size] == '\0' ? NULL : arg + size + 1;
    return size == 0 || memchr(arg, '/', size) != NULL ? NULL
                                                       : lower(arg, size);
}

static const struct spelling *
find(const char *name)
{
    const char *word = mem_printf(" %s ", name);
    size_t i;

    for (i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        if (strstr(spellings[i].names, word) != NULL)
            return &spellings[i];
    return NULL;
}

static void
add(struct vec *args, const char *arg)
{
    vec_add(args, mem_str(arg));
}

/* urn:shop,My.Shop is urn:shop,my_shop */
static const char *
namespace_value(const char *value)
{
    const char *comma = strrchr(value, ',');

    if (comma == NULL)
        return value;
    return mem_printf("%.*s,%s", (int)(comma - value), value,
                      name_snake(comma + 1));
}

/* A folder, when there is one, and a name. */
static void
add_out_file(struct vec *args, const char *value)
{
    const char *slash = strrchr(value, '/');
    const char *base = slash == NULL ? value : slash + 1;

    if (slash != NULL)
        add(args, mem_printf("--out=%.*s", (int)(slash - value), value));
    add(args, mem_printf("--file=%.*s", (int)strcspn(base, "."), base));
}

static void
translate(struct vec *args, const struct spelling *spelling, const char *name,
          const char *value)
{
    switch (spelling->meaning) {
    case SAME:
        add(args, spelling->valued && value != NULL
                      ? mem_printf("%s=%s", spelling->ours, value)
                      : spelling->ours);
        break;
    case NAMESPACE:
        add(args, value != NULL ? mem_printf("%s=%s", spelling->ours,
                                             namespace_value(value))
                                : spelling->ours);
        break;
    case OUT_FILE:
        if (value != NULL)
            add_out_file(args, value);
        else
            add(args, spelling->ours);
        break;
    case TARGET:
        value = value == NULL ? "" : lower(value, strlen(value));
        if (strcmp(value, "xmlserializer") == 0)
            fprintf(stderr,
                    "sebon: /%s is ignored: serializers are a part of the "
                    "code\n",
                    name);
        else
            add(args, mem_printf("%s=%s", spelling->ours, value));
        break;
    case ALWAYS:
        break;
    case IGNORED:
        fprintf(stderr, "sebon: /%s is ignored: %s\n", name, spelling->ours);
        break;
    }
}

/* Ours in its own spelling goes first; a path that begins with a slash is no
 * option. */
static bool
is_ours(const char *arg)
{
    static const char *const both[] = {"--namespace", "--sync",   "--help",
                                       "--out",       "--target", NULL};
    size_t size = strcspn(arg, "="), i;

    for (i = 0; both[i] != NULL; i++)
        if (strlen(both[i]) == size && strncmp(arg, both[i], size) == 0)
            return true;
    return (arg[0] != '/' && arg[0] != '-') ||
           (arg[0] == '/' && document_exists(arg));
}

char **
options_from_svcutil(int *argc, char **argv)
{
    struct vec args = {NULL, 0, 0};
    int i;

    for (i = 0; i < *argc; i++) {
        const char *value = NULL;
        const char *name = is_ours(argv[i]) ? NULL : name_of(argv[i], &value);
        const struct spelling *spelling = name == NULL ? NULL : find(name);

        if (spelling == NULL) {
            add(&args, argv[i]);
            continue;
        }
        /* dotnet-svcutil's: the value is the next argument; svcutil's, which
         * may begin with a slash, is always behind a colon */
        if (spelling->valued && value == NULL)
            value = argv[i][0] == '/' ? "" : i + 1 < *argc ? argv[++i] : NULL;
        translate(&args, spelling, name, value);
    }
    *argc = (int)args.count;
    vec_add(&args, NULL);
    return (char **)args.items;
}
