/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over files: whole, cut short at many places, and with
 * single bytes changed (the same way each time). TAP, one test a folder.
 * usage: PROGRAM FOLDER...
 * Of exchange files (test/exchange/README.md) the lines of bytes are taken.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

enum { MAX_SEED = 256 * 1024, VARIANTS = 64, HANG_SECONDS = 20 };

struct seed {
    uint8_t *bytes;
    size_t size;
};

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 0;
}

/* Undoes the escapes of one line of an exchange file. */
static void
add_line(struct seed *seed, const char *text, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        char c = text[i];

        if (c == '\\' && i + 1 < size) {
            c = text[++i];
            if (c == 'x' && i + 2 < size) {
                c = (char)(hex_digit(text[i + 1]) << 4 |
                           hex_digit(text[i + 2]));
                i += 2;
            } else
                c = c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        seed->bytes[seed->size++] = (uint8_t)c;
    }
}

/* Only the bytes in ("< ") of an exchange file. */
static void
extract_bytes(struct seed *seed)
{
    char *text = (char *)seed->bytes, *copy, *line, *end;

    if (memmem(text, seed->size, "\n< ", 3) == NULL)
        return;
    copy = malloc(seed->size + 1);
    if (copy == NULL)
        return;
    memcpy(copy, text, seed->size);
    copy[seed->size] = '\0';
    seed->size = 0;
    for (line = copy; *line != '\0'; line = end + (*end == '\n')) {
        end = line + strcspn(line, "\n");
        if (line[0] == '<' && line[1] == ' ')
            add_line(seed, line + 2, (size_t)(end - line - 2));
    }
    free(copy);
}

static int
read_seed(const char *path, struct seed *seed)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return 0;
    seed->size = fread(seed->bytes, 1, MAX_SEED, file);
    fclose(file);
    extract_bytes(seed);
    return 1;
}

/* Exactly sized, so that a read beyond the end is seen. */
static void
run_on(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);

    if (exact == NULL)
        abort();
    memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void
run_variants(struct seed *seed)
{
    uint32_t random = 2463534242u;
    size_t i;

    run_on(seed->bytes, seed->size);
    for (i = 0; i < VARIANTS && seed->size > 0; i++) {
        size_t place;
        uint8_t old;

        run_on(seed->bytes, seed->size * i / VARIANTS);
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        place = random % seed->size;
        old = seed->bytes[place];
        seed->bytes[place] = (uint8_t)(random >> 24);
        run_on(seed->bytes, seed->size);
        seed->bytes[place] = old;
    }
}

static size_t
run_folder(const char *folder, struct seed *seed)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    char path[4096];
    size_t count = 0;

    if (dir == NULL)
        return 0;
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        alarm(HANG_SECONDS);
        if (read_seed(path, seed)) {
            run_variants(seed);
            count++;
        }
    }
    alarm(0);
    closedir(dir);
    return count;
}

int
main(int argc, char **argv)
{
    struct seed seed = {malloc(MAX_SEED), 0};
    int i, failed = 0;

    if (seed.bytes == NULL)
        return 1;
    printf("1..%d\n", argc - 1);
    for (i = 1; i < argc; i++) {
        size_t count = run_folder(argv[i], &seed);

        failed += count == 0;
        printf("%s %d - %zu seeds\n", count > 0 ? "ok" : "not ok", i, count);
        fflush(stdout);
    }
    free(seed.bytes);
    return failed > 0;
}
