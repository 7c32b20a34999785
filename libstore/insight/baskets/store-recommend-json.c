/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-insight-json.h"
#include "store-recommend-private.h"

static const char *const method_names[] = { "best", "cosine", "jaccard", "popular" };

const char *
store_recommend_method_get_name (StoreRecommendMethod method)
{
  return method_names[method];
}

/**
 * store_recommend_dup_reason:
 * @self: offers
 * @which: one of them
 *
 * Returns: (transfer full): why it is made, in a sentence
 */
char *
store_recommend_dup_reason (const StoreRecommend *self,
                            guint                 which)
{
  const StoreOffer *offer = store_recommend_get (self, which);

  if (offer->because == STORE_BASKETS_NOBODY)
    /* Translators: a thing, and how many customers bought it. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %u customer bought it.",
                                         "%s: %u customers bought it.", offer->count),
                            self->names[offer->item], offer->count);
  /* Translators: "Tea: bought cups; 8 of 10 customers who bought that also bought this." */
  return g_strdup_printf (_("%s: bought %s; %u of %u customers who bought that also bought this."),
                          self->names[offer->item], self->names[offer->because], offer->shared,
                          offer->because_count);
}

static void
add_offer (JsonBuilder          *builder,
           const StoreRecommend *self,
           guint                 which)
{
  const StoreOffer *offer = store_recommend_get (self, which);
  g_autofree char *reason = store_recommend_dup_reason (self, which);
  gboolean because = offer->because != STORE_BASKETS_NOBODY;

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->customers[offer->customer]);
  store_insight_json_add_text (builder, "item", self->items[offer->item]);
  store_insight_json_add_text (builder, "name", self->names[offer->item]);
  store_insight_json_add_number (builder, "score", offer->score);
  store_insight_json_add_count (builder, "count", offer->count);
  store_insight_json_add_text (builder, "because", because ? self->names[offer->because] : NULL);
  store_insight_json_add_count (builder, "shared", offer->shared);
  store_insight_json_add_count (builder, "because_count", offer->because_count);
  store_insight_json_add_text (builder, "reason", reason);
  json_builder_end_object (builder);
}

static void
add_trial_members (JsonBuilder               *builder,
                   const StoreRecommendTrial *trial)
{
  store_insight_json_add_text (builder, "method", store_recommend_method_get_name (trial->method));
  store_insight_json_add_number (builder, "hit_rate", trial->hit_rate);
  store_insight_json_add_number (builder, "recall", trial->recall);
  store_insight_json_add_number (builder, "precision", trial->precision);
}

static const StoreRecommendTrial *
find_trial (const StoreRecommend *self,
            StoreRecommendMethod  method)
{
  for (guint i = 0; i < self->n_trials; i++)
    if (self->trials[i].method == method && self->trials[i].n_tested > 0)
      return &self->trials[i];
  return NULL;
}

static void
add_words (JsonBuilder               *builder,
           const StoreRecommend      *self,
           const StoreRecommendTrial *trial,
           const StoreRecommendTrial *naive)
{
  /* Translators: how many customers; then in percent; the number of offers is that for each. */
  g_autofree char *words =
    g_strdup_printf (_("Tried on the last day of %u customers who bought something new then: at "
                       "least one of %u offers was among it for %.0f %% of them; with what most "
                       "customers buy, for %.0f %%."),
                     trial->n_tested, self->options.k, trial->hit_rate * 100.0,
                     naive->hit_rate * 100.0);

  store_insight_json_add_text (builder, "words", words);
}

static void
add_validation (JsonBuilder          *builder,
                const StoreRecommend *self)
{
  const StoreRecommendTrial *trial = find_trial (self, self->method);
  const StoreRecommendTrial *naive = find_trial (self, STORE_RECOMMEND_POPULAR);

  if (trial == NULL || naive == NULL)
    return;
  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  add_words (builder, self, trial, naive);
  store_insight_json_add_count (builder, "held_back", trial->n_tested);
  add_trial_members (builder, trial);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  add_trial_members (builder, naive);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", trial->hit_rate > naive->hit_rate);
  json_builder_end_object (builder);
}

static void
add_tournament (JsonBuilder          *builder,
                const StoreRecommend *self)
{
  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_trials; i++)
    {
      json_builder_begin_object (builder);
      add_trial_members (builder, &self->trials[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_neighbour (JsonBuilder                   *builder,
               const StoreRecommend          *self,
               const StoreRecommendNeighbour *neighbour)
{
  g_autofree char *reason =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "bought %u thing that this one bought",
                                  "bought %u things that this one bought", neighbour->shared),
                     neighbour->shared);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->customers[neighbour->customer]);
  store_insight_json_add_text (builder, "reason", reason);
  store_insight_json_add_text (builder, "outcome", neighbour->outcome);
  store_insight_json_add_number (builder, "distance", neighbour->distance);
  json_builder_end_object (builder);
}

static char *
join_reasons (const StoreRecommend *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (3, self->offers->len); i++)
    {
      g_autofree char *reason = store_recommend_dup_reason (self, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", reason);
    }
  if (text->len == 0)
    g_string_append (text, _("Nothing that other customers bought goes with what this one has."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_explanation (JsonBuilder          *builder,
                 const StoreRecommend *self)
{
  g_autofree char *reason = join_reasons (self);

  json_builder_set_member_name (builder, "explanation");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "id", self->customer);
  store_insight_json_add_text (builder, "reason", reason);
  json_builder_set_member_name (builder, "nearest");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_nearest; i++)
    add_neighbour (builder, self, &self->nearest[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder          *builder,
          const StoreRecommend *self)
{
  StoreInsightHead head = {
    .analysis = "recommend",
    .method = store_recommend_method_get_name (self->method),
    .definition = _("What a customer who does not have it yet may buy next: things that are bought "
                    "by the customers who bought what this one has."),
    .unit = _("customers"),
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "k", self->options.k);
  store_insight_json_add_number (builder, "shrinkage", self->options.shrinkage);
  store_insight_json_add_count (builder, "neighbours", self->options.n_neighbours);
  store_insight_json_add_count (builder, "n_customers", self->n_customers);
  store_insight_json_add_count (builder, "n_items", self->n_items);
}

/**
 * store_recommend_to_json:
 * @self: offers
 *
 * The head, the settings, "validation" and "tournament" where there was something to try on, and
 * "offers"; with one customer asked for, "explanation".
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_recommend_to_json (const StoreRecommend *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_head (builder, self);
  add_validation (builder, self);
  add_tournament (builder, self);
  if (self->customer != NULL)
    add_explanation (builder, self);
  json_builder_set_member_name (builder, "offers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->offers->len; i++)
    add_offer (builder, self, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
