/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/base/powers.h"

const struct sbn__power sbn__powers[SBN__POWER_LAST - SBN__POWER_FIRST + 1] = {
#include "powers.inc"
};
