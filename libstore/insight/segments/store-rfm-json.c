/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-insight-json.h"
#include "store-rfm.h"

static void
add_limits (JsonBuilder  *builder,
            const char   *name,
            const double *limits)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < 4; i++)
    json_builder_add_double_value (builder, limits[i]);
  json_builder_end_array (builder);
}

static void
add_cell (JsonBuilder    *builder,
          const StoreRfm *self,
          StoreRfmCell    cell)
{
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "cell", store_rfm_cell_get_name (cell));
  store_insight_json_add_text (builder, "label", store_rfm_cell_get_label (cell));
  store_insight_json_add_count (builder, "customers", self->cell_sizes[cell]);
  store_insight_json_add_number (builder, "value", self->cell_values[cell]);
  json_builder_end_object (builder);
}

static void
add_customer (JsonBuilder    *builder,
              const StoreRfm *self,
              guint           row)
{
  g_autofree char *score = g_strdup_printf ("%u%u%u", self->r[row], self->f[row], self->m[row]);

  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, row);
  store_insight_json_add_count (builder, "recency", (gint64) store_rfm_get_recency (self, row));
  store_insight_json_add_count (builder, "frequency", (gint64) store_rfm_get_frequency (self, row));
  store_insight_json_add_number (builder, "monetary", store_rfm_get_money (self, row));
  store_insight_json_add_count (builder, "r", self->r[row]);
  store_insight_json_add_count (builder, "f", self->f[row]);
  store_insight_json_add_count (builder, "m", self->m[row]);
  store_insight_json_add_text (builder, "score", score);
  store_insight_json_add_text (builder, "cell", store_rfm_cell_get_name (self->cell[row]));
  json_builder_end_object (builder);
}

/**
 * store_rfm_to_json:
 * @self: a result
 *
 * {"analysis": "rfm", "until", "frequency": "purchases" or "orders", "n_customers", "limits":
 * {"recency", "frequency", "monetary"} (four each), "cells": [{"cell", "label", "customers",
 * "value"}], "customers": [{"id", "recency" (days), "frequency", "monetary", "r", "f", "m",
 * "score", "cell"}]}.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_rfm_to_json (const StoreRfm *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "analysis", "rfm");
  store_insight_json_add_day (builder, "until",
                              store_purchase_table_get_columns (self->table)->until);
  store_insight_json_add_text (builder, "frequency",
                               self->frequency == STORE_RFM_ORDERS ? "orders" : "purchases");
  store_insight_json_add_count (builder, "n_customers", n);

  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  add_limits (builder, "recency", self->recency_limits);
  add_limits (builder, "frequency", self->frequency_limits);
  add_limits (builder, "monetary", self->money_limits);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "cells");
  json_builder_begin_array (builder);
  for (guint cell = 0; cell < STORE_RFM_N_CELLS; cell++)
    add_cell (builder, self, cell);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint row = 0; row < n; row++)
    add_customer (builder, self, row);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
