/* SPDX-License-Identifier: Apache-2.0 */
/* A WSDL through the whole generator: reading, naming, writing. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "codegen/generate.h"
#include "fuzz.h"

static char folder[] = "/tmp/sebon-fuzz-XXXXXX";
static char input[sizeof(folder) + 16], output[sizeof(folder) + 16];

/* What it wrote may be of any name; the next run writes over it. */
static void
clean_up(void)
{
    char command[sizeof(folder) + 16];

    snprintf(command, sizeof(command), "rm -rf %s", folder);
    if (system(command) != 0)
        abort();
}

static void
set_up(void)
{
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(input, sizeof(input), "%s/in.wsdl", folder);
    snprintf(output, sizeof(output), "%s/out", folder);
    /* Each input is complained about at length. */
    if (freopen("/dev/null", "w", stderr) == NULL)
        abort();
    atexit(clean_up);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct generate_options options = {.out = output};
    struct vec files = {NULL, 0, 0};
    int fd;

    if (input[0] == '\0')
        set_up();
    fd = open(input, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        abort();
    vec_add(&files, input);
    generate(&files, &options);
    mem_release();
    return 0;
}
