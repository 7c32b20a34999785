/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forecast in words. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-figure-words.h"
#include "store-forecast-private.h"

#define STRONG_SEASON 0.64
#define WEAK_SEASON 0.3
#define NO_CHANGE 0.005
#define TOO_FEW_INSIDE 0.65

static void
add_note (GPtrArray *notes,
          char      *note)
{
  g_ptr_array_add (notes, note);
}

static void
add_notes_of_series (const StoreSeries *series,
                     GPtrArray         *notes)
{
  if (series->n_filled > 0)
    add_note (notes, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "%u period had no value and was filled in.",
                                                   "%u periods had no value and were filled in.",
                                                   series->n_filled),
                                      series->n_filled));
  if (series->first_left_out)
    add_note (notes, g_strdup (_("The first period is not whole and was left out.")));
  if (series->last_left_out)
    add_note (notes, g_strdup (_("The last period is not over yet and was left out.")));
}

/* What can be said of a series that is too short for more. */
static char *
describe (const StoreSeries *series)
{
  double mean = 0.0;
  double least = series->values[0];
  double most = least;
  g_autofree char *of_mean = NULL;
  g_autofree char *of_least = NULL;
  g_autofree char *of_most = NULL;
  g_autofree char *last = store_figure_words_dup (series->values[series->n - 1]);

  for (guint t = 0; t < series->n; t++)
    {
      mean += series->values[t] / series->n;
      least = MIN (least, series->values[t]);
      most = MAX (most, series->values[t]);
    }
  of_mean = store_figure_words_dup (mean);
  of_least = store_figure_words_dup (least);
  of_most = store_figure_words_dup (most);
  return g_strdup_printf (_("So far it was %s on average, between %s and %s, and %s at the end."),
                          of_mean, of_least, of_most, last);
}

/* Why there is no forecast. */
static char *
say_why_not (const StoreForecast *self,
             const char          *length)
{
  if (store_forecast_has_gaps (self))
    return g_strdup (_("More than half of the periods have no value: too little for a forecast. "
                       "Add up by longer periods."));
  if (self->race == NULL || self->race->n_entries == 0)
    return g_strdup_printf (_("Only %s: too little for a forecast that could be checked."), length);
  if (self->options.method == STORE_FORECAST_BEST)
    return g_strdup (_("No method can be fitted to this series. Look for values that cannot be."));
  return g_strdup (_("This method cannot be fitted to this series. Choose another one, or none to "
                     "have the best found."));
}

static void
add_notes_of_length (const StoreForecast *self,
                     GPtrArray           *notes)
{
  const StoreSeries *series = self->series;
  g_autofree char *length = store_series_period_dup_count (series->every, series->n);
  g_autofree char *season = store_series_period_dup_count (series->every, series->season);

  if (!self->enough)
    {
      add_note (notes, say_why_not (self, length));
      if (series->n > 0)
        add_note (notes, describe (series));
    }
  else if (self->season < series->season)
    add_note (notes, g_strdup_printf (_("Only %s: too little to see what repeats every %s."),
                                      length, season));
  if (series->n > STORE_FORECAST_MOST_VALUES)
    add_note (notes, g_strdup_printf (_("Only the last %u periods were learnt from."),
                                      STORE_FORECAST_MOST_VALUES));
}

/* Limits of 80 % that held for clearly fewer of the values that came are not to be relied on. */
static void
add_notes_of_limits (const StoreForecast *self,
                     GPtrArray           *notes)
{
  const StoreRace *race = self->race;
  guint entry;

  if (race == NULL || self->forecaster == NULL)
    return;
  entry = store_race_find (race, store_forecaster_get_method (self->forecaster));
  if (entry < race->n_entries && race->entries[entry].inside80 < TOO_FEW_INSIDE)
    add_note (notes, g_strdup_printf (_("The limits are too narrow on this data: of what came when "
                                        "it was held back, only %.0f %% was within those of "
                                        "80 %%."),
                                      100.0 * race->entries[entry].inside80));
}

static gboolean
is_constant (const double *values,
             guint         n)
{
  for (guint t = 1; t < n; t++)
    if (values[t] != values[0])
      return FALSE;
  return n > 1;
}

static gboolean
is_by_simple_rule (const StoreForecast *self)
{
  return self->enough && self->race != NULL && self->options.method == STORE_FORECAST_BEST &&
         store_forecaster_get_method (self->forecaster) == STORE_FORECAST_NAIVE;
}

/* Returns: (transfer full) (array zero-terminated=1): what a person must know */
char **
store_forecast_write_notes (const StoreForecast *self)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  guint n;
  const double *values = store_forecast_get_recent (self, &n);

  add_notes_of_series (self->series, notes);
  add_notes_of_length (self, notes);
  add_notes_of_limits (self, notes);
  if (self->enough && is_constant (values, n))
    add_note (notes, g_strdup (_("The value was always the same; the forecast says that it "
                                 "stays.")));
  else if (is_by_simple_rule (self))
    add_note (notes, g_strdup (_("No method was better than the simple rule, so the simple rule is "
                                 "used.")));
  if (self->race != NULL && self->race->by_squares)
    add_note (notes, g_strdup (_("Many periods are 0. To say 0 would be the least off, and say "
                                 "nothing; so the method was chosen by squared errors.")));
  g_ptr_array_add (notes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&notes), FALSE);
}

