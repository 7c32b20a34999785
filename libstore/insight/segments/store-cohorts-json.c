/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-cohorts.h"
#include "store-insight-json.h"

static void
add_head (JsonBuilder        *builder,
          const StoreCohorts *self)
{
  const char *notes[] = {
    _("The first and the last month may not be whole."), NULL,
  };
  StoreInsightHead head = {
    .analysis = "cohorts",
    .definition = _("Customers by the month of their first purchase, and how many of them bought "
                    "in each month after it. Retention is the share of the buyers of a month who "
                    "buy in the next one too; churn is the rest."),
    .unit = _("customers"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->n > 1,
    .notes = notes,
  };

  store_insight_json_add_head (builder, &head);
}

/**
 * store_cohorts_dup_check:
 * @self: a result
 *
 * Returns: (transfer full) (nullable): how far off the mean churn was in months that were held back,
 *   in a translated sentence; %NULL where that was not checked
 */
char *
store_cohorts_dup_check (const StoreCohorts *self)
{
  if (self->check.n == 0)
    return NULL;
  return g_strdup_printf (_("The mean churn of all months before was off by %.1f points; the "
                            "simple rule, the same as the month before, by %.1f."),
                          self->check.mae * 100.0, self->check.naive_mae * 100.0);
}

static void
add_validation (JsonBuilder        *builder,
                const StoreCohorts *self)
{
  const StoreCohortsCheck *check = &self->check;
  g_autofree char *words = store_cohorts_dup_check (self);

  json_builder_set_member_name (builder, "validation");
  if (check->n == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", check->n);
  store_insight_json_add_number (builder, "mae", check->mae);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule", "month-before");
  store_insight_json_add_number (builder, "mae", check->naive_mae);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", check->mae < check->naive_mae);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_month (JsonBuilder        *builder,
           const StoreCohorts *self,
           guint               which)
{
  const StoreCohortMonth *month = &self->months[which];
  g_autofree char *name = g_strdup_printf ("%04u-%02u", month->year, month->month);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "month", name);
  store_insight_json_add_count (builder, "active", month->active);
  store_insight_json_add_count (builder, "new", month->arrived);
  store_insight_json_add_count (builder, "active_before", month->before);
  store_insight_json_add_count (builder, "retained", month->retained);
  store_insight_json_add_number (builder, "retention", store_cohorts_get_retention (month));
  store_insight_json_add_number (builder, "churn", store_cohorts_get_churn (month));

  json_builder_set_member_name (builder, "cohort");
  json_builder_begin_array (builder);
  for (guint age = 0; which + age < self->n; age++)
    json_builder_add_int_value (builder, store_cohorts_get_count (self, which, age));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * store_cohorts_to_json:
 * @self: cohorts
 *
 * The head of every answer, then "n_customers", "n_orders", "repeat_purchase_rate", "order_value"
 * (mean), "top_fifth_share", "validation": null or {"held_back" (months), "mae", "naive": {"rule",
 * "mae"}, "helps", "words"} and "months": [{"month", "active", "new", "active_before", "retained",
 * "retention", "churn", "cohort": customers who arrived in the month and bought 0, 1, ... months
 * later}]. The first and the last month may be partial.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_cohorts_to_json (const StoreCohorts *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_customers = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  add_head (builder, self);
  store_insight_json_add_count (builder, "n_customers", n_customers);
  store_insight_json_add_count (builder, "n_orders", self->n_orders);
  store_insight_json_add_number (builder, "repeat_purchase_rate",
                                 (double) self->n_repeaters / n_customers);
  store_insight_json_add_number (builder, "order_value", self->value / self->n_orders);
  store_insight_json_add_number (builder, "top_fifth_share", self->top_share);
  add_validation (builder, self);

  json_builder_set_member_name (builder, "months");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n; i++)
    add_month (builder, self, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
