/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-insight-json.h"
#include "store-rules-private.h"

/* Things go by what the lines call them, or by their names. */
static gboolean
is_called (const StoreRules *self,
           guint32           which,
           const char       *item)
{
  return g_str_equal (self->items[which], item) || g_str_equal (self->names[which], item);
}

static gboolean
holds_item (const StoreRules *self,
            const StoreRule  *rule,
            const char       *item)
{
  gboolean holds = is_called (self, rule->right, item);

  for (guint i = 0; i < rule->n_left; i++)
    holds = holds || is_called (self, rule->left[i], item);
  return holds;
}

gboolean
store_rules_check_explain (const StoreRules  *self,
                           GError           **error)
{
  if (self->explain == NULL)
    return TRUE;
  for (guint item = 0; item < self->n_items; item++)
    if (is_called (self, item, self->explain))
      return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("Nobody has bought “%s” up to that day. Take a thing from the list."),
               self->explain);
  return FALSE;
}

/* Rules that a shorter one explains are not shown, nor those without the item asked for. */
static gboolean
is_shown (const StoreRules *self,
          const StoreRule  *rule)
{
  return !rule->explained &&
         (self->options.explain == NULL || holds_item (self, rule, self->options.explain));
}

/**
 * store_rules_dup_left:
 * @self: rules
 * @which: one of them
 *
 * Returns: (transfer full): the names of what is on its left side, joined
 */
char *
store_rules_dup_left (const StoreRules *self,
                      guint             which)
{
  const StoreRule *rule = store_rules_get (self, which);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rule->n_left; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", self->names[rule->left[i]]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * store_rules_dup_reason:
 * @self: rules
 * @which: one of them
 *
 * Returns: (transfer full): what it says, in a sentence
 */
char *
store_rules_dup_reason (const StoreRules *self,
                        guint             which)
{
  const StoreRule *rule = store_rules_get (self, which);
  g_autofree char *left = store_rules_dup_left (self, which);

  /* Translators: things bought; then how many baskets have them, how many of these also have the
   * other thing, and that thing; shares in percent. */
  return g_strdup_printf (_("Of the baskets with %s (%u), %u also have %s: %.0f %%. Of all "
                            "baskets, %.0f %% have it."),
                          left, rule->left_count, rule->count, self->names[rule->right],
                          rule->confidence * 100.0,
                          rule->confidence / rule->lift * 100.0);
}

static void
add_rule (JsonBuilder      *builder,
          const StoreRules *self,
          const StoreRule  *rule)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "left");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->n_left; i++)
    json_builder_add_string_value (builder, self->names[rule->left[i]]);
  json_builder_end_array (builder);
  store_insight_json_add_text (builder, "right", self->names[rule->right]);
  store_insight_json_add_count (builder, "count", rule->count);
  store_insight_json_add_count (builder, "left_count", rule->left_count);
  store_insight_json_add_count (builder, "right_count", rule->right_count);
  store_insight_json_add_number (builder, "support", rule->support);
  store_insight_json_add_number (builder, "confidence", rule->confidence);
  store_insight_json_add_number (builder, "confidence_low", rule->confidence_low);
  store_insight_json_add_number (builder, "lift", rule->lift);
  store_insight_json_add_number (builder, "p_value", rule->p_value);
  store_insight_json_add_number (builder, "p_adjusted", rule->p_adjusted);
  json_builder_end_object (builder);
}

static void
add_share (JsonBuilder *builder,
           const char  *name,
           double       share,
           gboolean     known)
{
  store_insight_json_add_number (builder, name, known ? share : NAN);
}

static char *
write_words (const StoreRulesValidation *validation)
{
  if (validation->n_matches == 0)
    return g_strdup (_("No rule had anything to say about the baskets that they were tried on."));
  /* Translators: shares in percent. */
  return g_strdup_printf (_("Tried on %u baskets that they were not made from: the rules promised "
                            "%.0f %%, and %.0f %% came true; how popular the things are would have "
                            "said %.0f %%."),
                          validation->n_held_back, validation->promised * 100.0,
                          validation->kept * 100.0, validation->base * 100.0);
}

static void
add_validation (JsonBuilder                *builder,
                const StoreRulesValidation *validation)
{
  gboolean known = validation->n_matches > 0;
  g_autofree char *words = write_words (validation);

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "words", words);
  store_insight_json_add_truth (builder, "by_day", validation->by_day);
  store_insight_json_add_count (builder, "held_back", validation->n_held_back);
  store_insight_json_add_count (builder, "n_rules", validation->n_rules);
  store_insight_json_add_count (builder, "n_matches", (gint64) validation->n_matches);
  add_share (builder, "promised", validation->promised, known);
  add_share (builder, "kept", validation->kept, known);
  add_share (builder, "brier", validation->error, known);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  add_share (builder, "promised", validation->base, known);
  add_share (builder, "brier", validation->naive_error, known);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", validation->helps);
  json_builder_end_object (builder);
}

/* The strongest rules with the item, of which the first gives the reason. */
static void
add_explanation (JsonBuilder      *builder,
                 const StoreRules *self)
{
  guint which = 0;

  while (which < self->rules->len && !is_shown (self, store_rules_get (self, which)))
    which++;
  json_builder_set_member_name (builder, "explanation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->options.explain);
  if (which < self->rules->len)
    {
      g_autofree char *reason = store_rules_dup_reason (self, which);

      store_insight_json_add_text (builder, "reason", reason);
    }
  else
    store_insight_json_add_text (builder, "reason",
                                 _("No rule with it is that frequent and that certain."));
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder      *builder,
          const StoreRules *self)
{
  StoreInsightHead head = {
    .analysis = "rules",
    .method = store_item_sets_method_get_name (self->options.method),
    .definition = _("Who takes what is on the left takes what is on the right too. Support: share "
                    "of all baskets with both. Confidence: share of the baskets with the left side "
                    "that have the right one. Lift: how many times as often as in all baskets."),
    .unit = _("baskets"),
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
  store_insight_json_add_number (builder, "support", self->options.support);
  store_insight_json_add_number (builder, "confidence", self->options.confidence);
  store_insight_json_add_count (builder, "largest", self->used.largest);
  store_insight_json_add_count (builder, "min_count", self->min_count);
  store_insight_json_add_count (builder, "n_baskets", self->n_baskets);
  store_insight_json_add_count (builder, "n_items", self->n_items);
  store_insight_json_add_count (builder, "n_sets", self->n_sets);
  store_insight_json_add_count (builder, "n_rules", self->rules->len);
  store_insight_json_add_count (builder, "n_explained", self->n_explained);
}

/**
 * store_rules_to_json:
 * @self: rules
 *
 * The head, the settings, how many sets and rules there are, "validation" and "rules", strongest
 * first; rules that a shorter one explains are counted and left out.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_rules_to_json (const StoreRules *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_head (builder, self);
  if (self->validation.n_held_back > 0)
    add_validation (builder, &self->validation);
  if (self->options.explain != NULL)
    add_explanation (builder, self);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rules->len; i++)
    if (is_shown (self, store_rules_get (self, i)))
      add_rule (builder, self, store_rules_get (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
