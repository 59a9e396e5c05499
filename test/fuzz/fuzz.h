/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fuzz target is LLVMFuzzerTestOneInput in a file of its own. As an ordinary
 * test it is linked with replay.c and run over its seeds; with clang and
 * -Dfuzz=true it is linked with libFuzzer:
 *
 *   CC=clang meson setup build-fuzz -Dfuzz=true
 *   build-fuzz/test/fuzz/fuzz-http-request -max_total_time=600 FOLDER
 */
#ifndef TEST_FUZZ_FUZZ_H
#define TEST_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
