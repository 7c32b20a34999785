/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules carried to other baskets. The body of the model:
 *
 *   { "support", "confidence", "largest", "min_count", "n_baskets", "n_sets",
 *     "items": [item …], "names": [name …],
 *     "rules": [[right, count, left count, right count, explained (0 or 1), left, left …] …],
 *     "p_adjusted": [number …] }
 *
 * where the numbers of rules are places in "items". All other figures of a rule follow from its
 * counts. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-rules-private.h"

#define VERSION 1
#define N_FIXED 5

static const char *const method_names[] = { "eclat", "apriori", "fp-growth" };

const char *
store_item_sets_method_get_name (StoreItemSetsMethod method)
{
  return method_names[method];
}

/**
 * store_item_sets_method_parse:
 * @name: eclat, apriori or fp-growth
 * @method: (out): which one that is
 *
 * Returns: whether there is such a method
 */
gboolean
store_item_sets_method_parse (const char          *name,
                              StoreItemSetsMethod *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (method_names); i++)
    if (g_strcmp0 (name, method_names[i]) == 0)
      {
        *method = i;
        return TRUE;
      }
  return FALSE;
}

static void
add_rule (JsonBuilder     *builder,
          const StoreRule *rule)
{
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, rule->right);
  json_builder_add_int_value (builder, rule->count);
  json_builder_add_int_value (builder, rule->left_count);
  json_builder_add_int_value (builder, rule->right_count);
  json_builder_add_int_value (builder, rule->explained);
  for (guint i = 0; i < rule->n_left; i++)
    json_builder_add_int_value (builder, rule->left[i]);
  json_builder_end_array (builder);
}

static JsonNode *
write_body (const StoreRules *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree double *adjusted = g_new (double, (gsize) self->rules->len + 1);

  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "support", self->options.support);
  store_insight_json_add_number (builder, "confidence", self->options.confidence);
  store_insight_json_add_count (builder, "largest", self->used.largest);
  store_insight_json_add_count (builder, "min_count", self->min_count);
  store_insight_json_add_count (builder, "n_baskets", self->n_baskets);
  store_insight_json_add_count (builder, "n_sets", self->n_sets);
  store_insight_json_add_texts (builder, "items", (const char *const *) self->items);
  store_insight_json_add_texts (builder, "names", (const char *const *) self->names);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rules->len; i++)
    {
      add_rule (builder, store_rules_get (self, i));
      adjusted[i] = store_rules_get (self, i)->p_adjusted;
    }
  json_builder_end_array (builder);
  store_model_body_add_numbers (builder, "p_adjusted", adjusted, self->rules->len);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * store_rules_to_model:
 * @self: rules
 *
 * Returns: (transfer full): the rules to be kept or carried to other baskets
 */
StoreModel *
store_rules_to_model (const StoreRules *self)
{
  StoreModelHead head = {
    .analysis = "rules",
    .method = store_item_sets_method_get_name (self->options.method),
    .version = VERSION,
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .fingerprint = self->fingerprint,
    .n_rows = self->n_baskets,
  };

  return store_model_new (&head, write_body (self));
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The rules of this model are damaged. Fit it anew, or choose another "
                         "file."));
  return FALSE;
}

/* A whole number from 0 to @highest. */
static gboolean
read_place (JsonArray *array,
            guint      at,
            guint      highest,
            guint32   *value)
{
  JsonNode *node = json_array_get_element (array, at);
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *value = (guint32) number;
  return number >= 0 && number <= highest;
}

/* Counts must be possible, so that no share leaves its bounds. */
static gboolean
read_rule (const StoreRules *self,
           JsonNode         *node,
           StoreRule        *rule)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  guint32 explained = 0;
  gboolean good;

  if (length <= N_FIXED || length > N_FIXED + STORE_ITEM_SETS_LARGEST || self->n_items == 0)
    return FALSE;
  *rule = (StoreRule) { .n_left = length - N_FIXED };
  good = read_place (array, 0, self->n_items - 1, &rule->right) &&
         read_place (array, 2, self->n_baskets, &rule->left_count) &&
         read_place (array, 3, self->n_baskets, &rule->right_count) &&
         read_place (array, 1, MIN (rule->left_count, rule->right_count), &rule->count) &&
         read_place (array, 4, 1, &explained) && rule->count > 0;
  for (guint i = 0; i < rule->n_left && good; i++)
    good = read_place (array, N_FIXED + i, self->n_items - 1, &rule->left[i]);
  rule->explained = explained != 0;
  return good;
}

static gboolean
read_rules (StoreRules  *self,
            JsonObject  *body,
            GError     **error)
{
  JsonArray *array;
  g_autofree double *adjusted = NULL;
  guint n;

  if (!store_model_body_read_array (body, "rules", &array, error) ||
      (adjusted = store_model_body_dup_numbers (body, "p_adjusted", &n, error)) == NULL)
    return FALSE;
  if (n != json_array_get_length (array))
    return fail (error);
  for (guint i = 0; i < n; i++)
    {
      StoreRule rule;

      if (!read_rule (self, json_array_get_element (array, i), &rule) ||
          !(adjusted[i] >= 0.0 && adjusted[i] <= 1.0))
        return fail (error);
      store_rule_compare (&rule, self->n_baskets);
      rule.p_adjusted = adjusted[i];
      self->n_explained += rule.explained;
      g_array_append_val (self->rules, rule);
    }
  return TRUE;
}

