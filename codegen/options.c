/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/options.h"

#include <stdio.h>
#include <string.h>

/* The option that arg names, alone or before an equals sign. */
static const struct option *
find(const struct option *options, const char *arg, const char **ret_value)
{
    for (; options->name != NULL; options++) {
        size_t size = strlen(options->name);

        if (strncmp(arg, options->name, size) != 0)
            continue;
        if (arg[size] == '\0') {
            *ret_value = NULL;
            return options;
        }
        if (arg[size] == '=') {
            *ret_value = arg + size + 1;
            return options;
        }
    }
    return NULL;
}

static bool
takes_value(const struct option *option)
{
    return option->kind == OPTION_TEXT || option->kind == OPTION_LIST;
}

static bool
set(const struct option *option, const char *value)
{
    if (!takes_value(option)) {
        if (value != NULL) {
            fprintf(stderr, "sebon: option '%s' takes no value\n",
                    option->name);
            return false;
        }
        *(bool *)option->to = option->kind == OPTION_FLAG;
        return true;
    }
    if (value == NULL || *value == '\0') {
        fprintf(stderr, "sebon: option '%s' needs a value\n", option->name);
        return false;
    }
    if (option->kind == OPTION_LIST)
        vec_add((struct vec *)option->to, mem_str(value));
    else
        *(const char **)option->to = value;
    return true;
}

bool
options_parse(const struct option *options, int argc, char **argv, int first,
              struct vec *files)
{
    const struct option *option;
    const char *value;
    bool only_files = false;
    int i;

    for (i = first; i < argc; i++) {
        if (only_files || argv[i][0] != '-' || argv[i][1] == '\0') {
            vec_add(files, argv[i]);
            continue;
        }
        if (strcmp(argv[i], "--") == 0) {
            only_files = true;
            continue;
        }
        option = find(options, argv[i], &value);
        if (option == NULL) {
            fprintf(stderr, "sebon: unknown option '%s'\n", argv[i]);
            return false;
        }
        if (takes_value(option) && value == NULL && i + 1 < argc)
            value = argv[++i];
        if (!set(option, value))
            return false;
    }
    return true;
}

void
options_help(const struct option *options)
{
    char left[64];

    for (; options->name != NULL; options++) {
        snprintf(left, sizeof(left), "%s%s%s", options->name,
                 options->value ? " " : "",
                 options->value ? options->value : "");
        printf("  %-24s  %s\n", left, options->help);
    }
}
