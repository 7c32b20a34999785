/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-churn.h"
#include "store-insight-json.h"

static void
add_expected (const StoreChurn *self,
              JsonBuilder      *builder)
{
  guint n = store_rows_get_n (self->outcomes->rows);
  double sum = 0.0;

  for (guint i = 0; i < n && self->outcomes->enough; i++)
    sum += self->outcomes->probability[i];
  store_insight_json_add_count (builder, "n_customers", n);
  store_insight_json_add_number (builder, "n_staying_away", self->outcomes->enough ? sum : NAN);
  store_insight_json_add_number (builder, "n_lost", self->n_lost);
}

static void
add_months (const StoreChurn *self,
            JsonBuilder      *builder)
{
  json_builder_set_member_name (builder, "months");
  json_builder_begin_array (builder);
  for (guint i = 0; self->cohorts != NULL && i < self->cohorts->n; i++)
    {
      const StoreCohortMonth *month = &self->cohorts->months[i];
      g_autofree char *name = g_strdup_printf ("%04u-%02u", month->year, month->month);

      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "month", name);
      store_insight_json_add_count (builder, "at_start", month->before);
      store_insight_json_add_count (builder, "retained", month->retained);
      store_insight_json_add_number (builder, "churn", store_cohorts_get_churn (month));
      store_insight_json_add_number (builder, "retention", store_cohorts_get_retention (month));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Beside each other for every customer: to stay away for the window, and to have left. */
static void
add_alive (const StoreChurn *self,
           JsonBuilder      *builder)
{
  guint n = store_rows_get_n (self->outcomes->rows);

  json_builder_set_member_name (builder, "alive");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n && self->p_alive != NULL; i++)
    {
      json_builder_begin_object (builder);
      store_insight_json_add_text (builder, "id", store_rows_get_id (self->outcomes->rows, i));
      store_insight_json_add_number (builder, "p_alive", self->p_alive[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * store_churn_to_json:
 * @self: a result
 *
 * Returns: (transfer full): a JSON object: the head, "window_days", "share_within",
 *   "learnt_until", "n_customers", "n_staying_away", "n_lost", what store_outcomes_add_to_json()
 *   adds, "alive" and "months"
 */
JsonNode *
store_churn_to_json (const StoreChurn *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *definition = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "The probability that a customer places no order within the next %u day.",
                 "The probability that a customer places no order within the next %u days.",
                 self->window_days),
    self->window_days);
  const StoreInsightHead head = {
    .analysis = "churn",
    .method = self->outcomes->method,
    .definition = definition,
    .unit = _("probability"),
    .until = self->outcomes->options.until,
    .enough = self->outcomes->enough,
    .notes = (const char *const *) self->outcomes->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "window_days", self->window_days);
  store_insight_json_add_number (builder, "share_within", self->share_within);
  store_insight_json_add_day (builder, "learnt_until", self->learnt_until);
  add_expected (self, builder);
  store_outcomes_add_to_json (self->outcomes, builder);
  add_alive (self, builder);
  add_months (self, builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
