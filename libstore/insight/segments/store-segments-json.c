/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-insight-json.h"
#include "store-segments.h"

static void
add_head (JsonBuilder         *builder,
          const StoreSegments *self)
{
  StoreInsightHead head = {
    .analysis = "segments",
    .method = store_segments_method_get_name (self->options.method),
    .definition = _("Groups of customers that are alike in how long they are silent, how often "
                    "they bought and for how much in all; each customer is in one."),
    .unit = _("customers"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  store_insight_json_add_head (builder, &head);
}

/**
 * store_segments_dup_check:
 * @self: a result
 *
 * Returns: (transfer full) (nullable): how far the groups hold for customers that they were not made
 *   of, in a translated sentence; %NULL where that was not checked
 */
char *
store_segments_dup_check (const StoreSegments *self)
{
  const StoreSegmentsCheck *check = &self->check;

  if (check->held_back == 0)
    return NULL;
  return g_strdup_printf (_("On %u customers that the groups were not made of, the groups part "
                            "with %.2f (1 is best, 0 is chance); equal parts by money alone with "
                            "%.2f. Made again of those, the groups agree with %.2f."),
                          check->held_back, check->silhouette, check->naive_silhouette,
                          check->stability);
}

static void
add_validation (JsonBuilder         *builder,
                const StoreSegments *self)
{
  const StoreSegmentsCheck *check = &self->check;
  g_autofree char *words = store_segments_dup_check (self);

  json_builder_set_member_name (builder, "validation");
  if (check->held_back == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", check->held_back);
  store_insight_json_add_number (builder, "silhouette", check->silhouette);
  store_insight_json_add_number (builder, "stability", check->stability);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule", "money");
  store_insight_json_add_number (builder, "silhouette", check->naive_silhouette);
  store_insight_json_add_number (builder, "stability", check->naive_stability);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", check->silhouette > check->naive_silhouette);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_silhouettes (JsonBuilder         *builder,
                 const StoreSegments *self)
{
  json_builder_set_member_name (builder, "silhouettes");
  json_builder_begin_object (builder);
  for (guint k = STORE_SEGMENTS_MIN_K; k <= STORE_SEGMENTS_MAX_K; k++)
    {
      g_autofree char *name = g_strdup_printf ("%u", k);

      if (isfinite (self->silhouettes[k]))
        store_insight_json_add_number (builder, name, self->silhouettes[k]);
    }
  json_builder_end_object (builder);
  store_insight_json_add_count (builder, "silhouette_customers", self->silhouette_rows);
}

static void
add_segment (JsonBuilder         *builder,
             const StoreSegments *self,
             guint                number)
{
  const StoreSegment *segment = &self->segments[number];

  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "segment", number + 1);
  store_insight_json_add_text (builder, "name", segment->name);
  store_insight_json_add_count (builder, "customers", segment->size);
  store_insight_json_add_number (builder, "value", segment->value);
  store_insight_json_add_number (builder, "recency", segment->recency);
  store_insight_json_add_number (builder, "frequency", segment->frequency);
  store_insight_json_add_number (builder, "monetary", segment->money);
  json_builder_set_member_name (builder, "levels");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "recency", segment->levels[0]);
  store_insight_json_add_count (builder, "frequency", segment->levels[1]);
  store_insight_json_add_count (builder, "monetary", segment->levels[2]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_customer (JsonBuilder         *builder,
              const StoreSegments *self,
              guint                row)
{
  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, row);
  store_insight_json_add_count (builder, "segment", self->labels[row] + 1);
  json_builder_end_object (builder);
}

static const char *
get_chooser (const StoreSegments *self)
{
  if (self->from_model)
    return "model";
  if (!self->enough)
    return NULL;
  return self->options.k == 0 ? "silhouette" : "person";
}

/**
 * store_segments_to_json:
 * @self: a result
 *
 * The head of every answer, then "seed", "n_customers", "k", "k_chosen_by" ("silhouette", "person",
 * "model"; null where there was nothing to choose), "inertia", "silhouettes" (by k),
 * "silhouette_customers", "small_groups" (how many heaps were divided, 0 where customers were),
 * "median": {"recency", "frequency", "monetary"}, "validation": null or {"held_back" (customers),
 * "silhouette", "stability", "naive": {"rule", "silhouette", "stability"}, "helps", "words"},
 * "segments":
 * [{"segment", "name", "customers", "value", "recency", "frequency", "monetary", "levels":
 * {"recency", "frequency", "monetary"}}] and "customers": [{"id", "segment"}].
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_segments_to_json (const StoreSegments *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  add_head (builder, self);
  store_insight_json_add_count (builder, "seed", self->options.seed);
  store_insight_json_add_count (builder, "n_customers", n);
  store_insight_json_add_count (builder, "k", self->k);
  store_insight_json_add_text (builder, "k_chosen_by", get_chooser (self));
  store_insight_json_add_number (builder, "inertia", self->inertia);
  add_silhouettes (builder, self);
  store_insight_json_add_count (builder, "small_groups", self->n_heaps);

  json_builder_set_member_name (builder, "median");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "recency", self->medians[0]);
  store_insight_json_add_number (builder, "frequency", self->medians[1]);
  store_insight_json_add_number (builder, "monetary", self->medians[2]);
  json_builder_end_object (builder);
  add_validation (builder, self);

  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->k; i++)
    add_segment (builder, self, i);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint row = 0; row < n; row++)
    add_customer (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
