/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "bench-insight.h"
#include "store-counter-random.h"

static double
draw_exponential (guint64 customer,
                  guint64 counter)
{
  return -log (store_counter_random (1, customer, counter));
}

/* Customers of a year, whose rates are Gamma(1, @weeks_between) and who leave with Beta(1, @b)
 * after the first purchase or later. */
StorePurchaseTable *
bench_simulate (guint  n,
                double weeks_between,
                double b)
{
  StorePurchaseTable *table = store_purchase_table_new (730, 2);

  for (guint i = 0; i < n; i++)
    {
      char id[16];
      double rate = draw_exponential (i, 0) / weeks_between;
      double p = 1.0 - pow (store_counter_random (1, i, 1), 1.0 / b);
      double day = store_counter_random_bits (1, i, 2) % 365;
      guint64 counter = 3;

      g_snprintf (id, sizeof id, "C%07u", i);
      do
        {
          store_purchase_table_add (table, id, (gint32) day,
                                    500 + store_counter_random_bits (1, i, counter++) % 9500);
          day += 7.0 * draw_exponential (i, counter++) / rate;
        }
      while (day < 731.0 && store_counter_random (1, i, counter++) >= p);
    }
  store_purchase_table_finish (table);
  return table;
}

static gint32
parse_day (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, atoi (text + 8), atoi (text + 5), atoi (text));
  return (gint32) g_date_get_julian (&date) - 719163;
}

/* Returns: (transfer full) (nullable): the 39 weeks that everybody fits */
StorePurchaseTable *
bench_load_cdnow (void)
{
  g_autofree char *path = bench_find_data ("clv", "cdnow_sample.csv");
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  StorePurchaseTable *table;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  lines = g_strsplit (g_strchomp (contents), "\n", -1);
  table = store_purchase_table_new (parse_day ("1997-09-30"), 2);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      store_purchase_table_add (table, cells[1], parse_day (cells[2]),
                                llround (g_ascii_strtod (cells[4], NULL) * 100.0));
    }
  store_purchase_table_finish (table);
  return table;
}
