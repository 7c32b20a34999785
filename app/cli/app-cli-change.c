/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-change.h"

#include "store-field-text.h"

/**
 * app_cli_change_dup_time:
 *
 * Returns: (transfer full): a moment as ISO 8601 in UTC.
 */
char *
app_cli_change_dup_time (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_ms / 1000);

  return time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/**
 * app_cli_change_dup_value:
 *
 * Returns: (transfer full) (nullable): the raw text, %NULL for an empty field.
 */
char *
app_cli_change_dup_value (const StoreField *field,
                          const StoreValue *value,
                          const char       *currency)
{
  g_return_val_if_fail (field != NULL && value != NULL, NULL);

  return store_field_dup_text (field, value, currency);
}

/**
 * app_cli_change_print:
 *
 * Prints "  field: old → new", or what befell the whole record.
 */
void
app_cli_change_print (const StoreHistoryChange *change,
                      AppCliSession            *session)
{
  g_return_if_fail (change != NULL);

  if (!change->field)
    {
      app_cli_session_print (session, "\t%s\n", change->action);
      return;
    }

  g_autofree char *old = app_cli_change_dup_value (change->field, &change->old_value, NULL);
  g_autofree char *new = app_cli_change_dup_value (change->field, &change->new_value, NULL);

  app_cli_session_print (session, "\t%s: %s → %s\n", change->field->name, old ? old : "",
                         new ? new : "");
}

static void
build_value (JsonBuilder              *builder,
             const char               *name,
             const StoreHistoryChange *change,
             const StoreValue         *value)
{
  g_autofree char *text =
    change->field ? app_cli_change_dup_value (change->field, value, NULL) : NULL;

  json_builder_set_member_name (builder, name);
  if (text)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * app_cli_change_build_json:
 *
 * Adds the change as one object.
 */
void
app_cli_change_build_json (const StoreHistoryChange *change,
                           JsonBuilder              *builder)
{
  g_return_if_fail (change != NULL);

  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (&change->id, id);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, change->kind ? change->kind->name : "");
  json_builder_set_member_name (builder, "action");
  json_builder_add_string_value (builder, change->action);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, change->field ? change->field->name : "");
  build_value (builder, "old", change, &change->old_value);
  build_value (builder, "new", change, &change->new_value);
  json_builder_end_object (builder);
}
