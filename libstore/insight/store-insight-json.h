/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreInsightHead:
 * @analysis: its name, as the verb of the command line
 * @method: (nullable): which of its methods gave the answer
 * @definition: what the numbers mean, a translated sentence
 * @unit: (nullable): what the main number counts, translated
 * @until: the cut, as days since 1970-01-01, or %STORE_PURCHASE_UNTIL_LAST where there is none
 * @enough: whether there was enough data for an answer
 * @notes: (nullable) (array zero-terminated=1): what the person must know about it, in sentences
 *
 * What stands at the head of every answer.
 */
typedef struct
{
  const char *analysis;
  const char *method;
  const char *definition;
  const char *unit;
  gint32 until;
  gboolean enough;
  const char *const *notes;
} StoreInsightHead;

void store_insight_json_add_head   (JsonBuilder               *builder,
                                    const StoreInsightHead    *head);
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
