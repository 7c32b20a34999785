/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-error.h"
#include "store-linear-regression.h"

/* NIST StRD, Longley: total employment by prices, product, unemployed, soldiers, people, year. */
static const double longley[16][7] = {
  { 60323, 83.0, 234289, 2356, 1590, 107608, 1947 }, { 61122, 88.5, 259426, 2325, 1456, 108632,
                                                       1948 },
  { 60171, 88.2, 258054, 3682, 1616, 109773, 1949 }, { 61187, 89.5, 284599, 3351, 1650, 110929,
                                                       1950 },
  { 63221, 96.2, 328975, 2099, 3099, 112075, 1951 }, { 63639, 98.1, 346999, 1932, 3594, 113270,
                                                       1952 },
  { 64989, 99.0, 365385, 1870, 3547, 115094, 1953 }, { 63761, 100.0, 363112, 3578, 3350, 116219,
                                                       1954 },
  { 66019, 101.2, 397469, 2904, 3048, 117388, 1955 }, { 67857, 104.6, 419180, 2822, 2857, 118734,
                                                        1956 },
  { 68169, 108.4, 442769, 2936, 2798, 120445, 1957 }, { 66513, 110.8, 444546, 4681, 2637, 121950,
                                                        1958 },
  { 68655, 112.6, 482704, 3813, 2552, 123366, 1959 }, { 69564, 114.2, 502601, 3931, 2514, 125368,
                                                        1960 },
  { 69331, 115.7, 518173, 4806, 2572, 127852, 1961 }, { 70551, 116.9, 554894, 4007, 2827, 130081,
                                                        1962 },
};

static void
test_longley_keeps_nine_digits (void)
{
  const double certified[] = {
    -3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683,
    -1.03322686717359, -0.511041056535807e-01, 1829.15146461355,
  };
  const double certified_errors[] = {
    890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699,
    0.214274163161675, 0.226073200069370, 455.478499142212,
  };
  double x[16 * 6];
  double y[16];
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreLinearRegression) fit = NULL;

  for (guint i = 0; i < 16; i++)
    {
      y[i] = longley[i][0];
      for (guint j = 0; j < 6; j++)
        x[i * 6 + j] = longley[i][j + 1];
    }
  fit = store_linear_regression_new (x, y, 16, 6, &error);
  g_assert_no_error (error);
  for (guint j = 0; j < 7; j++)
    {
      assert_relative (fit->coefficients[j], certified[j], 1e-9);
      assert_relative (fit->errors[j], certified_errors[j], 1e-9);
    }
  assert_relative (fit->sigma, 304.854073561965, 1e-9);
  assert_relative (fit->r2, 0.995479004577296, 1e-9);
}

/* mtcars: miles per gallon, horse powers, weight. */
static const double cars[32][3] = {
  { 21.0, 110, 2.620 }, { 21.0, 110, 2.875 }, { 22.8, 93, 2.320 }, { 21.4, 110, 3.215 },
  { 18.7, 175, 3.440 }, { 18.1, 105, 3.460 }, { 14.3, 245, 3.570 }, { 24.4, 62, 3.190 },
  { 22.8, 95, 3.150 }, { 19.2, 123, 3.440 }, { 17.8, 123, 3.440 }, { 16.4, 180, 4.070 },
  { 17.3, 180, 3.730 }, { 15.2, 180, 3.780 }, { 10.4, 205, 5.250 }, { 10.4, 215, 5.424 },
  { 14.7, 230, 5.345 }, { 32.4, 66, 2.200 }, { 30.4, 52, 1.615 }, { 33.9, 65, 1.835 },
  { 21.5, 97, 2.465 }, { 15.5, 150, 3.520 }, { 15.2, 150, 3.435 }, { 13.3, 245, 3.840 },
  { 19.2, 175, 3.845 }, { 27.3, 66, 1.935 }, { 26.0, 91, 2.140 }, { 30.4, 113, 1.513 },
  { 15.8, 264, 3.170 }, { 19.7, 175, 2.770 }, { 15.0, 335, 3.570 }, { 21.4, 109, 2.780 },
};

static void
test_cars_are_exact (void)
{
  double x[32 * 2];
  double y[32];
  g_autoptr (StoreLinearRegression) fit = NULL;

  for (guint i = 0; i < 32; i++)
    {
      y[i] = cars[i][0];
      x[i * 2] = cars[i][2];
      x[i * 2 + 1] = cars[i][1];
    }
  fit = store_linear_regression_new (x, y, 32, 2, NULL);
  assert_relative (fit->coefficients[0], 37.22727011644713, 1e-10);
  assert_relative (fit->coefficients[1], -3.877830742404706, 1e-10);
  assert_relative (fit->coefficients[2], -0.03177294698216296, 1e-10);
  assert_relative (fit->errors[0], 1.5987875379993821, 1e-10);
  assert_relative (fit->errors[1], 0.6327334943773976, 1e-10);
  assert_relative (fit->errors[2], 0.009029709675855783, 1e-10);
  assert_relative (fit->r2, 0.8267854518827914, 1e-10);
  assert_relative (fit->sigma, 2.5934117772265655, 1e-10);
  assert_relative (fit->mae, 1.9014837532920394, 1e-10);
  assert_relative (fit->rmse, 2.4688544581791, 1e-10);
  g_assert_cmpfloat (fit->p_values[1], <, 1e-5);
  assert_relative (store_linear_regression_predict (fit, x),
                   37.22727011644713 - 3.877830742404706 * 2.62 -
                                                             0.03177294698216296 * 110, 1e-10);
}

