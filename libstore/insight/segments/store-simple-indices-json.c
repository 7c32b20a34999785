/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-insight-json.h"
#include "store-simple-indices.h"

static const struct
{
  const char *name;
  const char *label;
  const char *definition;
} texts[STORE_SIMPLE_INDEX_N] = {
  [STORE_SIMPLE_INDEX_CHURN] = {
    "churn", N_("Churn"),
    N_("Of those who bought in the period before, the share that did not buy in the last one.") },
  [STORE_SIMPLE_INDEX_RETENTION] = {
    "retention", N_("Retention"),
    N_("Of those who bought in the period before, the share that bought in the last one too.") },
  [STORE_SIMPLE_INDEX_YEARLY_CHURN] = {
    "yearly_churn", N_("Churn in a year"),
    N_("What the churn of a period comes to when a year goes on like it.") },
  [STORE_SIMPLE_INDEX_LIFETIME] = {
    "lifetime", N_("Lifetime in periods"),
    N_("For how many periods a customer stays on average: 1 / churn.") },
  [STORE_SIMPLE_INDEX_LOYALTY] = {
    "loyalty", N_("Loyalty"), N_("The share of all customers who bought on more than one day.") },
  [STORE_SIMPLE_INDEX_SATISFACTION] = {
    "satisfaction", N_("Satisfaction"),
    N_("The share of the pleased among those who were pleased or complained.") },
  [STORE_SIMPLE_INDEX_RESPONSE] = {
    "response", N_("Response rate"), N_("The share of those asked who answered.") },
  [STORE_SIMPLE_INDEX_RELATION] = {
    "relation", N_("Relation V = R · C · T"),
    N_("Pleased against complaining, staying against leaving, new against leaving: each from 0 to "
       "1, multiplied.") },
};

/**
 * store_simple_indices_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer full): where the figures of this customer come from, for the person
 */
char *
store_simple_indices_dup_reason (const StoreSimpleIndices *self,
                                 guint                     row)
{
  const StoreSimpleIndicesCustomer *customer;

  g_return_val_if_fail (row < store_purchase_table_get_n_rows (self->table), NULL);

  customer = &self->customers[row];
  return g_strdup_printf (_("Buys in %.0f of 100 periods of %u days, for %.2f each time, and "
                            "scores %.2f times the average in recency, frequency and money: %.2f "
                            "are expected in the next period. Brought in %.2f %% of what all "
                            "customers did."),
                          customer->p * 100.0, self->options.period_days, customer->arpu,
                          customer->rfm, customer->expected,
                          isfinite (customer->share.share) ? customer->share.share * 100.0 : 0.0);
}

static void
add_head (JsonBuilder              *builder,
          const StoreSimpleIndices *self)
{
  StoreInsightHead head = {
    .analysis = "indices",
    .definition = _("The simple indices of business articles, corrected: probabilities, shares "
                    "with their intervals (95 %), and the value expected of each customer."),
    .unit = _("currency units in the next period"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
}

static const char *
get_timing_name (StoreIndexTiming timing)
{
  switch (timing)
    {
    case STORE_INDEX_MIDDLE:
      return "middle";
    case STORE_INDEX_BEGINNING:
      return "beginning";
    case STORE_INDEX_END:
    default:
      return "end";
    }
}

static void
add_settings (JsonBuilder              *builder,
              const StoreSimpleIndices *self)
{
  store_insight_json_add_count (builder, "period_days", self->options.period_days);
  store_insight_json_add_count (builder, "periods_ahead", self->options.n_ahead);
  store_insight_json_add_number (builder, "yearly_rate", self->options.yearly_rate);
  store_insight_json_add_number (builder, "period_rate", self->period_rate);
  store_insight_json_add_text (builder, "timing", get_timing_name (self->options.timing));
  store_insight_json_add_count (builder, "n_customers",
                                store_purchase_table_get_n_rows (self->table));
  store_insight_json_add_count (builder, "at_start", self->at_start);
  store_insight_json_add_count (builder, "stayed", self->stayed);
  store_insight_json_add_count (builder, "lost", self->at_start - self->stayed);
  store_insight_json_add_count (builder, "new", self->arrived);
}

static void
add_errors (JsonBuilder            *builder,
            const char             *name,
            const StoreIndexErrors *errors)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "mae", errors->mae);
  store_insight_json_add_number (builder, "wape", errors->wape);
  store_insight_json_add_number (builder, "bias", errors->bias);
  json_builder_end_object (builder);
}

