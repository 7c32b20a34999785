/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-forecaster.h"
#include "store-parallel.h"

G_BEGIN_DECLS

/**
 * StoreRaceOptions:
 * @season: periods of a season, 1 for none
 * @horizon: periods to be forecast each time
 * @only: a #StoreForecastMethod that runs against the simple rule alone, or
 *   %STORE_FORECAST_N_METHODS for all
 * @seed: of random numbers
 * @progress: (nullable): told on the calling thread
 * @progress_data: for @progress
 */
typedef struct
{
  guint season;
  guint horizon;
  guint only;
  guint64 seed;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreRaceOptions;

/**
 * StoreRaceEntry:
 * @method: who
 * @finished: whether it could forecast every time; the rest is NAN where not
 * @mae: how far off it was on average
 * @wape: the same as a share of what came
 * @rmse: the root of its mean squared error
 * @inside80: which share of what came was within its limits of 80 %
 * @mase: @mae as a share of how far off the simple rule is within the series, one step ahead
 */
typedef struct
{
  StoreForecastMethod method;
  gboolean finished;
  double mae;
  double wape;
  double mase;
  double rmse;
  double inside80;
} StoreRaceEntry;

/**
 * StoreRace:
 * @horizon: periods forecast each time
 * @n_origins: how many times; 0 where the series is too short for a race
 * @n_values: values that were compared
 * @by_squares: whether the winner has the smallest @rmse instead of the smallest @mae
 * @choice: how far off, as store_race_get_error(), whatever did best on the other origins that share
 *   no period with it was at each; NAN where there are too few
 * @n_entries: methods that ran
 * @entries: the winner first; those that did not finish last
 * @naive: which of them is the simple rule
 *
 * Methods compared on periods held back, again and again from different ends.
 */
typedef struct
{
  guint horizon;
  guint n_origins;
  guint n_values;
  gboolean by_squares;
  double choice;
  guint n_entries;
  StoreRaceEntry entries[STORE_FORECAST_N_METHODS];
  guint naive;
} StoreRace;

StoreRace *store_race_new       (const double            *values,
                                 guint                    n,
                                 const StoreRaceOptions  *options,
                                 GCancellable            *cancellable,
                                 GError                 **error);
guint      store_race_find      (const StoreRace         *self,
                                 StoreForecastMethod      method);
double     store_race_get_error (const StoreRace         *self,
                                 guint                    entry);
void       store_race_free      (StoreRace               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRace, store_race_free)

G_END_DECLS
