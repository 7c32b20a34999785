/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-seasonal-naive.h"

const char *const series_row_names[] = {
  "AirPassengers", "UKgas", "co2", "wineind", "Nile", "lynx", "JohnsonJohnson", NULL,
};

const double series_row_airline[144] = {
  112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118,
  115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
  145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
  171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
  196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201,
  204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
  242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
  284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
  315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
  340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
  360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
  417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
};

SeriesRow *
series_row_load (const char *name)
{
  g_autoptr (SeriesRow) row = g_new0 (SeriesRow, 1);
  g_autofree char *file = g_strdup_printf ("ts/%s.csv", name);
  g_autofree char *path = shared_data_find (file);

  row->name = g_strdup (name);
  row->root = path != NULL ? shared_reference_load ("ts_open.json") : NULL;
  if (row->root == NULL)
    return NULL;
  row->values = numbers_load (path, 1, 1, &row->n_all);
  row->n_all = MIN (row->n_all, (guint) series_row_get (row, "n"));
  row->horizon = (guint) series_row_get (row, "h");
  row->season = (guint) series_row_get (row, "freq");
  row->n = row->n_all - row->horizon;
  return g_steal_pointer (&row);
}

void
series_row_free (SeriesRow *row)
{
  if (row == NULL)
    return;
  g_free (row->name);
  g_clear_pointer (&row->root, json_node_unref);
  g_free (row->values);
  g_free (row);
}

double
series_row_get (const SeriesRow *row,
                const char      *path)
{
  g_autofree char *full = g_strdup_printf ("%s/%s", row->name, path);

  return shared_reference_get (row->root, full);
}

char *
series_row_dup_text (const SeriesRow *row,
                     const char      *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", 2);
  JsonObject *of_row = json_object_get_object_member (json_node_get_object (row->root), row->name);
  JsonObject *of_method = json_object_get_object_member (of_row, steps[0]);

  return g_strdup (json_object_get_string_member (of_method, steps[1]));
}

double
series_row_get_mae (const SeriesRow       *row,
                    const StorePrediction *prediction)
{
  double sum = 0.0;

  for (guint h = 0; h < row->horizon; h++)
    sum += fabs (prediction->mean[h] - row->values[row->n + h]) / row->horizon;
  return sum;
}

static double
get_at (const SeriesRow *row,
        const char      *method,
        const char      *member,
        guint            step)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%u", method, member, step);

  return series_row_get (row, path);
}

void
series_row_check (const SeriesRow       *row,
                  const char            *method,
                  const StorePrediction *prediction,
                  double                 tolerance)
{
  g_autofree char *mae = g_strdup_printf ("%s/mae", method);
  g_autofree char *mase = g_strdup_printf ("%s/mase", method);
  double scale = store_seasonal_naive_get_scale (row->values, row->n, row->season);
  double found = series_row_get_mae (row, prediction);
  double size = 0.0;

  g_assert_cmpuint (prediction->horizon, ==, row->horizon);
  for (guint h = 0; h < row->horizon; h++)
    size = MAX (size, fabs (get_at (row, method, "mean", h)));
  for (guint h = 0; h < row->horizon; h++)
    {
      assert_close (prediction->mean[h] / size, get_at (row, method, "mean", h) / size, tolerance);
      assert_close (prediction->low95[h] / size, get_at (row, method, "lo95", h) / size, tolerance);
      assert_close (prediction->high95[h] / size, get_at (row, method, "hi95", h) / size,
                    tolerance);
      g_assert_cmpfloat (prediction->low95[h], <=, prediction->low80[h]);
      g_assert_cmpfloat (prediction->high80[h], <=, prediction->high95[h]);
    }
  assert_close (found / size, series_row_get (row, mae) / size, tolerance);
  assert_close (found / scale, series_row_get (row, mase), tolerance * size / scale);
}
