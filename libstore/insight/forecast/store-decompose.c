/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classical decomposition by moving averages (Kendall, Stuart, "The Advanced Theory of
 * Statistics", volume 3): the trend is the average over one season around each period, and the
 * figure of the season the average of what is left, or of the ratio, in each of its periods. */

#include "config.h"

#include <math.h>

#include "store-decompose.h"

/**
 * store_decompose_get_trend:
 * @values: a series
 * @t: which value, half a season or more from either end
 * @season: periods of a season, 2 or more
 *
 * Returns: the average over a season around it; with an even season the outer two count half
 */
double
store_decompose_get_trend (const double *values,
                           guint         t,
                           guint         season)
{
  const guint half = season / 2;
  double sum = 0.0;

  for (guint i = t - half; i <= t + half; i++)
    {
      gboolean outer = season % 2 == 0 && (i == t - half || i == t + half);

      sum += outer ? 0.5 * values[i] : values[i];
    }
  return sum / season;
}

static void
centre (double   *figure,
        guint     season,
        gboolean  by_factors)
{
  double mean = 0.0;

  for (guint j = 0; j < season; j++)
    mean += figure[j] / season;
  for (guint j = 0; j < season; j++)
    figure[j] = by_factors ? figure[j] / mean : figure[j] - mean;
}

/**
 * store_decompose:
 * @values: a series
 * @n: its length
 * @season: periods of a season, 2 or more
 * @by_factors: whether the season multiplies the trend, instead of adding to it
 * @figure: (out): @season numbers, the first for the first period of the series; their average is
 * 0, or 1 where they are factors
 *
 * Returns: whether there are two seasons and, for factors, no trend of 0, so that it can be done
 */
gboolean
store_decompose (const double *values,
                 guint         n,
                 guint         season,
                 gboolean      by_factors,
                 double       *figure)
{
  const guint half = season / 2;

  g_return_val_if_fail (season >= 2, FALSE);

  if (n < 2 * season)
    return FALSE;
  for (guint j = 0; j < season; j++)
    {
      guint count = 0;

      figure[j] = 0.0;
      for (guint t = j; t + half < n; t += season)
        {
          double trend;

          if (t < half)
            continue;
          trend = store_decompose_get_trend (values, t, season);
          figure[j] += by_factors ? values[t] / trend : values[t] - trend;
          count++;
        }
      figure[j] /= count;
      if (count == 0 || !isfinite (figure[j]))
        return FALSE;
    }
  centre (figure, season, by_factors);
  return isfinite (figure[0]);
}

/**
 * store_line_fit:
 * @values: a series
 * @n: its length
 * @at_zero: (out): the line one period before the first value
 * @slope: (out): its change in a period, 0 for one value
 *
 * The line of least squares through the values at 1, 2, ..., @n.
 */
void
store_line_fit (const double *values,
                guint         n,
                double       *at_zero,
                double       *slope)
{
  const double middle = (n + 1.0) / 2.0;
  double mean = 0.0;
  double along = 0.0;
  double width = 0.0;

  for (guint t = 0; t < n; t++)
    mean += values[t] / n;
  for (guint t = 0; t < n; t++)
    {
      double x = t + 1.0 - middle;

      along += x * (values[t] - mean);
      width += x * x;
    }
  *slope = width > 0.0 ? along / width : 0.0;
  *at_zero = mean - *slope * middle;
}
