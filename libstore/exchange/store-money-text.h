/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-reading.h"

G_BEGIN_DECLS

/**
 * StoreMoneyGuess:
 * @decimal_comma: amounts in which a comma can only be the decimal sign
 * @decimal_point: amounts in which a point can only be the decimal sign
 * @amounts: cells that are amounts in any form
 * @others: cells that are neither empty nor amounts
 *
 * What a column's cells say about "1.234": a thousand, or one and a bit. A plain value; begin
 * with zeroes.
 */
typedef struct
{
  guint64 decimal_comma;
  guint64 decimal_point;
  guint64 amounts;
  guint64 others;
} StoreMoneyGuess;

int           store_currency_get_digits (const char           *currency);

void          store_money_guess_add   (StoreMoneyGuess        *guess,
                                       const char             *cell);
StoreReading  store_money_text_parse  (const char             *cell,
                                       const StoreMoneyGuess  *guess,
                                       const char             *currency,
                                       gint64                 *minor,
                                       char                    found[4],
                                       GError                **error);
StoreReading  store_number_text_parse (const char             *cell,
                                       const StoreMoneyGuess  *guess,
                                       int                     digits,
                                       gint64                 *number,
                                       GError                **error);

G_END_DECLS
