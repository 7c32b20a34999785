/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a differenced series was before it began. The likelihood of the differences says nothing of
 * it; other programs (R's arima, after Gardner, Harvey, Phillips, "Algorithm AS 154") let each
 * value before the first have a variance of a million times that of the shocks, and count the
 * errors after the first values only. Where the series is large beside its shocks that is not the
 * same: .003 for the logarithms of the airline passengers. So that likelihoods can be compared
 * between programs, ours is brought to the same start.
 *
 * With k lost values, u = the first k values less what the differences know of them = w + G y,
 * w the first k differences and y the values before the series. Given the later differences, w has
 * the mean and covariance of a forecast backwards (the process runs alike both ways), and without
 * them those of the process. The likelihood changes by p (u | later) / p (u). */

#include "config.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#include "store-arima-private.h"
#include "store-gsl.h"

#define SPREAD 1e6

typedef struct
{
  guint k;
  double *mean;
  double *variances;
  double *gains;
} Back;

static void
back_clear (Back *back)
{
  g_free (back->mean);
  g_free (back->variances);
  g_free (back->gains);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Back, back_clear)

/* Runs back from the end through the @n @differences, and on over the @k values before them. */
static gboolean
look_back (Back             *back,
           const StoreArima *model,
           const double     *differences,
           guint             n,
           guint             k)
{
  g_auto (StoreArimaLags) lags = { 0 };
  g_autofree double *turned = g_new (double, n + 1);
  g_autofree double *errors = g_new (double, n + 1);
  const double *const columns[] = { turned };
  double *const out[] = { errors };
  double *forecasts[1];
  StoreArmaFilter filter = { .n_columns = 1, .n = n, .columns = columns, .errors = out,
                             .n_ahead = k };

  for (guint t = 0; t < n; t++)
    turned[t] = differences[n - 1 - t];
  back->k = k;
  back->mean = g_new0 (double, k);
  back->variances = g_new0 (double, k);
  back->gains = g_new0 (double, (gsize) k * k);
  forecasts[0] = back->mean;
  filter.forecasts = forecasts;
  filter.variances = back->variances;
  filter.gains = back->gains;
  store_arima_lags_init (&lags, model);
  return store_arma_filter (&lags.arma, &filter);
}

/* Covariance of the errors @a and @b steps back, from 0. */
static double
get_covariance (const Back *back,
                guint       a,
                guint       b)
{
  double sum = 0.0;

  for (guint j = 0; j <= MIN (a, b); j++)
    {
      const double *moves = back->gains + (gsize) j * (back->k - 1);
      double to_a = a == j ? 1.0 : moves[a - j - 1];
      double to_b = b == j ? 1.0 : moves[b - j - 1];

      sum += back->variances[j] * to_a * to_b;
    }
  return sum;
}

/* What the values before the series add to the covariance of u at @s and @t, from 0. */
static double
get_spread (const double *operator,
            guint         k,
            guint         s,
            guint         t)
{
  double sum = 0.0;

  for (guint j = 0; j + MAX (s, t) < k; j++)
    sum += operator[s + j] * operator[t + j];
  return SPREAD * sum;
}

/* Square of @u less the mean of @back in its covariance, and the logarithm of the determinant. */
static gboolean
measure (const Back   *back,
         const double *operator,
         const double *u,
         double       *square,
         double       *log_determinant)
{
  const guint k = back->k;
  gsl_matrix *covariance = gsl_matrix_alloc (k, k);
  gsl_vector *away = gsl_vector_alloc (k);
  gsl_vector *solved = gsl_vector_alloc (k);
  gboolean sound;

  for (guint s = 0; s < k; s++)
    {
      gsl_vector_set (away, s, u[s] - back->mean[k - 1 - s]);
      for (guint t = 0; t < k; t++)
        gsl_matrix_set (covariance, s, t, get_covariance (back, k - 1 - s, k - 1 - t) +
                                            get_spread (operator, k, s, t));
    }
  sound = gsl_linalg_cholesky_decomp1 (covariance) == GSL_SUCCESS &&
          gsl_linalg_cholesky_solve (covariance, away, solved) == GSL_SUCCESS;
  *square = 0.0;
  *log_determinant = 0.0;
  for (guint s = 0; s < k && sound; s++)
    {
      *square += gsl_vector_get (away, s) * gsl_vector_get (solved, s);
      *log_determinant += 2.0 * log (gsl_matrix_get (covariance, s, s));
    }
  gsl_matrix_free (covariance);
  gsl_vector_free (away);
  gsl_vector_free (solved);
  return sound && isfinite (*square) && isfinite (*log_determinant);
}

/* The differenced series without its regressors. */
static double *
dup_differences (const StoreArima       *model,
                 const StoreArimaDesign *design)
{
  double *differences = g_memdup2 (design->columns[0], design->n * sizeof (double));

  for (guint c = 0; c < model->n_regressors; c++)
    for (guint t = 0; t < design->n; t++)
      differences[t] -= model->regression[c] * design->columns[c + 1][t];
  return differences;
}

/* The first values less what the operator takes from those after the beginning. */
static double *
dup_first (const StoreArima *model,
           const double     *values,
           const double     *operator,
           guint             k)
{
  g_autofree double *plain = g_new (double, k);
  double *first = g_new (double, k);

  for (guint t = 0; t < k; t++)
    {
      plain[t] = values[t];
      for (guint c = 0; c < model->n_regressors; c++)
        plain[t] -= model->regression[c] * store_arima_regressor (&model->order, c, t + 1);
      first[t] = plain[t];
      for (guint i = 1; i <= t; i++)
        first[t] -= operator[i - 1] * plain[t - i];
    }
  return first;
}

/* Changes the sum of squares and that of log variances to what they are with such a start, and
 * gives the squares of the errors of the first values beside them; leaves all where nothing was
 * differenced, or the numbers do not hold. */
void
store_arima_add_start (const StoreArima       *model,
                       const StoreArimaDesign *design,
                       const double           *values,
                       double                 *squares,
                       double                 *log_variances,
                       double                 *first_squares)
{
  guint k;
  g_autofree double *operator = store_arima_order_dup_operator (&model->order, &k);
  g_autofree double *differences = dup_differences (model, design);
  g_autofree double *first = NULL;
  g_auto (Back) given = { 0 };
  g_auto (Back) alone = { 0 };
  double squares_given;
  double squares_alone;
  double logs_given;
  double logs_alone;

  if (k == 0)
    return;
  store_gsl_prepare ();
  first = dup_first (model, values, operator, k);
  if (look_back (&given, model, differences, design->n, k) &&
      look_back (&alone, model, NULL, 0, k) &&
      measure (&given, operator, first, &squares_given, &logs_given) &&
      measure (&alone, operator, first, &squares_alone, &logs_alone))
    {
      *squares += squares_given - squares_alone;
      *first_squares = squares_alone;
      *log_variances += logs_given - logs_alone;
    }
}
