/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "store-insight-json.h"
#include "store-segments.h"

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

/**
 * store_segments_to_json:
 * @self: a result
 *
 * {"analysis": "segments", "until", "seed", "n_customers", "k", "k_chosen_by": "silhouette" or
 * "person", "inertia", "silhouettes" (by k), "silhouette_customers", "median": {"recency",
 * "frequency", "monetary"}, "segments": [{"segment", "name", "customers", "value", "recency",
 * "frequency", "monetary"}], "customers": [{"id", "segment"}]}.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_segments_to_json (const StoreSegments *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "analysis", "segments");
  store_insight_json_add_day (builder, "until",
                              store_purchase_table_get_columns (self->table)->until);
  store_insight_json_add_count (builder, "seed", self->options.seed);
  store_insight_json_add_count (builder, "n_customers", n);
  store_insight_json_add_count (builder, "k", self->k);
  store_insight_json_add_text (builder, "k_chosen_by",
                               self->options.k == 0 ? "silhouette" : "person");
  store_insight_json_add_number (builder, "inertia", self->inertia);
  add_silhouettes (builder, self);

  json_builder_set_member_name (builder, "median");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "recency", self->medians[0]);
  store_insight_json_add_number (builder, "frequency", self->medians[1]);
  store_insight_json_add_number (builder, "monetary", self->medians[2]);
  json_builder_end_object (builder);

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
