/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

void store_insight_json_add_number (JsonBuilder               *builder,
                                    const char                *name,
                                    double                     value);
void store_insight_json_add_count  (JsonBuilder               *builder,
                                    const char                *name,
                                    gint64                     value);
void store_insight_json_add_text   (JsonBuilder               *builder,
                                    const char                *name,
                                    const char                *value);
void store_insight_json_add_truth  (JsonBuilder               *builder,
                                    const char                *name,
                                    gboolean                   value);
void store_insight_json_add_day    (JsonBuilder               *builder,
                                    const char                *name,
                                    gint32                     day);
void store_insight_json_add_id     (JsonBuilder               *builder,
                                    const StorePurchaseTable  *table,
                                    guint                      row);
void store_insight_json_add_texts  (JsonBuilder               *builder,
                                    const char                *name,
                                    const char *const         *texts);

G_END_DECLS
