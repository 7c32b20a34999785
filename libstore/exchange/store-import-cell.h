/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-date-text.h"
#include "store-field.h"
#include "store-money-text.h"
#include "store-reading.h"

G_BEGIN_DECLS

/**
 * StoreColumnGuess:
 *
 * What all cells of a column say about how each is to be read. A plain value; begin with zeroes.
 */
typedef struct
{
  StoreDateGuess dates;
  StoreMoneyGuess amounts;
} StoreColumnGuess;

void          store_column_guess_add (StoreColumnGuess        *guess,
                                      const StoreField        *field,
                                      const char              *cell);
gboolean      store_column_guess_can (const StoreField        *field);
StoreReading  store_import_cell_read (const StoreField        *field,
                                      const char              *cell,
                                      const StoreColumnGuess  *guess,
                                      StoreValue              *value,
                                      GError                 **error);

G_END_DECLS
