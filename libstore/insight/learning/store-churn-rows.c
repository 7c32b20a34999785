/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a customer at the end of a day, as columns to learn from, and whether they stayed
 * away for a window of days behind it:
 *
 *   place      share of the customers who have been silent for less long
 *   purchases  how many there were
 *   recent     purchases in the last stretch
 *   value      of a purchase
 *
 * All but the place come as logarithms: the step from one purchase to two says as much as that from
 * ten to twenty. Two more are there to be told, not to be learnt from:
 *
 *   silence    days since the last purchase
 *   rhythm     silence over the mean time from one purchase to the next; empty for one purchase
 *
 * Where few new customers come, everybody is a customer for longer, and silent for longer, in the
 * window that is foretold than in the one that was learnt: a tree then takes all silences that it has
 * not seen for one. The place among the others keeps its meaning. For the same reason how long
 * somebody is a customer is not among the columns. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-churn.h"

#define USUAL_SHARE 0.9
#define SHORTEST_WINDOW 14
#define LONGEST_WINDOW 365

/* Three windows and a start must fit between the first order and the last. */
#define WINDOWS_A_SPAN 4

enum
{
  PLACE,
  PURCHASES,
  RECENT,
  VALUE,
  SILENCE,
  RHYTHM,
  N_COLUMNS,
};

static const char *const names[N_COLUMNS + 1] = {
  [PLACE] = "place", [PURCHASES] = "purchases", [RECENT] = "recent",
  [VALUE] = "value", [SILENCE] = "silence",     [RHYTHM] = "rhythm",
};
static const char *const only_told[] = { "silence", "rhythm", NULL };

/* log (1 + x), and its mirror image below 0, where more was given back than bought. */
static double
compress (double x)
{
  return x < 0.0 ? -log1p (-x) : log1p (x);
}

static double
expand (double x)
{
  return x < 0.0 ? -expm1 (-x) : expm1 (x);
}

static guint
count_between (const StorePurchase *purchases,
               guint                n,
               gint32               after,
               gint32               until)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += purchases[i].day > after && purchases[i].day <= until;
  return count;
}

static void
fill_row (const StorePurchaseTable *table,
          const StorePurchase      *purchases,
          guint                     n,
          gint32                    until,
          guint                     stretch_days,
          double                   *x)
{
  double silence = until - purchases[n - 1].day;
  double gap = n > 1 ? (purchases[n - 1].day - purchases[0].day) / (n - 1.0) : NAN;
  double value = 0.0;

  for (guint i = 0; i < n; i++)
    value += (double) purchases[i].value;
  x[SILENCE] = log1p (silence);
  x[PURCHASES] = log (n);
  x[RHYTHM] = log1p (silence) - log1p (gap);
  x[RECENT] = log1p (count_between (purchases, n, until - (gint32) stretch_days, until));
  x[VALUE] = compress (store_purchase_table_to_major (table, value / n));
}

static int
compare_silences (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const double *x = data;
  double left = x[(gsize) *(const guint *) a * N_COLUMNS + SILENCE];
  double right = x[(gsize) *(const guint *) b * N_COLUMNS + SILENCE];

  return (left > right) - (left < right);
}

/* Customers with the same silence share the middle of their places. */
static void
fill_places (double *x,
             guint   n_rows)
{
  g_autofree guint *order = g_new (guint, n_rows + 1);
  guint n_alike;

  for (guint i = 0; i < n_rows; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n_rows, sizeof *order, compare_silences, x);
  for (guint first = 0; first < n_rows; first += n_alike)
    {
      n_alike = 1;
      while (first + n_alike < n_rows &&
             compare_silences (&order[first], &order[first + n_alike], x) == 0)
        n_alike++;
      for (guint i = first; i < first + n_alike; i++)
        x[(gsize) order[i] * N_COLUMNS + PLACE] = (first + 0.5 * n_alike) / n_rows;
    }
}

/**
 * store_churn_rows_new:
 * @table: a finished table with its single purchases
 * @until: the day at whose end customers are looked at
 * @stretch_days: how long the last stretch is in which purchases are counted
 * @window_days: how many days behind @until to look whether they stayed away; 0 where those are to
 *   come
 *
 * Returns: (transfer full): a row for each customer who had bought by then, with the outcome 1 for
 *   who stayed away
 */
