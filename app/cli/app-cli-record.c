/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record on the command line. What `show` prints is what `set` takes: the raw text of each
 * field. Text of several lines goes on behind a tab. In JSON a record is one flat object: "id",
 * "type" (the kind of record), "trashed", then every field by name; whole numbers and booleans are
 * themselves, amounts of money are strings, so that no digit is lost.
 */
#include "config.h"

#include "app-cli-record.h"

#include "app-cli-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define CURRENCY_SETTING "currency"

/**
 * app_cli_record_find_kind:
 * @alias: (out) (optional): the alias, where @name is one
 *
 * Returns: (transfer none) (nullable): the kind of record of a name.
 */
const StoreKind *
app_cli_record_find_kind (const char        *name,
                          const StoreAlias **alias,
                          GError           **error)
{
  const StoreKind *kind = store_catalog_resolve (name, alias);

  if (!kind)
    g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                 _("There is no kind of record “%s”. `clientele-cli add --help` lists them."),
                 name);
  return kind;
}

/**
 * app_cli_record_load:
 * @id: as `add` printed it
 *
 * Returns: (transfer full): the record, of whatever kind.
 */
StoreRecord *
app_cli_record_load (StoreDatabase  *database,
                     const char     *id,
                     GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  StoreId parsed;

  if (!store_id_parse (&parsed, id))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is no id. `list` and `search` print the ids of records."), id);
      return NULL;
    }
  return store_database_load_any (database, &parsed, error);
}

/**
 * app_cli_record_find_field:
 *
 * Returns: (transfer none) (nullable): a field by its name; the error says which there are.
 */
const StoreField *
app_cli_record_find_field (const StoreKind  *kind,
                           const char       *name,
                           GError          **error)
{
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  const StoreField *field = store_kind_get_field (kind, name);
  g_autoptr (GString) names = g_string_new (NULL);

  if (field)
    return field;
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kind->fields[i].name);
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("“%s” is no field of %s. Its fields are %s."), name, kind->name, names->str);
  return NULL;
}

/* Splits "field=value"; the name is looked up in the kind. */
static const StoreField *
parse_assignment (const StoreKind  *kind,
                  const char       *assignment,
                  const char      **value,
                  GError          **error)
{
  const char *equals = strchr (assignment, '=');

  if (!equals || equals == assignment)
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("“%s” is not of the form field=value."), assignment);
      return NULL;
    }

  g_autofree char *name = g_strndup (assignment, (gsize) (equals - assignment));

  *value = equals + 1;
  return app_cli_record_find_field (kind, name, error);
}

/* Money is read by its currency, so that has to be there first. */
static gboolean
ensure_currency (StoreRecord    *record,
                 StoreDatabase  *database,
                 GError        **error)
{
  const StoreKind *kind = store_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (field->type != STORE_FIELD_CURRENCY || store_record_get_text (record, field->name))
        continue;

      g_autofree char *currency = store_database_dup_setting (database, CURRENCY_SETTING, error);

      if (!currency || !store_record_set_from_text (record, field->name, currency, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
assign_where (StoreRecord        *record,
              const char *const  *assignments,
              gboolean            currencies,
              gboolean           *has_money,
              GError            **error)
{
  const StoreKind *kind = store_record_get_kind (record);

  for (guint i = 0; assignments[i]; i++)
    {
      const char *value;
      const StoreField *field = parse_assignment (kind, assignments[i], &value, error);

      if (!field)
        return FALSE;
      if (field->type == STORE_FIELD_MONEY && *value)
        *has_money = TRUE;
      if ((field->type == STORE_FIELD_CURRENCY) == currencies &&
          !store_record_set_from_text (record, field->name, value, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * app_cli_record_assign:
 * @assignments: words of the form field=value, ended by %NULL
 *
 * Sets fields from their raw text. An empty value empties the field; money without a currency
 * beside it is in the store's own.
 */
gboolean
app_cli_record_assign (StoreRecord        *record,
                       StoreDatabase      *database,
                       const char *const  *assignments,
                       GError            **error)
{
  g_return_val_if_fail (STORE_IS_RECORD (record), FALSE);

  gboolean has_money = FALSE;

  return assign_where (record, assignments, TRUE, &has_money, error) &&
         (!has_money || ensure_currency (record, database, error)) &&
         assign_where (record, assignments, FALSE, &has_money, error);
}

static void
print_field (AppCliSession *session,
             const char    *name,
             const char    *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *indented = g_strjoinv ("\n\t", lines);

  app_cli_session_print (session, "%s: %s\n", name, indented);
}

/**
 * app_cli_record_print:
 *
 * Prints the id and each field that has a value as "field: raw value".
 */
void
app_cli_record_print (StoreRecord   *record,
                      AppCliSession *session)
{
  g_return_if_fail (STORE_IS_RECORD (record));

  const StoreKind *kind = store_record_get_kind (record);
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (record), id);
  app_cli_session_print (session, "id: %s\ntype: %s\n", id, kind->name);
  if (store_record_is_trashed (record))
    app_cli_session_print (session, "trashed: true\n");

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *text = store_record_dup_raw_text (record, kind->fields[i].name);

      if (text && *text)
        print_field (session, kind->fields[i].name, text);
    }
}

static void
build_value (StoreRecord      *record,
             const StoreField *field,
             JsonBuilder      *builder)
{
  const StoreValue *value = store_record_get_value (record, field->name);
  g_autofree char *text = store_record_dup_raw_text (record, field->name);

  if (!value || value->type == STORE_VALUE_NULL || !text)
    json_builder_add_null_value (builder);
  else if (field->type == STORE_FIELD_BOOLEAN)
    json_builder_add_boolean_value (builder, value->integer != 0);
  else if (field->type == STORE_FIELD_INTEGER)
    json_builder_add_int_value (builder, value->integer);
  else
    json_builder_add_string_value (builder, text);
}

/**
 * app_cli_record_build_json:
 *
 * Adds the record as one object.
 */
void
app_cli_record_build_json (StoreRecord *record,
                           JsonBuilder *builder)
{
  g_return_if_fail (STORE_IS_RECORD (record));

  const StoreKind *kind = store_record_get_kind (record);
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (record), id);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, kind->name);
  json_builder_set_member_name (builder, "trashed");
  json_builder_add_boolean_value (builder, store_record_is_trashed (record));
  for (guint i = 0; i < kind->n_fields; i++)
    {
      json_builder_set_member_name (builder, kind->fields[i].name);
      build_value (record, &kind->fields[i], builder);
    }
  json_builder_end_object (builder);
}
