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

static const StoreField *
find_currency_field (const StoreKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == STORE_FIELD_CURRENCY)
      return &kind->fields[i];
  return NULL;
}

/**
 * app_cli_change_dup_currency:
 * @changes: (element-type StoreHistoryChange): those that were made together
 * @change: one of them
 *
 * Returns: (transfer full) (nullable): the currency that an amount of @change is in: the one that
 * was written with it, or that of the record today.
 */
char *
app_cli_change_dup_currency (GPtrArray                *changes,
                             const StoreHistoryChange *change,
                             StoreDatabase            *database)
{
  g_return_val_if_fail (changes != NULL && change != NULL, NULL);

  const StoreField *currency = change->field && change->field->type == STORE_FIELD_MONEY
                                 ? find_currency_field (change->kind) : NULL;

  if (!currency)
    return NULL;
  for (guint i = 0; i < changes->len; i++)
    {
      const StoreHistoryChange *other = g_ptr_array_index (changes, i);

      if (other->field == currency && store_id_equal (&other->id, &change->id))
        return store_value_dup_text (&other->new_value);
    }

  g_autoptr (StoreRecord) record =
    store_database_load (database, change->kind, &change->id, NULL);

  return record ? g_strdup (store_record_get_text (record, currency->name)) : NULL;
}

static char *
dup_line (const StoreField *field,
          const StoreValue *value,
          const char       *currency)
{
  char *text = app_cli_change_dup_value (field, value, currency);

  return text ? g_strdelimit (text, "\r\n", ' ') : g_strdup ("");
}

/**
 * app_cli_change_print:
 *
 * Prints "  field: old → new", or what befell the whole record.
 */
void
app_cli_change_print (const StoreHistoryChange *change,
                      const char               *currency,
                      AppCliSession            *session)
{
  g_return_if_fail (change != NULL);

  if (!change->field)
    {
      app_cli_session_print (session, "\t%s\n", change->action);
      return;
    }

  g_autofree char *old = dup_line (change->field, &change->old_value, currency);
  g_autofree char *new = dup_line (change->field, &change->new_value, currency);

  app_cli_session_print (session, "\t%s: %s → %s\n", change->field->name, old, new);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
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
                           const char               *currency,
                           JsonBuilder              *builder)
{
  g_return_if_fail (change != NULL);

  const StoreField *field = change->field;
  g_autofree char *old =
    field ? app_cli_change_dup_value (field, &change->old_value, currency) : NULL;
  g_autofree char *new =
    field ? app_cli_change_dup_value (field, &change->new_value, currency) : NULL;
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (&change->id, id);
  json_builder_begin_object (builder);
  add_text (builder, "id", id);
  add_text (builder, "type", change->kind ? change->kind->name : NULL);
  add_text (builder, "action", change->action);
  add_text (builder, "field", field ? field->name : NULL);
  add_text (builder, "old", old);
  add_text (builder, "new", new);
  json_builder_end_object (builder);
}
