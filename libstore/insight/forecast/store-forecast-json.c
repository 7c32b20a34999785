/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document of `clientele-cli insight forecast`. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-forecast.h"
#include "store-insight-json.h"

static void
add_head (const StoreForecast *self,
          JsonBuilder         *builder)
{
  const StoreInsightHead head = {
    .analysis = "forecast",
    .method = self->forecaster != NULL
                ? store_forecast_method_get_name (store_forecaster_get_method (self->forecaster))
                : NULL,
    .definition = _("What each coming period will bring if things go on as they did. Four times "
                    "out of five it will lie between the inner limits, nineteen times out of twenty "
                    "between the outer ones."),
    .unit = self->unit,
    .until = self->series->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
}

static void
add_settings (const StoreForecast *self,
              JsonBuilder         *builder)
{
  store_insight_json_add_text (builder, "every",
                               store_series_period_get_name (self->series->every));
  store_insight_json_add_count (builder, "season", self->season);
  store_insight_json_add_count (builder, "horizon", self->options.horizon);
  store_insight_json_add_count (builder, "seed", (gint64) self->options.seed);
}

/* The sum of squares goes over the values less their mean, so that it does not cancel out. */
static void
add_description (const StoreSeries *series,
                 JsonBuilder       *builder)
{
  double mean = 0.0;
  double least = series->n > 0 ? series->values[0] : NAN;
  double most = least;

  for (guint t = 0; t < series->n; t++)
    {
      mean += series->values[t] / series->n;
      least = MIN (least, series->values[t]);
      most = MAX (most, series->values[t]);
    }
  store_insight_json_add_count (builder, "periods", series->n);
  store_insight_json_add_number (builder, "mean", series->n > 0 ? mean : NAN);
  store_insight_json_add_number (builder, "least", least);
  store_insight_json_add_number (builder, "most", most);
  store_insight_json_add_number (builder, "last", series->n > 0 ? series->values[series->n - 1]
                                                                : NAN);
}

static void
add_figures (const StoreForecast *self,
             JsonBuilder         *builder)
{
  g_autofree char *reason = store_forecast_dup_reason (self);

  add_description (self->series, builder);
  store_insight_json_add_number (builder, "season_strength", self->season_strength);
  store_insight_json_add_number (builder, "growth", self->growth);
  store_insight_json_add_number (builder, "sum", self->sum);
  store_insight_json_add_number (builder, "from_customers", self->from_customers);
  store_insight_json_add_text (builder, "reason", reason);
  if (self->forecaster != NULL)
    store_forecaster_add_figures (self->forecaster, builder);
}

static void
add_errors (JsonBuilder          *builder,
            const StoreRaceEntry *entry)
{
  store_insight_json_add_number (builder, "mae", entry->mae);
  store_insight_json_add_number (builder, "wape", entry->wape);
  store_insight_json_add_number (builder, "mase", entry->mase);
  store_insight_json_add_number (builder, "rmse", entry->rmse);
  store_insight_json_add_number (builder, "inside80", entry->inside80);
}

static void
add_validation (const StoreForecast *self,
                JsonBuilder         *builder)
{
  const StoreRace *race = self->race;
  const guint entry = store_race_find (race, store_forecaster_get_method (self->forecaster));
  const gboolean is_choice = self->options.method == STORE_FORECAST_BEST && isfinite (race->choice);
  g_autofree char *words = store_forecast_dup_validation (self);

  if (entry == race->n_entries)
    return;
  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "origins", race->n_origins);
  store_insight_json_add_count (builder, "horizon", race->horizon);
  add_errors (builder, &race->entries[entry]);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  add_errors (builder, &race->entries[race->naive]);
  json_builder_end_object (builder);
  store_insight_json_add_number (builder, "choice", is_choice ? race->choice : NAN);
  store_insight_json_add_truth (builder, "helps",
                                race->entries[entry].finished && entry != race->naive &&
                                  (is_choice ? race->choice : store_race_get_error (race, entry)) <
                                    store_race_get_error (race, race->naive));
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_tournament (const StoreRace *race,
                JsonBuilder     *builder)
{
  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  for (guint i = 0; i < race->n_entries; i++)
    {
      const StoreRaceEntry *entry = &race->entries[i];

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "method",
                                   store_forecast_method_get_name (entry->method));
      store_insight_json_add_text (builder, "title",
                                   store_forecast_method_get_title (entry->method));
      add_errors (builder, entry);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_period (const StoreSeries *series,
            guint              index,
            JsonBuilder       *builder)
{
  g_autofree char *name = store_series_dup_name (series, index);

  store_insight_json_add_text (builder, "period", name);
  if (series->every != STORE_SERIES_STEP)
    store_insight_json_add_day (builder, "begins", store_series_get_day (series, index));
}

static void
add_history (const StoreSeries *series,
             JsonBuilder       *builder)
{
  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint t = 0; t < series->n; t++)
    {
      json_builder_begin_object (builder);
      add_period (series, t, builder);
      store_insight_json_add_number (builder, "value", series->values[t]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_forecast (const StoreForecast *self,
              JsonBuilder         *builder)
{
  const StorePrediction *prediction = self->prediction;

  json_builder_set_member_name (builder, "forecast");
  json_builder_begin_array (builder);
  for (guint h = 0; prediction != NULL && h < prediction->horizon; h++)
    {
      json_builder_begin_object (builder);
      add_period (self->series, self->series->n + h, builder);
      store_insight_json_add_number (builder, "mean", prediction->mean[h]);
      store_insight_json_add_number (builder, "low80", prediction->low80[h]);
      store_insight_json_add_number (builder, "high80", prediction->high80[h]);
      store_insight_json_add_number (builder, "low95", prediction->low95[h]);
      store_insight_json_add_number (builder, "high95", prediction->high95[h]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * store_forecast_to_json:
 * @self: a result
 *
 * Head; "every", "season", "horizon", "seed"; "periods", "mean", "least", "most", "last",
 * "season_strength", "growth", "sum", "from_customers", "reason"; with a forecast "model", "loglik", "aicc", "coefficients",
 * and from the race "validation" and "tournament"; "history" of {"period", "begins", "value"};
 * "forecast" of {"period", "begins", "mean", "low80", "high80", "low95", "high95"}.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_forecast_to_json (const StoreForecast *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_head (self, builder);
  add_settings (self, builder);
  add_figures (self, builder);
  if (self->race != NULL && self->race->n_entries > 0)
    {
      if (self->forecaster != NULL)
        add_validation (self, builder);
      add_tournament (self->race, builder);
    }
  add_history (self->series, builder);
  add_forecast (self, builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
