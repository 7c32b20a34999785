/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-again-private.h"
#include "store-insight-json.h"

static const StoreAgainItem *
get_due (const StoreAgain *self,
         guint             which)
{
  return &g_array_index (self->due, StoreAgainItem, which);
}

/**
 * store_again_dup_reason:
 * @self: what is due
 * @which: one of it
 *
 * Returns: (transfer full): why it is, in a sentence
 */
char *
store_again_dup_reason (const StoreAgain *self,
                        guint             which)
{
  const StoreAgainItem *item = get_due (self, which);
  guint gap = (guint) MAX (1, lround (item->gap));
  guint silence = (guint) (self->until - item->last);
  g_autofree char *every = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "every %u day",
                                                         "every %u days", gap), gap);
  g_autofree char *ago = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day ago",
                                                       "%u days ago", silence), silence);

  /* Translators: "Tea: buys it every 30 days, last 45 days ago." */
  return g_strdup_printf (_("%s: buys it %s, last %s."), self->names[item->item], every, ago);
}

static void
add_due (JsonBuilder      *builder,
         const StoreAgain *self,
         guint             which)
{
  const StoreAgainItem *item = get_due (self, which);
  g_autofree char *reason = store_again_dup_reason (self, which);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->customers[item->customer]);
  store_insight_json_add_text (builder, "item", self->items[item->item]);
  store_insight_json_add_text (builder, "name", self->names[item->item]);
  store_insight_json_add_number (builder, "score", item->silence);
  store_insight_json_add_count (builder, "times", item->n_gaps + 1);
  store_insight_json_add_day (builder, "last", item->last);
  store_insight_json_add_number (builder, "gap", item->gap);
  store_insight_json_add_number (builder, "usual_gap", self->gaps[item->item]);
  store_insight_json_add_day (builder, "due", item->due);
  store_insight_json_add_text (builder, "reason", reason);
  json_builder_end_object (builder);
}

static void
add_validation (JsonBuilder      *builder,
                const StoreAgain *self)
{
  g_autofree char *words =
    g_strdup_printf (_("Foretold from the earlier ones, %u last gaps were off by %.1f days; saying "
                       "that they will be as the gaps before, by %.1f days."),
                     self->n_tested, self->error, self->naive_error);

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "words", words);
  store_insight_json_add_count (builder, "held_back", self->n_tested);
  store_insight_json_add_number (builder, "mae", self->error);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "mae", self->naive_error);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", self->error < self->naive_error);
  json_builder_end_object (builder);
}

static void
add_explanation (JsonBuilder      *builder,
                 const StoreAgain *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (3, self->due->len); i++)
    {
      g_autofree char *reason = store_again_dup_reason (self, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", reason);
    }
  json_builder_set_member_name (builder, "explanation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->customer);
  store_insight_json_add_text (builder, "reason",
                               text->len > 0 ? text->str : _("Nothing is due for this one."));
  json_builder_set_member_name (builder, "nearest");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder      *builder,
          const StoreAgain *self)
{
  StoreInsightHead head = {
    .analysis = "recommend",
    .method = "again",
    .definition = _("What a customer may want again: the expected gap is the customer's own with "
                    "this thing, mixed with what is usual as long as it is known from few times."),
    .unit = _("days"),
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "horizon_days", self->options.horizon);
  store_insight_json_add_number (builder, "shape", self->enough ? self->shape : NAN);
  store_insight_json_add_number (builder, "usual_gap", self->gap > 0.0 ? self->gap : NAN);
  store_insight_json_add_count (builder, "n_repeats", self->n_repeats);
  store_insight_json_add_count (builder, "n_lapsed", self->n_lapsed);
}

/**
 * store_again_to_json:
 * @self: what is due
 *
 * The head, what is usual, "validation" where there was something to try on, and "offers", each
 * with its customer, thing, days and reason; with one customer asked for, "explanation".
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_again_to_json (const StoreAgain *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_head (builder, self);
  if (self->n_tested > 0)
    add_validation (builder, self);
  if (self->customer != NULL)
    add_explanation (builder, self);
  json_builder_set_member_name (builder, "offers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->due->len; i++)
    add_due (builder, self, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
