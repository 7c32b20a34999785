/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-tall-qr.h"

/* Three columns and a right-hand side that is 1, -2 and .5 times them. */
#define P 4
#define N 90

static double
get_cell (guint row,
          guint column)
{
  double sum = 0.0;
  const double slopes[] = { 1.0, -2.0, 0.5 };

  if (column < P - 1)
    return store_counter_random (8, column, row) - 0.5;
  for (guint j = 0; j < P - 1; j++)
    sum += slopes[j] * get_cell (row, j);
  return sum;
}

static void
fold (double *triangle,
      guint   first,
      guint   n)
{
  g_autofree double *rows = g_new (double, P * n + 1);

  for (guint j = 0; j < P; j++)
    for (guint i = 0; i < n; i++)
      rows[j * n + i] = get_cell (first + i, j);
  store_tall_qr_fold (triangle, P, rows, n);
}

static void
assert_same_squares (const double *a,
                     const double *b)
{
  for (guint i = 0; i < P; i++)
    for (guint j = 0; j < P; j++)
      {
        double left = 0.0;
        double right = 0.0;

        for (guint k = 0; k < P; k++)
          {
            left += a[k * P + i] * a[k * P + j];
            right += b[k * P + i] * b[k * P + j];
          }
        assert_close (left, right, 1e-12);
      }
}

static void
test_any_division_of_the_rows_gives_the_triangle (void)
{
  double whole[P * P] = { 0.0 };
  double parts[P * P] = { 0.0 };
  double other[P * P] = { 0.0 };

  fold (whole, 0, N);
  for (guint i = 0; i < 40; i++)
    fold (parts, i, 1);
  fold (other, 40, N - 40);
  store_tall_qr_merge (parts, P, other);
  assert_same_squares (whole, parts);
  for (guint i = 0; i < P; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (parts[i * P + j], ==, 0.0);
}

static void
test_slopes_and_inverse_are_exact (void)
{
  double triangle[P * P] = { 0.0 };
  double slopes[P - 1];
  g_autofree double *inverse = NULL;

  fold (triangle, 0, N);
  g_assert_true (store_tall_qr_solve (triangle, P, slopes));
  assert_close (slopes[0], 1.0, 1e-13);
  assert_close (slopes[1], -2.0, 1e-13);
  assert_close (slopes[2], 0.5, 1e-13);
  inverse = store_tall_qr_invert (triangle, P);
  for (guint i = 0; i < P - 1; i++)
    for (guint j = 0; j < P - 1; j++)
      {
        double sum = 0.0;

        for (guint k = 0; k < P - 1; k++)
          sum += triangle[i * P + k] * inverse[k * (P - 1) + j];
        assert_close (sum, i == j, 1e-13);
      }
}

static void
test_a_column_of_zeroes_gets_zero (void)
{
  double triangle[3 * 3] = { 0.0 };
  double rows[] = { 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 2.0, 4.0, 6.0 };
  double slopes[2];

  store_tall_qr_fold (triangle, 3, rows, 3);
  g_assert_true (store_tall_qr_solve (triangle, 3, slopes));
  assert_close (slopes[0], 2.0, 1e-14);
  g_assert_cmpfloat (slopes[1], ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tall-qr/any-division-of-the-rows-gives-the-triangle",
                   test_any_division_of_the_rows_gives_the_triangle);
  g_test_add_func ("/tall-qr/slopes-and-inverse-are-exact", test_slopes_and_inverse_are_exact);
  g_test_add_func ("/tall-qr/a-column-of-zeroes-gets-zero", test_a_column_of_zeroes_gets_zero);
  return g_test_run ();
}