StoreRows *
store_churn_rows_new (StorePurchaseTable *table,
                      gint32              until,
                      guint               stretch_days,
                      guint               window_days)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *x = g_new (double, (gsize) columns->n_rows * N_COLUMNS + 1);
  g_autofree double *labels = g_new (double, columns->n_rows + 1);
  guint n_rows = 0;

  for (guint row = 0; row < columns->n_rows; row++)
    {
      g_autofree StorePurchase *purchases = NULL;
      guint n_all;
      guint n = 0;

      if (columns->first_day[row] > until)
        continue;
      purchases = store_purchase_table_dup_purchases (table, row, &n_all);
      while (n < n_all && purchases[n].day <= until)
        n++;
      fill_row (table, purchases, n, until, stretch_days, x + (gsize) n_rows * N_COLUMNS);
      labels[n_rows++] = n == n_all || purchases[n].day > until + (gint32) window_days;
      g_ptr_array_add (ids, store_purchase_table_dup_id (table, row));
    }
  fill_places (x, n_rows);
  return store_rows_new_numbers (names, (const char *const *) ids->pdata, x,
                                 window_days > 0 ? labels : NULL, n_rows);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return *(const gint32 *) a - *(const gint32 *) b;
}

static GArray *
gather_gaps (StorePurchaseTable *table)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (gint32));
  guint n_rows = store_purchase_table_get_n_rows (table);

  for (guint row = 0; row < n_rows; row++)
    {
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);

      for (guint i = 1; i < n; i++)
        {
          gint32 gap = purchases[i].day - purchases[i - 1].day;

          g_array_append_val (gaps, gap);
        }
    }
  g_array_sort (gaps, compare_days);
  return gaps;
}

/**
 * store_churn_find_window:
 * @table: a finished table with its single purchases
 * @share_within: (out): share of the times between two purchases that are no longer
 *
 * Returns: the days within which nine of ten customers who come back have come back, but at least 14
 *   and at most 365, and no more than a quarter of the time that the orders span
 */
guint
store_churn_find_window (StorePurchaseTable *table,
                         double             *share_within)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autoptr (GArray) gaps = gather_gaps (table);
  gint32 first = columns->until;
  guint window = LONGEST_WINDOW;
  guint n_within = 0;

  for (guint row = 0; row < columns->n_rows; row++)
    first = MIN (first, columns->first_day[row]);
  if (gaps->len > 0)
    window = (guint) g_array_index (gaps, gint32, (guint) (USUAL_SHARE * (gaps->len - 1)));
  window = CLAMP (window, SHORTEST_WINDOW, LONGEST_WINDOW);
  window = MAX (1, MIN (window, (guint) (columns->until - first) / WINDOWS_A_SPAN));
  while (n_within < gaps->len && g_array_index (gaps, gint32, n_within) <= (gint32) window)
    n_within++;
  *share_within = gaps->len > 0 ? (double) n_within / gaps->len : NAN;
  return window;
}

/**
 * store_churn_get_only_told:
 *
 * Returns: (array zero-terminated=1): the columns of store_churn_rows_new() not to be learnt from
 */
const char *const *
store_churn_get_only_told (void)
{
  return only_told;
}

/**
 * store_churn_get_theme:
 * @name: of a column of store_churn_rows_new()
 *
 * Returns: the column that stands for all that say how somebody buys, which share what they
 *   contribute in an arbitrary way; the value of a purchase stands for itself
 */
const char *
store_churn_get_theme (const char *name)
{
  return g_str_equal (name, names[VALUE]) ? name : names[PLACE];
}

static double
get_value (const StoreRows *rows,
           guint            row,
           guint            column)
{
  return store_rows_find_column (rows, names[column])->numbers[row];
}

static char *
describe_buying (const StoreRows *rows,
                 guint            row)
{
  guint n = (guint) lround (exp (get_value (rows, row, PURCHASES)));
  guint silence = (guint) lround (expm1 (get_value (rows, row, SILENCE)));
  double rhythm = exp (get_value (rows, row, RHYTHM));
  g_autofree char *times = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "bought %u time",
                                                         "bought %u times", n), n);
  g_autofree char *days = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "silent for %u day",
                                                        "silent for %u days", silence), silence);

  if (!isfinite (rhythm))
    return g_strdup_printf (C_("how somebody buys", "%s, %s"), times, days);
  return g_strdup_printf (_("%s, %s (%.1f times the usual gap)"), times, days, rhythm);
}

/**
 * store_churn_describe:
 * @rows: from store_churn_rows_new()
 * @row: one of them
 * @name: a column that stands for itself, see store_churn_get_theme()
 *
 * Returns: (transfer full): what that says of the customer, such as "bought 4 times, silent for 63
 *   days (3.5 times the usual gap)"
 */
char *
store_churn_describe (const StoreRows *rows,
                      guint            row,
                      const char      *name)
{
  if (g_str_equal (name, names[VALUE]))
    return g_strdup_printf (_("spends %.2f a purchase"), expand (get_value (rows, row, VALUE)));
  return describe_buying (rows, row);
}
