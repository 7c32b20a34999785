/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-logit.h"
#include "store-parallel.h"

#define P 23

/* The design matrix of the telephone customers: 23 columns and the outcome. */
typedef struct
{
  guint n;
  double *x;
  double *y;
  char **names;
} Telco;

static void
telco_clear (Telco *self)
{
  g_free (self->x);
  g_free (self->y);
  g_strfreev (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Telco, telco_clear)

static gboolean
telco_load (Telco *self)
{
  g_autofree char *path = shared_data_find ("churn/telco_design.csv");
  g_autofree double *all = NULL;
  g_autofree char *text = NULL;
  char *rest;

  if (path == NULL)
    return FALSE;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rest = text;
  self->names = g_strsplit (line_next (&rest), ",", -1);
  all = numbers_load (path, 0, P + 1, &self->n);
  self->x = g_new (double, (gsize) self->n * P);
  self->y = g_new (double, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      memcpy (self->x + (gsize) i * P, all + (gsize) i * (P + 1), P * sizeof (double));
      self->y[i] = all[(gsize) i * (P + 1) + P];
    }
  return TRUE;
}

static StoreLogit *
fit_telco (const Telco *telco,
           double       penalty)
{
  g_autoptr (GError) error = NULL;
  StoreLogit *fit = store_logit_new (telco->x, telco->y, telco->n, P, penalty, NULL, &error);

  g_assert_no_error (error);
  return fit;
}

static double
get_of (JsonNode   *reference,
        const char *object,
        const char *name)
{
  JsonObject *at = json_node_get_object (reference);
  g_auto (GStrv) steps = g_strsplit (object, "/", -1);

  for (guint i = 0; steps[i] != NULL; i++)
    at = json_object_get_object_member (at, steps[i]);
  g_assert_true (json_object_has_member (at, name));
  return json_object_get_double_member (at, name);
}

static void
test_statsmodels_agree (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("churn_open.json");
  g_auto (Telco) telco = { 0 };
  g_autoptr (StoreLogit) fit = NULL;
  double rate = 0.0;

  if (reference == NULL || !telco_load (&telco))
    return;
  fit = fit_telco (&telco, 0.0);
  g_assert_cmpuint (telco.n, ==, json_object_get_int_member (json_node_get_object (reference), "n"));
  for (guint i = 0; i < telco.n; i++)
    rate += telco.y[i] / telco.n;
  assert_close (rate, json_object_get_double_member (json_node_get_object (reference), "churn_rate"), 1e-12);
  assert_relative (fit->coefficients[0], get_of (reference, "logit_mle/params", "const"), 1e-6);
  assert_relative (fit->errors[0], get_of (reference, "logit_mle/se", "const"), 1e-6);
  for (guint j = 0; j < P; j++)
    {
      assert_relative (fit->coefficients[j + 1],
                       get_of (reference, "logit_mle/params", telco.names[j]), 1e-6);
      assert_relative (fit->errors[j + 1], get_of (reference, "logit_mle/se", telco.names[j]), 1e-6);
      g_assert_cmpfloat (fit->p_values[j + 1], >=, 0.0);
    }
  assert_close (fit->log_likelihood, get_of (reference, "logit_mle", "llf"), 1e-10);
  assert_close (fit->aic, get_of (reference, "logit_mle", "aic"), 1e-10);
  assert_close (fit->pseudo_r2, get_of (reference, "logit_mle", "pseudo_r2"), 1e-10);
}

/* R names the columns with points for everything but letters and digits. */
static char *
name_as_r (const char *name)
{
  char *copy = g_strdup (name);

  for (char *c = copy; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '.';
  return copy;
}

static void
test_r_agrees (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("churn_open_R.json");
  g_auto (Telco) telco = { 0 };
  g_autoptr (StoreLogit) fit = NULL;

  if (reference == NULL || !telco_load (&telco))
    return;
  fit = fit_telco (&telco, 0.0);
  assert_relative (fit->coefficients[0], get_of (reference, "glm/coef", "(Intercept)"), 1e-6);
  assert_relative (fit->errors[0], get_of (reference, "glm/se", "(Intercept)"), 1e-6);
  for (guint j = 0; j < P; j++)
    {
      g_autofree char *name = name_as_r (telco.names[j]);

      assert_relative (fit->coefficients[j + 1], get_of (reference, "glm/coef", name), 1e-6);
      assert_relative (fit->errors[j + 1], get_of (reference, "glm/se", name), 1e-6);
    }
  assert_close (-2.0 * fit->log_likelihood, get_of (reference, "glm", "deviance"), 1e-10);
  assert_close (fit->aic, get_of (reference, "glm", "aic"), 1e-10);
}

/* What the penalised fit makes small, over standardised columns. */
static double
get_penalised_loss (const Telco  *telco,
                    const double *means,
                    const double *sds,
                    const double *slopes,
                    double        constant)
{
  double loss = 0.0;

  for (guint i = 0; i < telco->n; i++)
    {
      double eta = constant;

      for (guint j = 0; j < P; j++)
        eta += slopes[j] * (telco->x[(gsize) i * P + j] - means[j]) / sds[j];
      loss += log1p (exp (eta)) - telco->y[i] * eta;
    }
  for (guint j = 0; j < P; j++)
    loss += 0.5 * slopes[j] * slopes[j];
  return loss;
}

/* The reference stopped early (its loss is 2e-6 above the least), so its coefficients hold to
 * 1e-3; ours must be no worse than its loss. */
static void
test_penalised_fit_is_that_of_scikit_learn (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("churn_open.json");
  g_auto (Telco) telco = { 0 };
  g_autoptr (StoreLogit) fit = NULL;
  double theirs[P];
  double ours[P];
  double constant;
  double expected;

  if (reference == NULL || !telco_load (&telco))
    return;
  fit = fit_telco (&telco, 1.0);
  constant = fit->coefficients[0];
  for (guint j = 0; j < P; j++)
    {
      const char *name = telco.names[j];

      assert_relative (fit->means[j], get_of (reference, "sklearn_l2_C1_standardised/mean", name), 1e-12);
      assert_relative (fit->sds[j], get_of (reference, "sklearn_l2_C1_standardised/sd", name), 1e-12);
      theirs[j] = get_of (reference, "sklearn_l2_C1_standardised/coef", name);
      ours[j] = fit->coefficients[j + 1] * fit->sds[j];
      assert_close (ours[j], theirs[j], 1e-3);
      constant += fit->coefficients[j + 1] * fit->means[j];
    }
  expected = get_of (reference, "sklearn_l2_C1_standardised", "intercept");
  assert_close (constant, expected, 1e-3);
  g_assert_cmpfloat (get_penalised_loss (&telco, fit->means, fit->sds, ours, constant), <,
                     get_penalised_loss (&telco, fit->means, fit->sds, theirs, expected));
  g_assert_true (isnan (fit->errors[1]));
}

static void
make_rows (double *x,
           double *y,
           guint   n,
           guint   p)
{
  for (guint i = 0; i < n; i++)
    {
      double eta = -0.5;

      for (guint j = 0; j < p; j++)
        {
          x[(gsize) i * p + j] = store_counter_random (3, j, i) - 0.5;
          eta += x[(gsize) i * p + j] * (j + 1.0) / p;
        }
      y[i] = store_counter_random (3, p, i) < 1.0 / (1.0 + exp (-eta));
    }
}

static void
test_threads_leave_every_bit (void)
{
  enum { N = 140000, COLUMNS = 2 };
  g_autofree double *x = g_new (double, N * COLUMNS);
  g_autofree double *y = g_new (double, N);
  StoreLogit *fits[3];
  const guint threads[] = { 1, 2, 8 };

  make_rows (x, y, N, COLUMNS);
  for (guint i = 0; i < 3; i++)
    {
      store_parallel_set_n_threads (threads[i]);
      fits[i] = store_logit_new (x, y, N, COLUMNS, 0.0, NULL, NULL);
      g_assert_nonnull (fits[i]);
      g_assert_true (memcmp (fits[i]->coefficients, fits[0]->coefficients,
                             (COLUMNS + 1) * sizeof (double)) == 0);
      g_assert_true (memcmp (fits[i]->errors, fits[0]->errors, (COLUMNS + 1) * sizeof (double)) == 0);
      g_assert_true (fits[i]->log_likelihood == fits[0]->log_likelihood);
    }
  store_parallel_set_n_threads (0);
  for (guint i = 0; i < 3; i++)
    store_logit_free (fits[i]);
}

/* With many rows the search begins with some of them: it must end where a search over all does. */
static void
test_many_rows_reach_the_maximum (void)
{
  enum { N = 270000 };
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_autoptr (StoreLogit) fit = NULL;
  double of_constant = 0.0;
  double of_slope = 0.0;

  make_rows (x, y, N, 1);
  fit = store_logit_new (x, y, N, 1, 0.0, NULL, NULL);
  for (guint i = 0; i < N; i++)
    {
      double rest = y[i] - 1.0 / (1.0 + exp (-store_logit_predict (fit, x + i)));

      of_constant += rest;
      of_slope += rest * x[i];
    }
  g_assert_cmpfloat (fabs (of_constant), <, 1e-6);
  g_assert_cmpfloat (fabs (of_slope), <, 1e-6);
}

static void
test_separated_rows_are_told (void)
{
  const double x[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  const double all[] = { 0, 0, 0, 0, 1, 1, 1, 1 };
  const double touching[] = { 1, 1, 2, 2, 3, 3, 3, 4 };
  const double y[] = { 0, 0, 0, 0, 0, 1, 0, 1 };
  g_autoptr (StoreLogit) wholly = store_logit_new (x, all, 8, 1, 0.0, NULL, NULL);
  g_autoptr (StoreLogit) nearly = store_logit_new (touching, y, 8, 1, 0.0, NULL, NULL);
  g_autoptr (StoreLogit) penalised = store_logit_new (x, all, 8, 1, 1.0, NULL, NULL);

  g_assert_true (wholly->is_separated && isnan (wholly->errors[1]));
  g_assert_true (nearly->is_separated && isfinite (nearly->coefficients[1]));
  g_assert_false (penalised->is_separated);
  g_assert_cmpfloat (penalised->coefficients[1], <, 2.0);
}

static void
test_a_column_that_says_nothing_new_is_left_out (void)
{
  enum { N = 200 };
  double x[N * 4];
  double alone[N];
  double y[N];
  g_autoptr (StoreLogit) fit = NULL;
  g_autoptr (StoreLogit) simple = NULL;

  make_rows (alone, y, N, 1);
  for (guint i = 0; i < N; i++)
    {
      x[i * 4] = alone[i];
      x[i * 4 + 1] = 3.0;
      x[i * 4 + 2] = 2.0 - 5.0 * alone[i];
      x[i * 4 + 3] = alone[i];
    }
  fit = store_logit_new (x, y, N, 4, 0.0, NULL, NULL);
  simple = store_logit_new (alone, y, N, 1, 0.0, NULL, NULL);
  g_assert_true (!fit->is_left_out[0] && fit->is_left_out[1] && fit->is_left_out[2] &&
                 fit->is_left_out[3]);
  assert_close (fit->coefficients[1], simple->coefficients[1], 1e-9);
  assert_close (fit->log_likelihood, simple->log_likelihood, 1e-12);
  assert_close (fit->aic, simple->aic, 1e-12);
  g_assert_true (isnan (fit->errors[2]));
}

static void
test_one_outcome_has_no_infinite_number (void)
{
  const double x[] = { 1, 2, 3, 4 };
  const double y[] = { 0, 0, 0, 0 };
  g_autoptr (StoreLogit) fit = store_logit_new (x, y, 4, 1, 0.0, NULL, NULL);

  g_assert_true (fit->is_separated);
  g_assert_true (isfinite (fit->coefficients[0]) && isfinite (fit->coefficients[1]));
}

static void
test_bad_input_is_an_error (void)
{
  const double x[] = { 1, NAN, 3, 4 };
  const double y[] = { 0, 1, 2, 0 };
  g_autoptr (GError) few = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) outcome = NULL;

  g_assert_null (store_logit_new (x, y, 1, 3, 0.0, NULL, &few));
  g_assert_error (few, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (store_logit_new (x, y, 2, 1, 0.0, NULL, &missing));
  g_assert_error (missing, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_null (store_logit_new (x + 2, y + 1, 2, 1, 0.0, NULL, &outcome));
  g_assert_error (outcome, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_cancel_stops (void)
{
  const double x[] = { 1, 2, 3, 4 };
  const double y[] = { 0, 1, 1, 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (store_logit_new (x, y, 4, 1, 0.0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logit/statsmodels-agree", test_statsmodels_agree);
  g_test_add_func ("/logit/r-agrees", test_r_agrees);
  g_test_add_func ("/logit/penalised-fit-is-that-of-scikit-learn",
                   test_penalised_fit_is_that_of_scikit_learn);
  g_test_add_func ("/logit/threads-leave-every-bit", test_threads_leave_every_bit);
  g_test_add_func ("/logit/many-rows-reach-the-maximum", test_many_rows_reach_the_maximum);
  g_test_add_func ("/logit/separated-rows-are-told", test_separated_rows_are_told);
  g_test_add_func ("/logit/a-column-that-says-nothing-new-is-left-out",
                   test_a_column_that_says_nothing_new_is_left_out);
  g_test_add_func ("/logit/one-outcome-has-no-infinite-number",
                   test_one_outcome_has_no_infinite_number);
  g_test_add_func ("/logit/bad-input-is-an-error", test_bad_input_is_an_error);
  g_test_add_func ("/logit/cancel-stops", test_cancel_stops);
  return g_test_run ();
}
