/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-encoding.h"

G_BEGIN_DECLS

/* Names of levels that no cell holds: nothing, and whatever is too rare to have a level. */
#define STORE_ENCODING_EMPTY "(empty)"
#define STORE_ENCODING_OTHER "(other)"

void store_encoding_place (StoreEncoding *self);

G_END_DECLS