static void
add_validation (JsonBuilder              *builder,
                const StoreSimpleIndices *self)
{
  const StoreSimpleIndicesCheck *check = &self->check;
  g_autofree char *words = NULL;

  json_builder_set_member_name (builder, "validation");
  if (check->n_customers == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }
  words = g_strdup_printf (_("Of the last %u days, held back, the index was off by %.2f a "
                             "customer; the simple rule, the same as the period before, by %.2f."),
                           self->options.period_days, check->errors.mae, check->naive_errors.mae);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", self->options.period_days);
  store_insight_json_add_count (builder, "customers", check->n_customers);
  add_errors (builder, "index", &check->errors);
  add_errors (builder, "plain", &check->plain_errors);
  add_errors (builder, "naive", &check->naive_errors);
  store_insight_json_add_truth (builder, "helps", check->errors.mae < check->naive_errors.mae);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_index (JsonBuilder              *builder,
           const StoreSimpleIndices *self,
           StoreSimpleIndex          index)
{
  const StoreSimpleIndexValue *value = &self->values[index];

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "index", texts[index].name);
  store_insight_json_add_text (builder, "label", _(texts[index].label));
  store_insight_json_add_text (builder, "definition", _(texts[index].definition));
  store_insight_json_add_number (builder, "value", value->value);
  store_insight_json_add_number (builder, "low", value->low);
  store_insight_json_add_number (builder, "high", value->high);
  json_builder_end_object (builder);
}

static void
add_customer (JsonBuilder              *builder,
              const StoreSimpleIndices *self,
              guint                     row)
{
  const StoreSimpleIndicesCustomer *customer = &self->customers[row];

  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, row);
  store_insight_json_add_number (builder, "p", customer->p);
  store_insight_json_add_number (builder, "arpu", customer->arpu);
  store_insight_json_add_number (builder, "rfm", customer->rfm);
  store_insight_json_add_number (builder, "p_arpu_rfm", customer->expected);
  store_insight_json_add_number (builder, "simple_clv", customer->clv);
  store_insight_json_add_number (builder, "contribution", customer->share.share);
  store_insight_json_add_number (builder, "of_total", customer->share.of_total);
  store_insight_json_add_number (builder, "cumulative", customer->share.cumulative);
  json_builder_end_object (builder);
}

/**
 * store_simple_indices_to_json:
 * @self: a result
 *
 * The head of every answer, then "period_days", "periods_ahead", "yearly_rate", "period_rate",
 * "timing" ("end", "middle", "beginning"), "n_customers", "at_start", "stayed", "lost", "new",
 * "validation": null or {"held_back" (days), "customers", "index", "plain" (P · ARPU), "naive":
 * {"mae", "wape", "bias"} each, "helps", "words"}, "indices": [{"index", "label", "definition",
 * "value", "low", "high"}] and "customers": [{"id", "p", "arpu", "rfm", "p_arpu_rfm", "simple_clv",
 * "contribution", "of_total", "cumulative"}].
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_simple_indices_to_json (const StoreSimpleIndices *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  add_head (builder, self);
  add_settings (builder, self);
  add_validation (builder, self);

  json_builder_set_member_name (builder, "indices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < STORE_SIMPLE_INDEX_N; i++)
    add_index (builder, self, i);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint row = 0; row < n; row++)
    add_customer (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
