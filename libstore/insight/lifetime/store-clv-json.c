/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-clv.h"
#include "store-insight-json.h"
#include "store-pareto-nbd.h"

static double
sum_column (const StoreClv *self,
            const double   *column)
{
  double sum = 0.0;

  for (guint row = 0; row < self->patterns->n_rows; row++)
    sum += column[row];
  return sum;
}

static void
add_covariance (JsonBuilder  *builder,
                const double *covariance,
                guint         stride,
                guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_array (builder);
      for (guint j = 0; j < n; j++)
        json_builder_add_double_value (builder, covariance[i * stride + j]);
      json_builder_end_array (builder);
    }
}

/* What has no meaning is null: b where nobody leaves, p, q and v without a value. */
static void
add_parameters (JsonBuilder    *builder,
                const StoreClv *self)
{
  json_builder_set_member_name (builder, "parameters");
  if (!self->enough)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  for (guint i = 0; i < store_purchase_model_get_n_parameters (self->model.kind); i++)
    {
      double parameter = self->model.parameters[i];
      gboolean lost = i == 3 && self->model.boundary == STORE_BOUNDARY_NOBODY_LEAVES;

      store_insight_json_add_number (builder,
                                     store_purchase_model_get_parameter_name (self->model.kind, i),
                                     lost ? NAN : parameter);
    }
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
  store_insight_json_add_number (builder, "clv_low", self->has_interval ? self->total_low : NAN);
  store_insight_json_add_number (builder, "clv_high", self->has_interval ? self->total_high : NAN);
  store_insight_json_add_number (builder, "lost",
                                 self->enough ? store_clv_count_lost (self) : NAN);
  json_builder_end_object (builder);
}

/* All purchases to come, without end: there is a formula of Pareto/NBD alone. */
static double
get_residual (const StoreClv *self,
              guint           row)
{
  const StorePurchasePatterns *patterns = self->patterns;
  double weekly = log1p (self->options.discount) * 7.0 / STORE_CLV_MONTH_DAYS;
  guint i = patterns->row_pattern[row];

  if (!self->enough || self->model.kind != STORE_PARETO_NBD || weekly <= 0.0)
    return NAN;
  return store_pareto_nbd_get_discounted (&self->model, patterns->x[i], patterns->t_x[i],
                                          patterns->T[i], weekly);
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
  store_insight_json_add_number (builder, "residual", get_residual (self, row));
  store_insight_json_add_number (builder, "value", self->has_spend ? self->value[row] : NAN);
  store_insight_json_add_number (builder, "shrinkage",
                                 self->has_spend ? store_clv_get_shrinkage (self, row) : NAN);
  store_insight_json_add_number (builder, "clv", self->has_spend ? self->clv[row] : NAN);
  store_insight_json_add_number (builder, "clv_low", self->has_interval ? self->low[row] : NAN);
  store_insight_json_add_number (builder, "clv_high", self->has_interval ? self->high[row] : NAN);
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder    *builder,
          const StoreClv *self)
{
  StoreInsightHead head = {
    .analysis = "clv",
    .method = store_purchase_model_get_name (self->options.model),
    .definition = _("What each customer will bring within the horizon: the purchases to be "
                    "expected of them, times the value of one, times the margin, each worth less "
                    "the later it comes. The interval says how well the average of customers with "
                    "the same past is known; a single one can differ more."),
    .unit = _("the currency of the orders"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
}

static void
add_settings (JsonBuilder    *builder,
              const StoreClv *self)
{
  store_insight_json_add_text (builder, "model",
                               store_purchase_model_get_name (self->options.model));
  store_insight_json_add_number (builder, "horizon_days", self->options.horizon_days);
  store_insight_json_add_number (builder, "discount", self->options.discount);
  store_insight_json_add_number (builder, "margin", self->options.margin);
  store_insight_json_add_count (builder, "min_repeaters", self->options.min_repeaters);
  store_insight_json_add_count (builder, "draws", self->options.n_draws);
  store_insight_json_add_count (builder, "seed", (gint64) self->options.seed);
}

static void
add_fit (JsonBuilder    *builder,
         const StoreClv *self)
{
  guint n = store_purchase_model_get_n_parameters (self->model.kind);

  store_insight_json_add_text (builder, "boundary",
                               self->enough ? store_purchase_model_get_boundary_name (&self->model)
                                            : NULL);
  add_parameters (builder, self);
  json_builder_set_member_name (builder, "covariance");
  json_builder_begin_array (builder);
  if (self->enough)
    add_covariance (builder, self->model.covariance, STORE_PURCHASE_MODEL_PARAMETERS, n);
  json_builder_end_array (builder);
  store_insight_json_add_number (builder, "k", self->enough ? self->model.k : NAN);
  store_insight_json_add_number (builder, "log_likelihood",
                                 self->enough ? self->model.log_likelihood : NAN);
}

static void
add_validation (JsonBuilder    *builder,
                const StoreClv *self)
{
  json_builder_set_member_name (builder, "validation");
  if (self->backtest != NULL)
    json_builder_add_value (builder, store_backtest_to_json (self->backtest));
  else
    json_builder_add_null_value (builder);
}

/**
 * store_clv_to_json:
 * @self: a result
 *
 * {the head, "model", "horizon_days", "discount" (a month), "margin", "min_repeaters", "draws",
 * "seed", "n_customers", "n_repeaters", "boundary", "parameters": {those of the model, alpha and
 * beta in weeks, and "p", "q", "v" of the value}, "covariance" (of the logarithms of the model's
 * parameters), "k", "log_likelihood" (times in weeks), "spend", "totals", "validation",
 * "customers": [{"id", "purchases", "last_purchase", "p_alive", "expected", "residual" (of
 * Pareto/NBD, all purchases to come, without end and discounted), "value", "shrinkage"
 * (share of the value that comes from the average of all), "clv", "clv_low", "clv_high"}]}. What
 * has no meaning is null.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_clv_to_json (const StoreClv *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_head (builder, self);
  add_settings (builder, self);
  store_insight_json_add_count (builder, "n_customers", self->patterns->n_rows);
  store_insight_json_add_count (builder, "n_repeaters", self->n_repeaters);
  add_fit (builder, self);
  add_spend (builder, self);
  add_totals (builder, self);
  add_validation (builder, self);

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint row = 0; row < self->patterns->n_rows; row++)
    add_customer (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
