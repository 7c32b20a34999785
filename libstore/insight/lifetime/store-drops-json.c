/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of silent customers, in words and as JSON. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-drops.h"
#include "store-insight-json.h"

static char *
describe_chance (double p)
{
  if (p >= 0.5)
    return g_strdup (_("nothing unusual for a customer like this"));
  if (p < 1e-3)
    return g_strdup (_("so few are seen in less than one in 1000 customers like this"));
  return g_strdup_printf (_("so few are seen in one of %u customers like this"),
                          (guint) lround (1.0 / p));
}

/**
 * store_drops_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer full): why this customer is an alarm or not, a translated sentence
 */
char *
store_drops_dup_reason (const StoreDrops *self,
                        guint             row)
{
  const StoreDrop *drop;
  g_autofree char *chance = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  drop = store_drops_find (self, row);
  if (drop == NULL)
    return g_strdup_printf (_("Not judged: there was no purchase before the last %u days, or too "
                              "few customers to compare with."),
                            self->options.window_days);
  chance = describe_chance (drop->p_value);
  /* Translators: the last %s is such as "so few are seen in one of 40 customers like this". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u purchase in the last %u days where %.1f were to be "
                                       "expected: %s.",
                                       "%u purchases in the last %u days where %.1f were to be "
                                       "expected: %s.",
                                       drop->purchases),
                          drop->purchases, self->options.window_days, drop->expected, chance);
}

static double
get_share (guint part,
           guint all)
{
  return all > 0 ? (double) part / all : NAN;
}

static char *
dup_verdict (const StoreDrops *self)
{
  const StoreDropsValidation *validation = &self->validation;

  if (validation->n_alarms == 0)
    return g_strdup_printf (_("%u days earlier there would have been no alarm; the simple rule "
                              "“silent for twice as long as usual” would have raised %u, and %u of "
                              "them stayed silent."),
                            self->options.window_days, validation->n_naive,
                            validation->n_naive_silent);
  return g_strdup_printf (_("%u days earlier there would have been %u alarms, and %u of these "
                            "customers bought nothing since; by the simple rule “silent for twice "
                            "as long as usual” %u, and %u."),
                          self->options.window_days, validation->n_alarms, validation->n_silent,
                          validation->n_naive, validation->n_naive_silent);
}

static void
add_validation (JsonBuilder      *builder,
                const StoreDrops *self)
{
  const StoreDropsValidation *validation = &self->validation;
  double silent = get_share (validation->n_silent, validation->n_alarms);
  double naive = get_share (validation->n_naive_silent, validation->n_naive);
  g_autofree char *words = NULL;

  json_builder_set_member_name (builder, "validation");
  if (!validation->done)
    {
      json_builder_add_null_value (builder);
      return;
    }
  words = dup_verdict (self);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", self->options.window_days);
  store_insight_json_add_count (builder, "alarms", validation->n_alarms);
  store_insight_json_add_number (builder, "stayed_silent", silent);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "alarms", validation->n_naive);
  store_insight_json_add_number (builder, "stayed_silent", naive);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", silent > naive);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_drop (JsonBuilder      *builder,
          const StoreDrops *self,
          const StoreDrop  *drop)
{
  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, drop->row);
  store_insight_json_add_count (builder, "purchases", drop->purchases);
  store_insight_json_add_number (builder, "expected", drop->expected);
  store_insight_json_add_number (builder, "p_value", drop->p_value);
  store_insight_json_add_number (builder, "p_adjusted", drop->p_adjusted);
  store_insight_json_add_truth (builder, "alarm", drop->alarm);
  json_builder_end_object (builder);
}

static void
add_parameters (JsonBuilder      *builder,
                const StoreDrops *self)
{
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "r", self->enough ? self->model.parameters[0] : NAN);
  store_insight_json_add_number (builder, "alpha", self->enough ? self->model.parameters[1] : NAN);
  json_builder_end_object (builder);
}

/**
 * store_drops_to_json:
 * @self: a result
 *
 * {the head, "window_days", "false_alarms", "min_repeaters", "parameters": {"r", "alpha" (weeks)},
 * "n_customers", "n_alarms", "validation": {"held_back", "alarms", "stayed_silent", "naive",
 * "helps", "words"}, "customers": [{"id", "purchases" (in the window), "expected", "p_value",
 * "p_adjusted", "alarm"}]}, most unusual first.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_drops_to_json (const StoreDrops *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  StoreInsightHead head = {
    .analysis = "drops",
    .method = "nbd",
    .definition = _("Customers who bought so little in the last days that, by their own pace before, "
                    "it is hard to explain by chance. Of the alarms, about the given share may be "
                    "false."),
    .unit = _("purchases in the window"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "window_days", self->options.window_days);
  store_insight_json_add_number (builder, "false_alarms", self->options.false_alarms);
  store_insight_json_add_count (builder, "min_repeaters", self->options.min_repeaters);
  add_parameters (builder, self);
  store_insight_json_add_count (builder, "n_customers", self->drops->len);
  store_insight_json_add_count (builder, "n_alarms", self->n_alarms);
  add_validation (builder, self);
  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->drops->len; i++)
    add_drop (builder, self, store_drops_get (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
