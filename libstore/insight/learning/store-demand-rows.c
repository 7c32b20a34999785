/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A series as rows: what there was one, two, three … steps before. */

#include "config.h"

#include <math.h>

#include "store-demand.h"

/* Numbers with leading zeroes, so that the order of their bytes is that of time. */
static char *
name_step (guint i)
{
  return g_strdup_printf ("%06u", i + 1);
}

static char **
name_lags (guint n_lags)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint k = 1; k <= n_lags; k++)
    {
      g_autofree char *name = g_strdup_printf ("lag %u", k);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/**
 * store_demand_rows_new:
 * @values: of a series, one a step
 * @n: how many
 * @n_lags: how many steps to look back
 * @in_logs: whether the columns are to be log (1 + value); the outcomes are not
 *
 * Returns: (transfer full): a row for each step that has so many before it, and one for the step to
 *   come, whose outcome is not known; the columns are "lag 1", "lag 2" …
 */
StoreRows *
store_demand_rows_new (const double *values,
                       guint         n,
                       guint         n_lags,
                       gboolean      in_logs)
{
  guint n_rows = n >= n_lags ? n - n_lags + 1 : 0;
  g_auto (GStrv) names = name_lags (n_lags);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *x = g_new (double, (gsize) n_rows * n_lags + 1);
  g_autofree double *labels = g_new (double, n_rows + 1);

  for (guint i = 0; i < n_rows; i++)
    {
      for (guint k = 0; k < n_lags; k++)
        {
          double value = values[i + n_lags - 1 - k];

          x[(gsize) i * n_lags + k] = in_logs ? log1p (value) : value;
        }
      labels[i] = i + n_lags < n ? values[i + n_lags] : NAN;
      g_ptr_array_add (ids, name_step (i + n_lags));
    }
  return store_rows_new_numbers ((const char *const *) names, (const char *const *) ids->pdata, x,
                                 labels, n_rows);
}