static gboolean
read_body (StoreRules  *self,
           JsonObject  *body,
           GError     **error)
{
  gint64 largest;
  gint64 min_count;
  gint64 n_baskets;
  gint64 n_sets;
  guint n_names;

  if (!store_model_body_read_number (body, "support", &self->options.support, error) ||
      !store_model_body_read_number (body, "confidence", &self->options.confidence, error) ||
      !store_model_body_read_count (body, "largest", 1, STORE_ITEM_SETS_LARGEST, &largest, error) ||
      !store_model_body_read_count (body, "min_count", 0, G_MAXUINT32, &min_count, error) ||
      !store_model_body_read_count (body, "n_baskets", 0, G_MAXINT32, &n_baskets, error) ||
      !store_model_body_read_count (body, "n_sets", 0, G_MAXUINT32, &n_sets, error) ||
      !(self->items = store_model_body_dup_texts (body, "items", &self->n_items, error)) ||
      !(self->names = store_model_body_dup_texts (body, "names", &n_names, error)))
    return FALSE;
  if (n_names != self->n_items)
    return fail (error);
  self->used.largest = (guint) largest;
  self->min_count = (guint) min_count;
  self->n_baskets = (guint) n_baskets;
  self->n_sets = (guint) n_sets;
  return read_rules (self, body, error);
}

/* The rules by the numbers that their items have in @baskets; items that are not there get one that
 * no basket has. */
static GArray *
translate (const StoreRules   *self,
           const StoreBaskets *baskets)
{
  g_autofree guint32 *places = g_new (guint32, (gsize) self->n_items + 1);
  GArray *rules = g_array_copy (self->rules);

  for (guint i = 0; i < self->n_items; i++)
    if (!store_baskets_find_item (baskets, self->items[i], &places[i]))
      places[i] = G_MAXUINT32;
  for (guint i = 0; i < rules->len; i++)
    {
      StoreRule *rule = &g_array_index (rules, StoreRule, i);

      rule->right = places[rule->right];
      for (guint j = 0; j < rule->n_left; j++)
        rule->left[j] = places[rule->left[j]];
    }
  return rules;
}

/* What was learnt from proves nothing: the rules are tried on baskets later than the model where
 * there are any, on all where they are of another shop, and not at all on those of the model. */
static gboolean
try_on_others (StoreRules          *self,
               const StoreBaskets  *baskets,
               GError             **error)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *fingerprint = store_baskets_dup_fingerprint (baskets);
  g_autoptr (StoreBaskets) later = store_baskets_new_later (baskets, self->until);
  g_autoptr (GArray) translated = NULL;
  gboolean done = TRUE;

  if (g_strcmp0 (fingerprint, self->fingerprint) == 0)
    g_strv_builder_add (notes, _("These are the baskets that the rules were made from, so they "
                                 "cannot be tried on them."));
  else
    {
      translated = translate (self, baskets);
      done = store_rules_validate (&self->validation, translated, later != NULL ? later : baskets,
                                   NULL, error);
    }
  self->notes = g_strv_builder_end (notes);
  return done;
}

/**
 * store_rules_new_from_model:
 * @model: rules
 * @baskets: other baskets, closed
 * @options: @explain counts, the rest is the model's
 * @error: return location
 *
 * The rules of a model, and what they are worth in baskets that they were not made from: of the
 * given ones those after the last day of the model, or all where none is later. The very baskets of
 * the model prove nothing, and a note says so.
 *
 * Returns: (transfer full): the rules, or %NULL with %STORE_ERROR_INVALID (another analysis),
 *   %STORE_ERROR_TOO_NEW, %STORE_ERROR_DAMAGED or %STORE_ERROR_NOT_FOUND (no such thing to be
 *   explained)
 */
StoreRules *
store_rules_new_from_model (StoreModel               *model,
                            const StoreBaskets       *baskets,
                            const StoreRulesOptions  *options,
                            GError                  **error)
{
  g_autoptr (StoreRules) self = NULL;
  const StoreModelHead *head;

  g_return_val_if_fail (model != NULL && baskets != NULL && options != NULL, NULL);

  if (!store_model_check (model, "rules", VERSION, error))
    return NULL;
  head = store_model_get_head (model);
  self = g_new0 (StoreRules, 1);
  self->options = self->used = *options;
  self->options.explain = self->explain = g_strdup (options->explain);
  store_item_sets_method_parse (head->method, &self->options.method);
  self->rules = g_array_new (FALSE, FALSE, sizeof (StoreRule));
  self->until = head->until == STORE_PURCHASE_UNTIL_LAST ? STORE_BASKETS_NO_DAY : head->until;
  self->fingerprint = g_strdup (head->fingerprint);
  if (!read_body (self, store_model_get_body (model), error) ||
      !store_rules_check_explain (self, error))
    return NULL;

  self->enough = self->n_baskets >= STORE_RULES_MIN_BASKETS;
  if (!try_on_others (self, baskets, error))
    return NULL;
  return g_steal_pointer (&self);
}