static void
compare_with_reference (const StoreLinearRegression *fit,
                        JsonNode                    *reference,
                        const char                  *name,
                        const char *const           *columns)
{
  for (guint j = 0; j <= fit->p; j++)
    {
      g_autofree char *params = g_strconcat (name, "/params/", columns[j], NULL);
      g_autofree char *se = g_strconcat (name, "/se/", columns[j], NULL);

      assert_relative (fit->coefficients[j], shared_reference_get (reference, params), 1e-9);
      assert_relative (fit->errors[j], shared_reference_get (reference, se), 1e-8);
    }
}

static void
test_the_references_agree (void)
{
  const char *const of_cars[] = { "const", "wt", "hp" };
  const char *const of_longley[] = { "const", "GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR" };
  g_autoptr (JsonNode) reference = shared_reference_load ("regression_open.json");
  g_autoptr (StoreLinearRegression) cars_fit = NULL;
  g_autoptr (StoreLinearRegression) longley_fit = NULL;
  double x[32 * 6];
  double y[32];

  if (reference == NULL)
    return;
  for (guint i = 0; i < 32; i++)
    {
      y[i] = cars[i][0];
      x[i * 2] = cars[i][2];
      x[i * 2 + 1] = cars[i][1];
    }
  cars_fit = store_linear_regression_new (x, y, 32, 2, NULL);
  compare_with_reference (cars_fit, reference, "mtcars_mpg_wt_hp", of_cars);
  assert_relative (cars_fit->r2, shared_reference_get (reference, "mtcars_mpg_wt_hp/r2"), 1e-10);
  assert_relative (cars_fit->sigma, shared_reference_get (reference, "mtcars_mpg_wt_hp/sigma"), 1e-10);
  assert_relative (cars_fit->mae, shared_reference_get (reference, "mtcars_mpg_wt_hp/mae"), 1e-10);
  assert_relative (cars_fit->rmse, shared_reference_get (reference, "mtcars_mpg_wt_hp/rmse"), 1e-10);
  for (guint i = 0; i < 16; i++)
    {
      y[i] = longley[i][0];
      for (guint j = 0; j < 6; j++)
        x[i * 6 + j] = longley[i][j + 1];
    }
  longley_fit = store_linear_regression_new (x, y, 16, 6, NULL);
  compare_with_reference (longley_fit, reference, "longley", of_longley);
}

static void
test_a_column_that_follows_from_others_is_told (void)
{
  const double doubled[] = { 1, 2, 2, 4, 3, 6, 4, 8, 7, 14 };
  const double constant[] = { 1, 5, 2, 5, 3, 5, 4, 5, 7, 5 };
  const double y[] = { 1, 2, 3, 5, 4 };
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) same = NULL;

  g_assert_null (store_linear_regression_new (doubled, y, 5, 2, &twice));
  g_assert_error (twice, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_null (store_linear_regression_new (constant, y, 5, 2, &same));
  g_assert_error (same, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_too_few_or_no_numbers_are_told (void)
{
  const double x[] = { 1, 2, 3, NAN };
  const double y[] = { 1, 2 };
  g_autoptr (GError) few = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (store_linear_regression_new (x, y, 2, 2, &few));
  g_assert_error (few, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (store_linear_regression_new (x + 2, y, 2, 1, &missing));
  g_assert_error (missing, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_a_line_through_two_points_has_no_error (void)
{
  const double x[] = { 1, 3 };
  const double y[] = { 2, 6 };
  g_autoptr (StoreLinearRegression) fit = store_linear_regression_new (x, y, 2, 1, NULL);

  assert_close (fit->coefficients[0], 0.0, 1e-12);
  assert_close (fit->coefficients[1], 2.0, 1e-12);
  g_assert_true (isnan (fit->sigma) && isnan (fit->errors[1]) && isnan (fit->p_values[1]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear-regression/longley-keeps-nine-digits", test_longley_keeps_nine_digits);
  g_test_add_func ("/linear-regression/cars-are-exact", test_cars_are_exact);
  g_test_add_func ("/linear-regression/the-references-agree", test_the_references_agree);
  g_test_add_func ("/linear-regression/a-column-that-follows-from-others-is-told",
                   test_a_column_that_follows_from_others_is_told);
  g_test_add_func ("/linear-regression/too-few-or-no-numbers-are-told", test_too_few_or_no_numbers_are_told);
  g_test_add_func ("/linear-regression/a-line-through-two-points-has-no-error",
                   test_a_line_through_two_points_has_no_error);
  return g_test_run ();
}