static char *
say_season (const StoreForecast *self)
{
  g_autofree char *season = store_series_period_dup_count (self->series->every, self->season);

  if (self->season_strength > STRONG_SEASON)
    return g_strdup_printf (_("It repeats every %s."), season);
  if (self->season_strength > WEAK_SEASON)
    return g_strdup_printf (_("It repeats every %s, but weakly."), season);
  return g_strdup_printf (_("It does not repeat every %s."), season);
}

static char *
say_growth (const StoreForecast *self)
{
  const guint lag = self->season > 1 ? self->season : self->prediction->horizon;
  g_autofree char *span = store_series_period_dup_count (self->series->every,
                                                         MIN (self->prediction->horizon, lag));
  g_autofree char *season = store_series_period_dup_count (self->series->every, self->season);
  double percent = 100.0 * fabs (self->growth);

  if (fabs (self->growth) < NO_CHANGE)
    return g_strdup_printf (_("The next %s are expected to be about as before."), span);
  if (self->season > 1)
    return g_strdup_printf (self->growth > 0.0
                              ? _("The next %s are expected %.1f %% above the same time %s "
                                  "before.")
                              : _("The next %s are expected %.1f %% below the same time %s "
                                  "before."),
                            span, percent, season);
  return g_strdup_printf (self->growth > 0.0
                            ? _("The next %s are expected %.1f %% above the last ones.")
                            : _("The next %s are expected %.1f %% below the last ones."),
                          span, percent);
}

/**
 * store_forecast_dup_reason:
 * @self: a result
 *
 * Returns: (transfer full): what it rests on, in sentences; empty where there is no forecast
 */
char *
store_forecast_dup_reason (const StoreForecast *self)
{
  GString *reason = g_string_new (NULL);

  if (self->prediction == NULL)
    return g_string_free (reason, FALSE);
  if (self->season > 1)
    {
      g_autofree char *season = say_season (self);

      g_string_append (reason, season);
    }
  if (isfinite (self->growth))
    {
      g_autofree char *growth = say_growth (self);

      g_string_append_printf (reason, "%s%s", reason->len > 0 ? " " : "", growth);
    }
  if (isfinite (self->from_customers))
    {
      g_autofree char *sum = store_figure_words_dup (self->sum);
      g_autofree char *from = store_figure_words_dup (self->from_customers);

      g_string_append_c (reason, ' ');
      g_string_append_printf (reason, _("In all %s is expected. Seen from each customer's own "
                                        "rhythm, those who have bought before will bring %s."),
                              sum, from);
    }
  return g_string_free (reason, FALSE);
}

/* The best of several is a little lucky on the periods that it was chosen by. */
static void
add_caveats (const StoreForecast *self,
             GString             *words)
{
  g_autofree char *choice = store_figure_words_dup (self->race->choice);

  if (self->race->by_squares)
    g_string_append_printf (words, " %s", _("Large errors count more in this."));
  if (!isfinite (self->race->choice) || self->options.method != STORE_FORECAST_BEST)
    return;
  g_string_append_c (words, ' ');
  g_string_append_printf (words, _("When the method was chosen without the times that it was tried "
                                   "on, it was off by %s."),
                          choice);
}

/**
 * store_forecast_dup_validation:
 * @self: a result
 *
 * Returns: (transfer full) (nullable): how far off it was on held-back periods, in a sentence
 */
char *
store_forecast_dup_validation (const StoreForecast *self)
{
  const StoreRace *race = self->race;
  g_autofree char *span = NULL;
  g_autofree char *off = NULL;
  g_autofree char *naive = NULL;
  g_autoptr (GString) words = NULL;
  guint entry;

  if (race == NULL || self->forecaster == NULL)
    return NULL;
  entry = store_race_find (race, store_forecaster_get_method (self->forecaster));
  if (entry == race->n_entries || !race->entries[entry].finished)
    return NULL;
  words = g_string_new (NULL);
  span = store_series_period_dup_count (self->series->every, race->horizon);
  off = store_figure_words_dup (store_race_get_error (race, entry));
  naive = store_figure_words_dup (store_race_get_error (race, race->naive));
  if (entry == race->naive)
    g_string_printf (words,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "On %s held back, %u time, the simple rule was off by %s on "
                                  "average.",
                                  "On %s held back, %u times, the simple rule was off by %s on "
                                  "average.",
                                  race->n_origins),
                     span, race->n_origins, off);
  else
    g_string_printf (words,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "On %s held back, %u time, %s was off by %s on average; the "
                                  "simple rule by %s.",
                                  "On %s held back, %u times, %s was off by %s on average; the "
                                  "simple rule by %s.",
                                  race->n_origins),
                     span, race->n_origins,
                     store_forecast_method_get_title (race->entries[entry].method), off, naive);
  add_caveats (self, words);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
