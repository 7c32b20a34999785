/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-reading.h"

G_BEGIN_DECLS

/**
 * StoreDateText:
 * @year: 0 when the text names only month and day
 * @has_time: whether @hour, @minute and @second were written
 * @has_zone: whether @zone_minutes was written
 * @zone_minutes: minutes east of UTC
 *
 * What a date in a cell says.
 */
typedef struct
{
  int year;
  int month;
  int day;
  gboolean has_time;
  int hour;
  int minute;
  int second;
  gboolean has_zone;
  int zone_minutes;
} StoreDateText;

/**
 * StoreDateGuess:
 * @day_first: for each separator, dates that can only be day, month, year
 * @month_first: for each separator, dates that can only be month, day, year
 * @either: for each separator, dates that can be read both ways
 * @serials: numbers that can be the days of a spreadsheet
 * @dates: cells that are dates in any form
 * @others: cells that are neither empty nor dates
 *
 * What a column's cells say about the order of day and month: 12.02.2024 and 12/21/2024 may stand
 * in one column. A plain value; begin with zeroes.
 */
typedef struct
{
  guint64 day_first[4];
  guint64 month_first[4];
  guint64 either[4];
  guint64 serials;
  guint64 dates;
  guint64 others;
} StoreDateGuess;

void          store_date_guess_add           (StoreDateGuess        *guess,
                                              const char            *cell);
guint64       store_date_guess_get_ambiguous (const StoreDateGuess  *guess);
StoreReading  store_date_text_parse          (const char            *cell,
                                              const StoreDateGuess  *guess,
                                              StoreDateText         *date,
                                              GError               **error);
char         *store_date_text_to_iso         (const StoreDateText   *date);
gint64        store_date_text_to_unix_ms     (const StoreDateText   *date);

G_END_DECLS
