/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ARIMA model: the stepwise search of Hyndman and Khandakar ("Automatic time series
 * forecasting: the forecast package for R", Journal of Statistical Software 27, 2008, section 3). A
 * season is differenced where it is strong (STL), the series while its level does not stay (KPSS).
 * From the best of four or five simple models the search steps to the first neighbour with a
 * smaller AICc, until none has. Every likelihood is exact; there is no approximation, since the
 * filter is quick enough without. A season longer than 24 periods enters by sine and cosine waves
 * instead of lags, their number chosen by AICc of a plain model. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-arima-private.h"
#include "store-error.h"
#include "store-stationarity.h"
#include "store-stl.h"

#define MAX_DIFFERENCES 2
#define STRONG_SEASON 0.64
#define LONGEST_SEASON_OF_LAGS 24
#define MAX_MODELS 94
#define FEWEST_FOR_FULL_START 10

typedef struct
{
  guint most_p;
  guint most_q;
  guint most_seasonal_p;
  guint most_seasonal_q;
} Limits;

typedef struct
{
  const double *values;
  guint n;
  Limits limits;
  gboolean may_be_constant;
  StoreArimaOrder tried[MAX_MODELS];
  guint n_tried;
  StoreArima *best;
  GCancellable *cancellable;
} Search;

static gboolean
was_tried (const Search          *search,
           const StoreArimaOrder *order)
{
  for (guint i = 0; i < search->n_tried; i++)
    if (memcmp (&search->tried[i], order, sizeof *order) == 0)
      return TRUE;
  return FALSE;
}

/* Returns whether the model is the best so far. */
static gboolean
try_model (Search                *search,
           const StoreArimaOrder *order)
{
  g_autoptr (StoreArima) model = NULL;

  if (search->n_tried == MAX_MODELS || was_tried (search, order) ||
      g_cancellable_is_cancelled (search->cancellable))
    return FALSE;
  search->tried[search->n_tried++] = *order;
  model = store_arima_new (search->values, search->n, order, NULL);
  if (model == NULL || !model->sound ||
      (search->best != NULL && !(model->aicc < search->best->aicc)))
    return FALSE;
  g_clear_pointer (&search->best, store_arima_free);
  search->best = g_steal_pointer (&model);
  return TRUE;
}

/* @order moved by one step in up to two of its numbers, or FALSE where that leaves the limits. */
static gboolean
move (guint *first,
      int    by_first,
      guint  most_first,
      guint *second,
      int    by_second,
      guint  most_second)
{
  int a = (int) *first + by_first;
  int b = (int) *second + by_second;

  if (a < 0 || b < 0 || a > (int) most_first || b > (int) most_second)
    return FALSE;
  *first = (guint) a;
  *second = (guint) b;
  return TRUE;
}

/* Steps to the first neighbour that is better. */
static gboolean
step (Search *search)
{
  static const int moves[8][2] = {
    { -1, 0 }, { 0, -1 }, { 1, 0 }, { 0, 1 }, { -1, -1 }, { -1, 1 }, { 1, -1 }, { 1, 1 },
  };
  const StoreArimaOrder from = search->best->order;
  const Limits *limits = &search->limits;
  StoreArimaOrder order;

  for (guint i = 0; i < 16; i++)
    {
      const int *by = moves[i % 8];
      gboolean within;

      order = from;
      if (i < 8)
        within = move (&order.seasonal_p, by[0], limits->most_seasonal_p, &order.seasonal_q, by[1],
                       limits->most_seasonal_q);
      else
        within = move (&order.p, by[0], limits->most_p, &order.q, by[1], limits->most_q);
      if (within && try_model (search, &order))
        return TRUE;
    }
  order = from;
  order.constant = !order.constant;
  return search->may_be_constant && try_model (search, &order);
}

static void
try_lags (Search          *search,
          StoreArimaOrder  order,
          guint            p,
          guint            q,
          guint            seasonal_p,
          guint            seasonal_q)
{
  order.p = MIN (p, search->limits.most_p);
  order.q = MIN (q, search->limits.most_q);
  order.seasonal_p = MIN (seasonal_p, search->limits.most_seasonal_p);
  order.seasonal_q = MIN (seasonal_q, search->limits.most_seasonal_q);
  try_model (search, &order);
}

static void
try_first_models (Search                *search,
                  const StoreArimaOrder *frame)
{
  StoreArimaOrder order = *frame;
  gboolean is_long = search->n >= FEWEST_FOR_FULL_START;

  /* Without lags first: where that leaves nothing to be explained, no lag can be better. */
  try_lags (search, order, 0, 0, 0, 0);
  try_lags (search, order, is_long ? 2 : 1, is_long ? 2 : 1, is_long, is_long);
  try_lags (search, order, 1, 0, 1, 0);
  try_lags (search, order, 0, 1, 0, 1);
  order.constant = FALSE;
  try_lags (search, order, 0, 0, 0, 0);
}

static guint
difference (double *values,
            guint   n,
            guint   lag)
{
  for (guint t = 0; t + lag < n; t++)
    values[t] = values[t + lag] - values[t];
  return n - lag;
}

/* What is left of the series when its waves are taken out by least squares. */
static void
take_out_waves (double                *values,
                guint                  n,
                const StoreArimaOrder *order)
{
  StoreArimaOrder still = { .season = order->season, .constant = TRUE, .waves = order->waves };
  g_auto (StoreArimaDesign) design = { 0 };

  store_arima_design_init (&design, &still, values, n);
  for (guint c = 0; c < design.n_columns; c++)
    memcpy (design.errors[c], design.columns[c], n * sizeof *values);
  store_arima_design_regress (&design, NULL);
  memcpy (values, design.errors[0], n * sizeof *values);
}

static void
find_differences (const double    *values,
                  guint            n,
                  StoreArimaOrder *order)
{
  g_autofree double *now = g_memdup2 (values, n * sizeof *values);

  if (order->waves > 0)
    take_out_waves (now, n, order);
  else if (order->season > 1 && n > 2 * order->season &&
           !store_stationarity_is_constant (now, n) &&
           store_stl_seasonal_strength (now, n, order->season) > STRONG_SEASON)
    {
      order->seasonal_d = 1;
      n = difference (now, n, order->season);
    }
  order->d = store_stationarity_find_differences (now, n, MAX_DIFFERENCES);
  if (order->waves > 0)
    order->d = MIN (order->d, 1);
  for (guint i = 0; i < order->d; i++)
    n = difference (now, n, 1);
  order->constant = order->d + order->seasonal_d <= 1;
}

static void
set_limits (Search                *search,
            const StoreArimaOrder *order)
{
  const gboolean seasonal = order->season > 1 && order->waves == 0;
  const guint by_length = search->n / 3;
  const guint by_season = seasonal ? search->n / 3 / order->season : 0;
  Limits *limits = &search->limits;

  limits->most_p = MIN (STORE_ARIMA_MAX_LAGS, by_length);
  limits->most_q = MIN (STORE_ARIMA_MAX_LAGS, by_length);
  limits->most_seasonal_p = MIN (STORE_ARIMA_MAX_SEASONAL_LAGS, by_season);
  limits->most_seasonal_q = MIN (STORE_ARIMA_MAX_SEASONAL_LAGS, by_season);
  if (limits->most_seasonal_p > 0)
    limits->most_p = MIN (limits->most_p, order->season - 1);
  if (limits->most_seasonal_q > 0)
    limits->most_q = MIN (limits->most_q, order->season - 1);
}

static StoreArima *
search_lags (const double          *values,
             guint                  n,
             const StoreArimaOrder *frame,
             GCancellable          *cancellable)
{
  Search search = { .values = values, .n = n, .may_be_constant = frame->constant,
                    .cancellable = cancellable };

  set_limits (&search, frame);
  try_first_models (&search, frame);
  while (search.best != NULL && step (&search))
    continue;
  return search.best;
}

/* How many waves, by the criterion of a plain model with them. */
static void
find_waves (const double    *values,
            guint            n,
            StoreArimaOrder *frame)
{
  StoreArimaOrder order = *frame;
  double least = INFINITY;

  order.p = 1;
  order.q = 1;
  for (guint waves = order.waves; waves > 0; waves--)
    {
      g_autoptr (StoreArima) model = NULL;

      order.waves = waves;
      model = store_arima_new (values, n, &order, NULL);
      if (model != NULL && model->aicc < least)
        {
          least = model->aicc;
          frame->waves = waves;
        }
    }
}

/* The lags are searched on what least squares leave of the series without its waves; then both are
 * fitted together. */
static StoreArima *
search_waves (const double    *values,
              guint            n,
              StoreArimaOrder *frame,
              GCancellable    *cancellable)
{
  g_autofree double *rest = g_memdup2 (values, n * sizeof *values);
  g_autoptr (StoreArima) of_rest = NULL;
  StoreArimaOrder order;

  frame->waves = STORE_ARIMA_MAX_WAVES;
  find_differences (values, n, frame);
  find_waves (values, n, frame);
  take_out_waves (rest, n, frame);
  order = *frame;
  order.waves = 0;
  order.season = 1;
  of_rest = search_lags (rest, n, &order, cancellable);
  if (of_rest == NULL)
    return NULL;
  order = of_rest->order;
  order.waves = frame->waves;
  order.season = frame->season;
  return store_arima_new (values, n, &order, NULL);
}

/**
 * store_arima_new_auto:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season, 1 for none; it is ignored where @n is less than twice of it and 5
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Chooses and fits a model. On any thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA,
 *   %STORE_ERROR_INVALID or %STORE_ERROR_CANCELLED
 */
StoreArima *
store_arima_new_auto (const double  *values,
                      guint          n,
                      guint          season,
                      GCancellable  *cancellable,
                      GError       **error)
{
  StoreArimaOrder frame;
  StoreArima *self;

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  /* Orders are compared by their bytes, those between the members too. */
  memset (&frame, 0, sizeof frame);
  frame.season = n >= 2 * season + 5 ? season : 1;
  if (frame.season > LONGEST_SEASON_OF_LAGS)
    self = search_waves (values, n, &frame, cancellable);
  else
    {
      find_differences (values, n, &frame);
      self = search_lags (values, n, &frame, cancellable);
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_pointer (&self, store_arima_free);
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped on request."));
    }
  else if (self == NULL)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         _("The series is too short for this model."));
  return self;
}
