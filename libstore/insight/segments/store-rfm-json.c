/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-insight-json.h"
#include "store-rfm.h"

static void
add_head (JsonBuilder    *builder,
          const StoreRfm *self)
{
  const char *none[] = {
    _("There are no orders up to that day. Add or import some, then ask again."), NULL,
  };
  gboolean enough = store_purchase_table_get_n_rows (self->table) > 0;
  StoreInsightHead head = {
    .analysis = "rfm",
    .definition = _("Days since the last purchase, number of purchases and sum of all orders of "
                    "each customer, each scored 1 to 5 by fifths of the values; 5 is best."),
    .unit = _("scores from 1 to 5"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = enough,
    .notes = enough ? NULL : none,
  };

  store_insight_json_add_head (builder, &head);
}

static void
add_validation (JsonBuilder    *builder,
                const StoreRfm *self)
{
  StoreRfmCheck check;
  g_autofree char *words = NULL;

  store_rfm_check (self, &check);
  json_builder_set_member_name (builder, "validation");
  if (!isfinite (check.auc))
    {
      json_builder_add_null_value (builder);
      return;
    }
  words = g_strdup_printf (_("On the last %u days, held back, the sum of the scores put %.0f of "
                             "100 pairs of a buyer and a non-buyer in the right order; recency "
                             "alone %.0f."),
                           check.days, check.auc * 100.0, check.naive_auc * 100.0);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "held_back", check.days);
  store_insight_json_add_count (builder, "customers", check.n_customers);
  store_insight_json_add_number (builder, "auc", check.auc);
  json_builder_set_member_name (builder, "naive");
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "rule", "recency");
  store_insight_json_add_number (builder, "auc", check.naive_auc);
  json_builder_end_object (builder);
  store_insight_json_add_truth (builder, "helps", check.auc > check.naive_auc);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

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
 * The head of every answer, then "frequency" ("purchases" or "orders"), "n_customers", "limits":
 * {"recency", "frequency", "monetary"} (four each), "validation": null or {"held_back" (days),
 * "customers", "auc", "naive": {"rule", "auc"}, "helps", "words"}, "cells": [{"cell", "label",
 * "customers", "value"}] and "customers": [{"id", "recency" (days), "frequency", "monetary", "r",
 * "f", "m", "score", "cell"}].
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_rfm_to_json (const StoreRfm *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  add_head (builder, self);
  store_insight_json_add_text (builder, "frequency",
                               self->frequency == STORE_RFM_ORDERS ? "orders" : "purchases");
  store_insight_json_add_count (builder, "n_customers", n);

  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  add_limits (builder, "recency", self->recency_limits);
  add_limits (builder, "frequency", self->frequency_limits);
  add_limits (builder, "monetary", self->money_limits);
  json_builder_end_object (builder);
  add_validation (builder, self);

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
