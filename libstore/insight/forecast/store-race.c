/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A race by rolling origin (Tashman, "Out-of-sample tests of forecasting accuracy", International
 * Journal of Forecasting 16, 2000): up to six times the series is cut earlier by half of the
 * horizon, every method is fitted anew, its model chosen anew, to what came before the cut alone,
 * and its forecast is compared with what came after. The one with the smallest mean absolute error
 * wins; of equals the simpler one. Where many periods are 0, to say 0 always has the smallest
 * absolute error and says nothing; there the smallest squared error wins (Syntetos, Boylan, "The
 * accuracy of intermittent demand estimates", same journal 21, 2005).
 *
 * The winner was chosen by the periods that it is judged on, and of several one is always lucky. So
 * the choice itself is tried, too: at each cut whoever would have been chosen by the others. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-race.h"
#include "store-seasonal-naive.h"

#define MOST_ORIGINS 6
#define FEWEST_VALUES 8

/* At most so large a part of the series is held back each time. */
#define HELD_BACK_SHARE 4

/* From this share of periods without anything on, demand is intermittent. */
#define MANY_ZEROS 0.4

typedef struct
{
  const double *values;
  const StoreRaceOptions *options;
  GCancellable *cancellable;
  guint horizon;
  guint cut;
  guint n_methods;
  StoreForecastMethod methods[STORE_FORECAST_N_METHODS];
  /* The sums of absolute and squared errors of this origin, NAN where there is no forecast. */
  double errors[STORE_FORECAST_N_METHODS];
  double squares[STORE_FORECAST_N_METHODS];
  guint n_inside[STORE_FORECAST_N_METHODS];
} Heat;

/* What the methods are judged by, at each origin. */
typedef struct
{
  double misses[MOST_ORIGINS][STORE_FORECAST_N_METHODS];
} Record;

static void
run_method (guint    block,
            gpointer data)
{
  Heat *heat = data;
  g_autoptr (StoreForecaster) forecaster = NULL;
  g_autoptr (StorePrediction) prediction = NULL;

  heat->errors[block] = NAN;
  heat->squares[block] = NAN;
  heat->n_inside[block] = 0;
  forecaster = store_forecaster_new (heat->methods[block], heat->values, heat->cut,
                                     heat->options->season, heat->options->seed, heat->cancellable,
                                     NULL);
  if (forecaster != NULL)
    prediction = store_forecaster_predict (forecaster, heat->values, heat->cut, 0, heat->horizon,
                                           NULL);
  if (prediction == NULL)
    return;
  heat->errors[block] = 0.0;
  heat->squares[block] = 0.0;
  for (guint h = 0; h < heat->horizon; h++)
    {
      double came = heat->values[heat->cut + h];
      double error = prediction->mean[h] - came;

      heat->errors[block] += fabs (error);
      heat->squares[block] += error * error;
      heat->n_inside[block] += came >= prediction->low80[h] && came <= prediction->high80[h];
    }
}

static void
list_methods (Heat *heat)
{
  for (guint method = 0; method < STORE_FORECAST_N_METHODS; method++)
    if (method == STORE_FORECAST_NAIVE || heat->options->only == STORE_FORECAST_N_METHODS ||
        heat->options->only == method)
      heat->methods[heat->n_methods++] = method;
}

/* What must be left to learn from. */
static guint
get_fewest (const StoreRaceOptions *options)
{
  return MAX (FEWEST_VALUES, 2 * options->season);
}

static guint
find_horizon (const StoreRaceOptions *options,
              guint                   n)
{
  const guint fewest = get_fewest (options);
  const guint beyond = n > fewest ? n - fewest : 1;

  return MIN (options->horizon, MAX (1, MIN (beyond, n / HELD_BACK_SHARE)));
}

static guint
count_origins (const StoreRaceOptions *options,
               guint                   n,
               guint                   horizon,
               guint                   step)
{
  const guint fewest = get_fewest (options);
  guint count = 0;

  while (count < MOST_ORIGINS && n >= fewest + horizon + count * step)
    count++;
  return count;
}

static void
add_heat (StoreRace  *self,
          const Heat *heat)
{
  double scale = store_seasonal_naive_get_scale (heat->values, heat->cut, heat->options->season);

  for (guint i = 0; i < heat->n_methods; i++)
    {
      self->entries[i].mae += heat->errors[i];
      self->entries[i].rmse += heat->squares[i];
      self->entries[i].inside80 += heat->n_inside[i];
      self->entries[i].mase += scale > 0.0 ? heat->errors[i] / heat->horizon / scale : NAN;
    }
}

/* Sums become averages, in terms of @size, the sum of the sizes of all values that came. */
static void
finish (StoreRace *self,
        double     size)
{
  for (guint i = 0; i < self->n_entries; i++)
    {
      StoreRaceEntry *entry = &self->entries[i];

      entry->finished = isfinite (entry->mae);
      entry->wape = size > 0.0 ? entry->mae / size : NAN;
      entry->mae /= self->n_values;
      entry->mase /= self->n_origins;
      entry->rmse = sqrt (entry->rmse / self->n_values);
      entry->inside80 = entry->finished ? entry->inside80 / self->n_values : NAN;
    }
}

/* Who, of those who always could forecast, did best at all origins but @origin and those that have
 * periods of it; their number where there is none. */
static guint
find_best_elsewhere (const StoreRace *self,
                     const Record    *record,
                     guint            origin,
                     guint            step)
{
  guint best = self->n_entries;
  double least = INFINITY;

  for (guint i = 0; i < self->n_entries; i++)
    {
      double sum = 0.0;
      guint n = 0;

      for (guint other = 0; other < self->n_origins; other++)
        if (MAX (origin, other) - MIN (origin, other) >= (self->horizon + step - 1) / step)
          {
            sum += record->misses[other][i];
            n++;
          }
      if (n > 0 && isfinite (self->entries[i].mae) && sum < least)
        {
          least = sum;
          best = i;
        }
    }
  return best;
}

/* Entries must still be in the order of the record. */
static void
try_choice (StoreRace    *self,
            const Record *record,
            guint         step)
{
  double sum = 0.0;

  for (guint origin = 0; origin < self->n_origins; origin++)
    {
      guint best = find_best_elsewhere (self, record, origin, step);

      sum += best < self->n_entries ? record->misses[origin][best] : NAN;
    }
  self->choice = self->by_squares ? sqrt (sum / self->n_values) : sum / self->n_values;
}

static gboolean
has_many_zeros (const double *values,
                guint         n)
{
  guint zeros = 0;

  for (guint t = 0; t < n; t++)
    zeros += values[t] == 0.0;
  return zeros >= MANY_ZEROS * n && zeros < n;
}

/**
 * store_race_find:
 * @self: a race
 * @method: who
 *
 * Returns: which of its entries that is, or how many there are if it did not run
 */
guint
store_race_find (const StoreRace     *self,
                 StoreForecastMethod  method)
{
  guint i = 0;

  while (i < self->n_entries && self->entries[i].method != method)
    i++;
  return i;
}

/**
 * store_race_get_error:
 * @self: a race
 * @entry: one of its entries
 *
 * Returns: what it was judged by, its mean absolute or the root of its mean squared error
 */
double
store_race_get_error (const StoreRace *self,
                      guint            entry)
{
  return self->by_squares ? self->entries[entry].rmse : self->entries[entry].mae;
}

static gboolean
is_before (const StoreRace *self,
           guint            a,
           guint            b)
{
  if (self->entries[a].finished != self->entries[b].finished)
    return self->entries[a].finished;
  return self->entries[a].finished && store_race_get_error (self, a) <
                                        store_race_get_error (self, b);
}

static void
rank (StoreRace *self)
{
  for (guint i = 1; i < self->n_entries; i++)
    for (guint j = i; j > 0 && is_before (self, j, j - 1); j--)
      {
        StoreRaceEntry entry = self->entries[j];

        self->entries[j] = self->entries[j - 1];
        self->entries[j - 1] = entry;
      }
  self->naive = store_race_find (self, STORE_FORECAST_NAIVE);
}

static gboolean
run (StoreRace     *self,
     Heat          *heat,
     guint          n,
     guint          step,
     GError       **error)
{
  const StoreRaceOptions *options = heat->options;
  Record record;
  double size = 0.0;

  for (guint origin = 0; origin < self->n_origins; origin++)
    {
      heat->cut = n - self->horizon - origin * step;
      if (!store_parallel_run (heat->n_methods, run_method, heat, heat->cancellable, NULL))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                               _("Stopped on request."));
          return FALSE;
        }
      add_heat (self, heat);
      memcpy (record.misses[origin], self->by_squares ? heat->squares : heat->errors,
              sizeof record.misses[origin]);
      for (guint h = 0; h < self->horizon; h++)
        size += fabs (heat->values[heat->cut + h]);
      self->n_values += self->horizon;
      if (options->progress != NULL)
        options->progress ((origin + 1.0) / (self->n_origins + 1.0), options->progress_data);
    }
  try_choice (self, &record, step);
  finish (self, size);
  rank (self);
  return TRUE;
}

