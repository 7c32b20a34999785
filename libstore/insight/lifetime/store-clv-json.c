/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "store-clv.h"
#include "store-insight-json.h"

static const char *
get_boundary_name (StoreBgnbdBoundary boundary)
{
  switch (boundary)
    {
    case STORE_BGNBD_NOBODY_LEAVES:
      return "nobody-leaves";
    case STORE_BGNBD_EQUAL_RATES:
      return "equal-rates";
    case STORE_BGNBD_EQUAL_LEAVING:
      return "equal-leaving";
    case STORE_BGNBD_LOOSE:
      return "loose";
    case STORE_BGNBD_INSIDE:
    default:
      return "inside";
    }
}

static double
sum_column (const StoreClv *self,
            const double   *column)
{
  double sum = 0.0;

  for (guint row = 0; row < self->patterns->n_rows; row++)
    sum += column[row];
  return sum;
}

/* b means nothing where nobody leaves; p, q and v nothing where no value could be estimated. */
static void
add_parameters (JsonBuilder    *builder,
                const StoreClv *self)
{
  gboolean leaving = self->model.boundary != STORE_BGNBD_NOBODY_LEAVES;

  json_builder_set_member_name (builder, "parameters");
  if (!self->enough)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "r", self->model.r);
  store_insight_json_add_number (builder, "alpha", self->model.alpha);
  store_insight_json_add_number (builder, "a", self->model.a);
  store_insight_json_add_number (builder, "b", leaving ? self->model.b : NAN);
  store_insight_json_add_number (builder, "p", self->has_spend ? self->spend.p : NAN);
  store_insight_json_add_number (builder, "q", self->has_spend ? self->spend.q : NAN);
  store_insight_json_add_number (builder, "v", self->has_spend ? self->spend.v : NAN);
  json_builder_end_object (builder);
}

static void
add_spend (JsonBuilder    *builder,
           const StoreClv *self)
{
  json_builder_set_member_name (builder, "spend");
  if (!self->enough || !self->has_spend)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "model", "gamma-gamma");
  store_insight_json_add_number (builder, "log_likelihood", self->spend.log_likelihood);
  store_insight_json_add_count (builder, "n_customers", self->spend.n_customers);
  store_insight_json_add_number (builder, "mean", self->spend.mean);
  json_builder_end_object (builder);
}

static void
add_totals (JsonBuilder    *builder,
            const StoreClv *self)
{
  json_builder_set_member_name (builder, "totals");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "p_alive",
                                 self->enough ? sum_column (self, self->p_alive) : NAN);
  store_insight_json_add_number (builder, "expected",
                                 self->enough ? sum_column (self, self->expected) : NAN);
  store_insight_json_add_number (builder, "clv",
                                 self->has_spend ? sum_column (self, self->clv) : NAN);
  json_builder_end_object (builder);
}

/* How much of the value of a purchase comes from the average of all customers. */
static double
get_shrinkage (const StoreClv *self,
               guint           row)
{
  double x = self->patterns->x[self->patterns->row_pattern[row]];
  double mean = store_gamma_gamma_get_mean_of (self->table, row);

  return store_gamma_gamma_get_share (&self->spend, mean > 0.0 ? x : 0.0);
}

static void
add_customer (JsonBuilder    *builder,
              const StoreClv *self,
              guint           row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, row);
  store_insight_json_add_count (builder, "purchases", columns->purchases[row]);
  store_insight_json_add_day (builder, "last_purchase", columns->last_day[row]);
  store_insight_json_add_number (builder, "p_alive", self->enough ? self->p_alive[row] : NAN);
  store_insight_json_add_number (builder, "expected", self->enough ? self->expected[row] : NAN);
  store_insight_json_add_number (builder, "value", self->has_spend ? self->value[row] : NAN);
  store_insight_json_add_number (builder, "shrinkage",
                                 self->has_spend ? get_shrinkage (self, row) : NAN);
  store_insight_json_add_number (builder, "clv", self->has_spend ? self->clv[row] : NAN);
  json_builder_end_object (builder);
}

static void
add_settings (JsonBuilder    *builder,
              const StoreClv *self)
{
  store_insight_json_add_text (builder, "model", store_bgnbd_get_name (self->options.model));
  store_insight_json_add_day (builder, "until",
                              store_purchase_table_get_columns (self->table)->until);
  store_insight_json_add_number (builder, "horizon_days", self->options.horizon_days);
  store_insight_json_add_number (builder, "discount", self->options.discount);
  store_insight_json_add_number (builder, "margin", self->options.margin);
  store_insight_json_add_count (builder, "min_repeaters", self->options.min_repeaters);
}

/**
 * store_clv_to_json:
 * @self: a result
 *
 * {"analysis": "clv", "model", "until", "horizon_days", "discount" (a month), "margin",
 * "min_repeaters", "n_customers", "n_repeaters", "enough", "notes", "boundary", "parameters": {"r",
 * "alpha" (weeks), "a", "b", "p", "q", "v"}, "log_likelihood" (times in weeks), "spend",
 * "totals", "customers": [{"id", "purchases", "last_purchase", "p_alive", "expected", "value",
 * "shrinkage" (share of the value that comes from the average of all), "clv"}]}. What has no
 * meaning is null.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_clv_to_json (const StoreClv *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "analysis", "clv");
  add_settings (builder, self);
  store_insight_json_add_count (builder, "n_customers", self->patterns->n_rows);
  store_insight_json_add_count (builder, "n_repeaters", self->patterns->n_repeaters);
  store_insight_json_add_truth (builder, "enough", self->enough);
  store_insight_json_add_texts (builder, "notes", (const char *const *) self->notes);
  store_insight_json_add_text (builder, "boundary",
                               self->enough ? get_boundary_name (self->model.boundary) : NULL);
  add_parameters (builder, self);
  store_insight_json_add_number (builder, "log_likelihood",
                                 self->enough ? self->model.log_likelihood : NAN);
  add_spend (builder, self);
  add_totals (builder, self);

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint row = 0; row < self->patterns->n_rows; row++)
    add_customer (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
