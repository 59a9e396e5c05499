/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of WSDL 1.1 whose breach leaves open what is meant. */
#ifndef SBN_CODEGEN_CHECK_RULES_H
#define SBN_CODEGEN_CHECK_RULES_H

#include "codegen/wsdl.h"

/* Tells, as problems, what breaks them in the documents of a resolved WSDL. */
void check_rules(const struct wsdl *wsdl);

#endif