/**
 * store_race_new:
 * @values: the series, finite numbers
 * @n: how many
 * @options: season, horizon and who runs
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Where the series is too short, the race has no origin and no entry. The methods run on several
 * threads.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_CANCELLED
 */
StoreRace *
store_race_new (const double            *values,
                guint                    n,
                const StoreRaceOptions  *options,
                GCancellable            *cancellable,
                GError                 **error)
{
  g_autoptr (StoreRace) self = g_new0 (StoreRace, 1);
  Heat heat = { .values = values, .options = options, .cancellable = cancellable };
  guint step;

  g_return_val_if_fail (values != NULL && options->season > 0 && options->horizon > 0, NULL);

  self->horizon = find_horizon (options, n);
  self->choice = NAN;
  step = MAX (1, self->horizon / 2);
  self->n_origins = count_origins (options, n, self->horizon, step);
  if (self->n_origins == 0)
    return g_steal_pointer (&self);
  heat.horizon = self->horizon;
  list_methods (&heat);
  self->by_squares = has_many_zeros (values, n);
  self->n_entries = heat.n_methods;
  for (guint i = 0; i < heat.n_methods; i++)
    self->entries[i].method = heat.methods[i];
  return run (self, &heat, n, step, error) ? g_steal_pointer (&self) : NULL;
}

void
store_race_free (StoreRace *self)
{
  g_free (self);
}
