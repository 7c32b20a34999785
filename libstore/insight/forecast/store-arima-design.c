/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an ARIMA model is fitted to: the series, and beside it the columns of the mean or drift and
 * of the waves of a long season (Young, Pedregal, Tych 1999; Hyndman, "Forecasting with long
 * seasonal periods"), all differenced alike. For given lags the numbers of those columns follow by
 * least squares on what the filter makes of them, so that the search is over the lags alone. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-arima-private.h"

/* A column of which less than this share is left beside the others says nothing new. */
#define NOTHING_NEW 1e-10

guint
store_arima_order_get_lost (const StoreArimaOrder *order)
{
  return order->d + order->seasonal_d * order->season;
}

guint
store_arima_order_n_regressors (const StoreArimaOrder *order)
{
  return (order->constant ? 1 : 0) + 2 * order->waves;
}

/* Regressor @which at @time, counted from 1: the constant 1 or, where the model is differenced, the
 * time itself; then sine and cosine of each wave. */
double
store_arima_regressor (const StoreArimaOrder *order,
                       guint                  which,
                       guint                  time)
{
  double angle;

  if (order->constant)
    {
      if (which == 0)
        return order->d + order->seasonal_d > 0 ? time : 1.0;
      which--;
    }
  angle = 2.0 * G_PI * (which / 2 + 1) * (time % order->season) / order->season;
  return which % 2 == 0 ? sin (angle) : cos (angle);
}

static void
difference (double *column,
            guint  *n,
            guint   lag)
{
  for (guint t = 0; t + lag < *n; t++)
    column[t] = column[t + lag] - column[t];
  *n -= lag;
}

static guint
difference_all (double                *column,
                guint                  n,
                const StoreArimaOrder *order)
{
  for (guint i = 0; i < order->seasonal_d; i++)
    difference (column, &n, order->season);
  for (guint i = 0; i < order->d; i++)
    difference (column, &n, 1);
  return n;
}

/* @n must be more than store_arima_order_get_lost(). */
void
store_arima_design_init (StoreArimaDesign      *self,
                         const StoreArimaOrder *order,
                         const double          *values,
                         guint                  n)
{
  self->order = order;
  self->n_columns = 1 + store_arima_order_n_regressors (order);
  for (guint c = 0; c < self->n_columns; c++)
    {
      self->columns[c] = g_new (double, n);
      self->errors[c] = g_new (double, n);
      for (guint t = 0; t < n; t++)
        self->columns[c][t] = c == 0 ? values[t] : store_arima_regressor (order, c - 1, t + 1);
      self->n = difference_all (self->columns[c], n, order);
    }
}

void
store_arima_design_clear (StoreArimaDesign *self)
{
  for (guint c = 0; c < self->n_columns; c++)
    {
      g_free (self->columns[c]);
      g_free (self->errors[c]);
    }
}

static double
multiply (const double *a,
          const double *b,
          guint         n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static void
take_away (double       *from,
           const double *what,
           double        times,
           guint         n)
{
  for (guint i = 0; i < n; i++)
    from[i] -= times * what[i];
}

/* Least squares by making the columns orthogonal one after the other (modified Gram-Schmidt) on the
 * errors, which it uses up. Returns the sum of squares that is left; @regression may be NULL. */
double
store_arima_design_regress (StoreArimaDesign *self,
                            double           *regression)
{
  const guint k = self->n_columns - 1;
  double shares[(1 + STORE_ARIMA_MAX_REGRESSORS) * STORE_ARIMA_MAX_REGRESSORS] = { 0 };
  double norms[STORE_ARIMA_MAX_REGRESSORS];

  for (guint i = 0; i < k; i++)
    {
      const double *column = self->errors[i + 1];
      double whole = multiply (self->columns[i + 1], self->columns[i + 1], self->n);

      norms[i] = multiply (column, column, self->n);
      if (norms[i] <= NOTHING_NEW * whole)
        continue;
      for (guint j = i + 1; j <= k; j++)
        {
          double share = multiply (column, self->errors[(j + 1) % (k + 1)], self->n) / norms[i];

          shares[i * (k + 1) + j] = share;
          take_away (self->errors[(j + 1) % (k + 1)], column, share, self->n);
        }
    }
  for (guint i = k; regression != NULL && i-- > 0;)
    {
      regression[i] = shares[i * (k + 1) + k];
      for (guint j = i + 1; j < k; j++)
        regression[i] -= shares[i * (k + 1) + j] * regression[j];
    }
  return multiply (self->errors[0], self->errors[0], self->n);
}

/* (1 - a_1 B - ...) (1 - s_1 B^m - ...), its numbers without the leading 1, signs turned. */
static double *
multiply_out (const double *short_lags,
              guint         n_short,
              const double *long_lags,
              guint         n_long,
              guint         season,
              double        sign)
{
  double *product = g_new0 (double, n_short + n_long * season + 1);

  for (guint j = 0; j <= n_long; j++)
    for (guint i = 0; i <= n_short; i++)
      {
        double a = i == 0 ? 1.0 : sign * short_lags[i - 1];
        double b = j == 0 ? 1.0 : sign * long_lags[j - 1];

        if (i + j > 0)
          product[i + j * season - 1] += sign * a * b;
      }
  return product;
}

void
store_arima_lags_init (StoreArimaLags   *self,
                       const StoreArima *model)
{
  const StoreArimaOrder *order = &model->order;

  self->phi = multiply_out (model->ar, order->p, model->seasonal_ar, order->seasonal_p,
                            order->season, -1.0);
  self->theta = multiply_out (model->ma, order->q, model->seasonal_ma, order->seasonal_q,
                              order->season, 1.0);
  self->arma = (StoreArma){
    .p = order->p + order->seasonal_p * order->season,
    .q = order->q + order->seasonal_q * order->season,
    .phi = self->phi,
    .theta = self->theta,
  };
}

void
store_arima_lags_clear (StoreArimaLags *self)
{
  g_free (self->phi);
  g_free (self->theta);
}

/* What the past weighs in the series where its difference is known: y(t) = w(t) + sum of these
 * times y(t - i), i from 1 to @length. */
double *
store_arima_order_dup_operator (const StoreArimaOrder *order,
                                guint                 *length)
{
  double *operator;

  *length = store_arima_order_get_lost (order);
  operator = g_new0 (double, *length + 2);
  operator[0] = 1.0;
  for (guint i = 0, reached = 0; i < order->d + order->seasonal_d; i++)
    {
      guint lag = i < order->d ? 1 : order->season;

      reached += lag;
      for (guint j = reached; j >= lag; j--)
        operator[j] -= operator[j - lag];
    }
  for (guint j = 0; j < *length; j++)
    operator[j] = -operator[j + 1];
  return operator;
}
