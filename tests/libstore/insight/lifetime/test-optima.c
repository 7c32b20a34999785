/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fits against optima in arithmetic of 50 digits, by tests/data/make-lifetime-optima.py: the
 * formulas of the papers there, sums and quadrature here. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lifetime-data.h"
#include "store-gamma-gamma.h"

typedef struct
{
  char *data;
  char *model;
  guint k;
  double parameters[4];
  double log_likelihood;
} Optimum;

static void
optimum_free (gpointer data)
{
  Optimum *self = data;

  g_free (self->data);
  g_free (self->model);
  g_free (self);
}

static GPtrArray *
load_optima (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "lifetime-optima.csv", NULL);
  GPtrArray *optima = g_ptr_array_new_with_free_func (optimum_free);
  g_autofree char *contents = NULL;
  char *rest;
  char *line;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  rest = contents;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (line), ",", -1);
      Optimum *optimum = g_new0 (Optimum, 1);

      g_assert_cmpuint (g_strv_length (cells), ==, 8);
      optimum->data = g_strdup (cells[0]);
      optimum->model = g_strdup (cells[1]);
      optimum->k = (guint) atoi (cells[2]);
      for (guint i = 0; i < 4; i++)
        optimum->parameters[i] = g_ascii_strtod (cells[3 + i], NULL);
      optimum->log_likelihood = g_ascii_strtod (cells[7], NULL);
      g_ptr_array_add (optima, optimum);
    }
  return optima;
}

/* At the optimum of 50 digits our slope is that of rounding. */
static void
assert_flat (const Optimum               *optimum,
             StorePurchaseModelKind       kind,
             const StorePurchasePatterns *patterns)
{
  guint n = store_purchase_model_get_n_parameters (kind);
  double point[4];
  double gradient[4];
  double hessian[16];

  for (guint i = 0; i < n; i++)
    point[i] = log (optimum->parameters[i]);
  store_purchase_model_differentiate (kind, optimum->k, patterns, point, gradient, hessian);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (fabs (gradient[i]), <, 1e-7);
}

static void
compare_fit (const Optimum               *optimum,
             const StorePurchasePatterns *patterns,
             double                       sum_log_gaps)
{
  StorePurchaseModelOptions options = { .occasion_weeks = 1.0, .sum_log_gaps = sum_log_gaps };
  StorePurchaseModel model;

  g_assert_true (store_purchase_model_find_kind (optimum->model, &options.kind));
  options.k = optimum->k;
  store_purchase_model_fit (&model, &options, patterns, NULL, NULL);
  for (guint i = 0; i < store_purchase_model_get_n_parameters (options.kind); i++)
    assert_relative (model.parameters[i], optimum->parameters[i], 1e-8);
  g_assert_cmpfloat_with_epsilon (model.log_likelihood, optimum->log_likelihood, 1e-8);
  assert_flat (optimum, options.kind, patterns);
}

static void
compare_value (const Optimum      *optimum,
               StorePurchaseTable *table)
{
  StoreGammaGamma model;

  store_gamma_gamma_fit (&model, table, NULL);
  assert_relative (model.p, optimum->parameters[0], 1e-8);
  assert_relative (model.q, optimum->parameters[1], 1e-8);
  assert_relative (model.v, optimum->parameters[2], 1e-8);
  g_assert_cmpfloat_with_epsilon (model.log_likelihood, optimum->log_likelihood, 1e-8);
}

static void
test_data_set (gconstpointer user_data)
{
  const char *name = user_data;
  g_autoptr (LifetimeData) data = lifetime_data_load (name);
  g_autoptr (GPtrArray) optima = load_optima ();
  guint n = 0;

  if (data == NULL)
    return;
  for (guint i = 0; i < optima->len; i++)
    {
      const Optimum *optimum = g_ptr_array_index (optima, i);

      if (!g_str_has_prefix (name, optimum->data))
        continue;
      n++;
      if (g_str_equal (optimum->model, "gamma-gamma"))
        compare_value (optimum, data->past);
      else
        compare_fit (optimum, data->patterns, store_purchase_model_sum_log_gaps (data->past));
    }
  g_assert_cmpuint (n, >=, 5);
}

static int
compare_by_x (gconstpointer a,
              gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (left[0] > right[0]) - (left[0] < right[0]);
}

static void
test_donations (void)
{
  g_autofree char *path = shared_data_find ("clv/donations_bgbb.csv");
  g_autoptr (GPtrArray) optima = load_optima ();
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autofree double *numbers = NULL;
  double *columns[4];
  guint n;

  if (path == NULL)
    return;
  numbers = numbers_load (path, 0, 4, &n);
  qsort (numbers, n, 4 * sizeof (double), compare_by_x);
  for (guint j = 0; j < 4; j++)
    {
      columns[j] = g_new (double, n);
      for (guint i = 0; i < n; i++)
        columns[j][i] = numbers[i * 4 + j];
    }
  patterns = store_purchase_patterns_take (n, columns[0], columns[1], columns[2], columns[3]);
  for (guint i = 0; i < optima->len; i++)
    {
      const Optimum *optimum = g_ptr_array_index (optima, i);

      if (g_str_equal (optimum->data, "donations"))
        compare_fit (optimum, patterns, 0.0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/optima/cdnow", "cdnow_sample", test_data_set);
  g_test_add_data_func ("/optima/grocery", "grocery", test_data_set);
  g_test_add_func ("/optima/donations", test_donations);
  return g_test_run ();
}
