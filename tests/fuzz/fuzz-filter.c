/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a filter and as the words of a search: what is understood can be used, and
 * nothing that was typed becomes syntax. */
#include <string.h>

#include "store-catalog.h"
#include "store-filter-private.h"
#include "store-match.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
read_filter (const char *text)
{
  const char *const names[] = { "party", "document", "activity" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (StoreFilter) filter =
        store_filter_parse (store_catalog_find (names[i]), text, NULL);
      g_autoptr (StoreSql) sql = store_sql_new ();

      /* What was understood when it was read is understood when it is used. */
      if (filter)
        g_assert_true (store_filter_add_sql (filter, sql, NULL));
    }
}

static void
read_words (const char *text)
{
  g_autoptr (StoreMatch) match = store_match_new (text);
  g_autofree char *expression = match ? store_match_dup_expression (match) : NULL;

  /* Whatever was typed, the expression has a quote at each end of each phrase. */
  if (expression)
    for (guint quotes = 0, i = 0; i <= strlen (expression); i++)
      {
        quotes += expression[i] == '"';
        g_assert_true (expression[i] != 0 || quotes % 2 == 0);
      }
  if (match)
    store_match_is_met (match, text);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  read_filter (text);
  read_words (text);
  return 0;
}
