/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-bfgs.h"
#include "store-nelder-mead.h"

/* Rosenbrock's valley, whose lowest point is (1, 1). */
static double
valley (const double *point,
        gpointer      data)
{
  double a = 1.0 - point[0];
  double b = point[1] - point[0] * point[0];

  ++*(guint *) data;
  return a * a + 100.0 * b * b;
}

/* Nothing is allowed below 0; the lowest point is on that edge. */
static double
edge (const double *point,
      gpointer      data)
{
  return point[0] < 0.0 ? INFINITY : point[0] + point[1] * point[1];
}

static double
saddle (const double *point,
        gpointer      data)
{
  return point[0] * point[0] - point[1] * point[1];
}

static double
nowhere (const double *point,
         gpointer      data)
{
  return INFINITY;
}

/* By R: optim (c (-1.2, 1), f)$counts is 195, with the same steps and the same tolerance. */
static void
test_simplex_takes_the_steps_of_r (void)
{
  StoreNelderMead search = { .n = 2, .tolerance = 1.4901161193847656e-8, .max_evaluations = 500 };
  double point[] = { -1.2, 1.0 };
  guint count = 0;

  store_nelder_mead_minimise (&search, point, valley, &count);
  g_assert_true (search.converged);
  g_assert_cmpuint (count, ==, search.evaluations);
  g_assert_cmpuint (search.evaluations, ==, 195);
  assert_close (point[0], 1.000260, 1e-6);
  assert_close (point[1], 1.000506, 1e-6);
  assert_close (search.value, 8.825241e-08, 1e-13);
}

static void
test_bfgs_ends_in_the_valley (void)
{
  StoreBfgs search = { .n = 2, .max_iterations = 200 };
  double point[] = { -1.2, 1.0 };
  guint count = 0;

  store_bfgs_minimise (&search, point, valley, &count);
  g_assert_true (search.converged);
  g_assert_cmpuint (count, ==, search.evaluations);
  assert_close (point[0], 1.0, 1e-5);
  assert_close (point[1], 1.0, 1e-5);
  g_assert_true (store_bfgs_is_minimum (point, 2, valley, &count));
}

static void
test_edges_are_kept (void)
{
  StoreNelderMead simplex = { .n = 2, .tolerance = 1e-10, .max_evaluations = 500 };
  StoreBfgs bfgs = { .n = 2, .max_iterations = 100 };
  double a[] = { 1.0, 1.0 };
  double b[] = { 1.0, 1.0 };

  store_nelder_mead_minimise (&simplex, a, edge, NULL);
  store_bfgs_minimise (&bfgs, b, edge, NULL);
  g_assert_cmpfloat (a[0], >=, 0.0);
  g_assert_cmpfloat (b[0], >=, 0.0);
  assert_close (simplex.value, 0.0, 1e-3);
  assert_close (bfgs.value, 0.0, 1e-3);
}

static void
test_saddle_is_no_minimum (void)
{
  const double point[] = { 0.0, 0.0 };

  g_assert_false (store_bfgs_is_minimum (point, 2, saddle, NULL));
}

static void
test_start_that_is_not_allowed_is_told (void)
{
  StoreNelderMead simplex = { .n = 1, .tolerance = 1e-8, .max_evaluations = 50 };
  StoreBfgs bfgs = { .n = 1, .max_iterations = 50 };
  double point[] = { 3.0 };

  store_nelder_mead_minimise (&simplex, point, nowhere, NULL);
  store_bfgs_minimise (&bfgs, point, nowhere, NULL);
  g_assert_true (isinf (simplex.value) && isinf (bfgs.value));
  assert_close (point[0], 3.0, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/minimum/simplex-takes-the-steps-of-r", test_simplex_takes_the_steps_of_r);
  g_test_add_func ("/minimum/bfgs-ends-in-the-valley", test_bfgs_ends_in_the_valley);
  g_test_add_func ("/minimum/edges-are-kept", test_edges_are_kept);
  g_test_add_func ("/minimum/saddle-is-no-minimum", test_saddle_is_no_minimum);
  g_test_add_func ("/minimum/start-that-is-not-allowed-is-told",
                   test_start_that_is_not_allowed_is_told);
  return g_test_run ();
}
