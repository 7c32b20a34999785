/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STL: a series as season, trend and rest (Cleveland, Cleveland, McRae, Terpenning, "STL: a
 * seasonal-trend decomposition procedure based on loess", Journal of Official Statistics 6, 1990),
 * without weights for outliers: two rounds of smoothing each period's own values over the years
 * (window 11), taking out what that has of the trend, and smoothing the trend. As in the paper's
 * program a wide window is smoothed at every tenth of its width only, with straight lines between.
 *
 * How strong the season is: 1 - variance of the rest over variance of rest and season (Wang, Smith,
 * Hyndman, "Characteristic-based clustering for time series data", 2006). */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-stl.h"

#define SEASON_WINDOW 11
#define ROUNDS 2

typedef struct
{
  guint window;
  guint degree;
} Loess;

static guint
next_odd (double x)
{
  guint whole = (guint) ceil (x);

  return whole % 2 == 0 ? whole + 1 : whole;
}

/* One value of the smooth line at @at, from the values @first to @last; all count from 1. */
static double
smooth_at (const Loess  *loess,
           const double *values,
           guint         n,
           double        at,
           guint         first,
           guint         last,
           double       *weights)
{
  double reach = MAX (at - first, last - at);
  double sum = 0.0;
  double result = 0.0;

  if (loess->window > n)
    reach += (loess->window - n) / 2;
  for (guint j = first; j <= last; j++)
    {
      double distance = fabs (j - at);
      double share = distance / reach;

      weights[j] = 0.0;
      if (distance <= 0.999 * reach)
        weights[j] = distance <= 0.001 * reach ? 1.0 : pow (1.0 - share * share * share, 3.0);
      sum += weights[j];
    }
  if (sum <= 0.0)
    return values[(guint) CLAMP (at, 1.0, (double) n) - 1];
  for (guint j = first; j <= last; j++)
    weights[j] /= sum;
  if (reach > 0.0 && loess->degree > 0)
    {
      double centre = 0.0;
      double spread = 0.0;

      for (guint j = first; j <= last; j++)
        centre += weights[j] * j;
      for (guint j = first; j <= last; j++)
        spread += weights[j] * (j - centre) * (j - centre);
      if (sqrt (spread) > 0.001 * (n - 1.0))
        for (guint j = first; j <= last; j++)
          weights[j] *= (at - centre) / spread * (j - centre) + 1.0;
    }
  for (guint j = first; j <= last; j++)
    result += weights[j] * values[j - 1];
  return result;
}

/* The window around @at, of which no part may lie outside. */
static void
find_window (const Loess *loess,
             guint        n,
             guint        at,
             guint       *first,
             guint       *last)
{
  guint half = (loess->window + 1) / 2;

  *first = 1;
  *last = MIN (loess->window, n);
  if (loess->window >= n || at < half)
    return;
  *first = at >= n - half + 1 ? n - loess->window + 1 : at - half + 1;
  *last = *first + loess->window - 1;
}

static void
fill_between (double *line,
              guint   from,
              guint   to)
{
  double slope = (line[to - 1] - line[from - 1]) / (to - from);

  for (guint j = from + 1; j < to; j++)
    line[j - 1] = line[from - 1] + slope * (j - from);
}

static void
smooth (const Loess  *loess,
        const double *values,
        guint         n,
        double       *line,
        double       *weights)
{
  guint jump = MIN ((loess->window + 9) / 10, MAX (n, 2) - 1);
  guint reached = 1;

  for (guint at = 1; at <= n; at = at < n && at + jump > n ? n : at + jump)
    {
      guint first;
      guint last;

      find_window (loess, n, at, &first, &last);
      line[at - 1] = smooth_at (loess, values, n, at, first, last, weights);
      if (at > reached)
        fill_between (line, reached, at);
      reached = at;
    }
}

/* Each period of the season by itself, with one value more at either end: @n + 2 @season values. */
static void
smooth_seasons (const double *detrended,
                guint         n,
                guint         season,
                double       *seasonal,
                double       *weights)
{
  const Loess loess = { SEASON_WINDOW, 0 };
  g_autofree double *own = g_new (double, n / season + 1);
  g_autofree double *line = g_new (double, n / season + 1);

  for (guint j = 0; j < season; j++)
    {
      guint k = 0;

      for (guint t = j; t < n; t += season)
        own[k++] = detrended[t];
      smooth (&loess, own, k, line, weights);
      seasonal[j] = smooth_at (&loess, own, k, 0.0, 1, MIN (loess.window, k), weights);
      for (guint i = 0; i < k; i++)
        seasonal[j + (i + 1) * season] = line[i];
      seasonal[j + (k + 1) * season] = smooth_at (&loess, own, k, k + 1.0,
                                                  k > loess.window ? k - loess.window + 1 : 1, k,
                                                  weights);
    }
}

static guint
average (double *values,
         guint   n,
         guint   length)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double dropped = i + 1 >= length ? values[i + 1 - length] : 0.0;

      sum += values[i];
      if (i + 1 >= length)
        {
          values[i + 1 - length] = sum / length;
          sum -= dropped;
        }
    }
  return n - length + 1;
}

