/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_http(SBN__HTTP_REQUEST, bytes, size);
    return 0;
}
