/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all results share when they are written as JSON: numbers at full precision, null for what
 * is not a number (JSON has no NaN), days as 2026-01-31. */

#include "config.h"

#include <math.h>

#include "store-calendar-month.h"
#include "store-insight-json.h"

/* "analysis", "method" (where there is a choice), "definition", "unit", "until", "enough" and
 * "notes", into an object that is open. */
void
store_insight_json_add_head (JsonBuilder            *builder,
                             const StoreInsightHead *head)
{
  store_insight_json_add_text (builder, "analysis", head->analysis);
  if (head->method != NULL)
    store_insight_json_add_text (builder, "method", head->method);
  store_insight_json_add_text (builder, "definition", head->definition);
  if (head->unit != NULL)
    store_insight_json_add_text (builder, "unit", head->unit);
  if (head->until != STORE_PURCHASE_UNTIL_LAST)
    store_insight_json_add_day (builder, "until", head->until);
  store_insight_json_add_truth (builder, "enough", head->enough);
  store_insight_json_add_texts (builder, "notes", head->notes);
}

void
store_insight_json_add_number (JsonBuilder *builder,
                               const char  *name,
                               double       value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
store_insight_json_add_count (JsonBuilder *builder,
                              const char  *name,
                              gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
store_insight_json_add_text (JsonBuilder *builder,
                             const char  *name,
                             const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
store_insight_json_add_truth (JsonBuilder *builder,
                              const char  *name,
                              gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
store_insight_json_add_day (JsonBuilder *builder,
                            const char  *name,
                            gint32       day)
{
  g_autofree char *text = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day + STORE_JULIAN_OF_EPOCH);
  text = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
  store_insight_json_add_text (builder, name, text);
}

void
store_insight_json_add_id (JsonBuilder              *builder,
                           const StorePurchaseTable *table,
                           guint                     row)
{
  g_autofree char *id = store_purchase_table_dup_id (table, row);

  store_insight_json_add_text (builder, "id", id);
}

void
store_insight_json_add_texts (JsonBuilder       *builder,
                              const char        *name,
                              const char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}