/**
 * store_stl_decompose:
 * @values: a series
 * @n: its length
 * @season: periods of a season, 2 or more
 * @seasonal: (out): @n numbers
 * @trend: (out): @n numbers
 *
 * Returns: whether there are more than two seasons, so that it can be done
 */
gboolean
store_stl_decompose (const double *values,
                     guint         n,
                     guint         season,
                     double       *seasonal,
                     double       *trend)
{
  const Loess of_trend = { next_odd (ceil (1.5 * season / (1.0 - 1.5 / SEASON_WINDOW))), 1 };
  const Loess low = { next_odd (season), 1 };
  g_autofree double *work = g_new (double, n);
  g_autofree double *cycles = g_new (double, n + 2 * season);
  g_autofree double *passed = g_new (double, n + 2 * season);
  g_autofree double *weights = g_new (double, n + 1);

  g_return_val_if_fail (season >= 2, FALSE);

  if (n <= 2 * season)
    return FALSE;
  memset (trend, 0, n * sizeof *trend);
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint length = n + 2 * season;

      for (guint t = 0; t < n; t++)
        work[t] = values[t] - trend[t];
      smooth_seasons (work, n, season, cycles, weights);
      memcpy (passed, cycles, length * sizeof *cycles);
      length = average (passed, length, season);
      length = average (passed, length, season);
      average (passed, length, 3);
      smooth (&low, passed, n, work, weights);
      for (guint t = 0; t < n; t++)
        {
          seasonal[t] = cycles[season + t] - work[t];
          work[t] = values[t] - seasonal[t];
        }
      smooth (&of_trend, work, n, trend, weights);
    }
  return TRUE;
}

static double
find_variance (const double *values,
               const double *less,
               guint         n)
{
  double mean = 0.0;
  double sum = 0.0;

  for (guint t = 0; t < n; t++)
    mean += (values[t] - less[t]) / n;
  for (guint t = 0; t < n; t++)
    sum += (values[t] - less[t] - mean) * (values[t] - less[t] - mean);
  return sum;
}

/* The share that the rest has not, of the rest and @part together. */
static double
find_strength (const double *values,
               guint         n,
               const double *part,
               const double *other)
{
  g_autofree double *both = g_new (double, n);
  double rest;
  double whole;

  for (guint t = 0; t < n; t++)
    both[t] = part[t] + other[t];
  rest = find_variance (values, both, n);
  whole = find_variance (values, other, n);
  return whole > 0.0 ? CLAMP (1.0 - rest / whole, 0.0, 1.0) : 0.0;
}

/**
 * store_stl_seasonal_strength:
 * @values: a series
 * @n: its length
 * @season: periods of a season
 *
 * Returns: 0 (no season) to 1 (nothing but season and trend); 0 with two seasons or less
 */
double
store_stl_seasonal_strength (const double *values,
                             guint         n,
                             guint         season)
{
  g_autofree double *seasonal = g_new (double, n);
  g_autofree double *trend = g_new (double, n);

  if (season < 2 || !store_stl_decompose (values, n, season, seasonal, trend))
    return 0.0;
  return find_strength (values, n, seasonal, trend);
}

/**
 * store_stl_trend_strength:
 * @values: a series
 * @n: its length
 * @season: periods of a season
 *
 * Returns: 0 (no trend) to 1 (nothing but season and trend); 0 with two seasons or less
 */
double
store_stl_trend_strength (const double *values,
                          guint         n,
                          guint         season)
{
  g_autofree double *seasonal = g_new (double, n);
  g_autofree double *trend = g_new (double, n);

  if (season < 2 || !store_stl_decompose (values, n, season, seasonal, trend))
    return 0.0;
  return find_strength (values, n, trend, seasonal);
}
