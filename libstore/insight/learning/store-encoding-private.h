/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-encoding.h"

G_BEGIN_DECLS

/* Names of levels that no cell holds: nothing, and whatever is too rare to have a level. */
#define STORE_ENCODING_EMPTY "(empty)"
#define STORE_ENCODING_OTHER "(other)"

/* A spread below this share of the mean is rounding. */
#define STORE_ENCODING_ALL_THE_SAME 1e-12

void store_encoding_say   (GStrvBuilder       *notes,
                           char               *sentence);
void store_encoding_learn (StoreEncoding      *self,
                           const StoreRows    *rows,
                           const char *const  *leave_out,
                           GStrvBuilder       *notes);
void store_encoding_place (StoreEncoding      *self);

G_END_DECLS
