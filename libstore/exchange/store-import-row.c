/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every kind of row needs: its cells by field, the records that they make, and the store. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"
#include "store-import-private.h"

/* The first cell that says something among those that feed @field, "" where none does. */
const char *
store_import_run_get_cell (StoreImportRun *run,
                           const char     *field)
{
  guint n_columns;
  const int *columns = store_mapping_get_columns (run->mapping, field, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const char *cell = store_sheet_get_cell (run->sheet, (guint) columns[i]);

      if (!store_cell_text_is_blank (cell))
        return cell;
    }
  return "";
}

/* The id that the row itself gives its record. */
gboolean
store_import_run_get_id (StoreImportRun *run,
                         StoreId        *id)
{
  return store_id_parse (id, store_import_run_get_cell (run, STORE_IMPORT_ID));
}

/* All cells that say something among those that feed @field. */
char **
store_import_run_get_cells (StoreImportRun *run,
                            const char     *field)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_columns;
  const int *columns = store_mapping_get_columns (run->mapping, field, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const char *cell = store_sheet_get_cell (run->sheet, (guint) columns[i]);

      if (!store_cell_text_is_blank (cell))
        g_strv_builder_add (builder, cell);
    }
  return g_strv_builder_end (builder);
}

void
store_import_run_leave (StoreImportRun *run,
                        const char     *field,
                        const char     *reason)
{
  store_import_report_leave (run->report, store_sheet_get_line (run->sheet), field, reason);
}

/* @record is NULL where there is none, in the trash or not. */
gboolean
store_import_run_load (StoreImportRun   *run,
                       const StoreKind  *kind,
                       const StoreId    *id,
                       StoreRecord     **record,
                       GError          **error)
{
  g_autoptr (GError) failure = NULL;

  *record = store_transaction_load (run->transaction, kind, id, &failure);
  if (*record != NULL || g_error_matches (failure, STORE_ERROR, STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* @record is NULL where there is none outside of the trash. */
gboolean
store_import_run_find (StoreImportRun   *run,
                       const StoreKind  *kind,
                       const char       *field,
                       const char       *text,
                       StoreRecord     **record,
                       GError          **error)
{
  g_autoptr (GError) failure = NULL;
  StoreValue value = store_value_text (text);

  *record = store_transaction_find (run->transaction, kind, field, &value, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The records of @kind whose field "party" is @parent. */
GPtrArray *
store_import_run_children (StoreImportRun   *run,
                           const StoreKind  *kind,
                           StoreRecord      *parent,
                           GError          **error)
{
  StoreValue value = store_value_id (store_record_get_id (parent));

  if (run->is_fresh)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return store_transaction_find_all (run->transaction, kind, "party", &value, error);
}

/* Takes a record out of the trash: the file has it, so it is wanted. */
gboolean
store_import_run_revive (StoreImportRun  *run,
                         StoreRecord    **record,
                         GError         **error)
{
  const StoreKind *kind = store_record_get_kind (*record);
  StoreId id = *store_record_get_id (*record);

  if (!store_record_is_trashed (*record))
    return TRUE;
  if (!store_transaction_restore (run->transaction, kind, &id, error))
    return FALSE;
  g_clear_object (record);
  *record = store_transaction_load (run->transaction, kind, &id, error);
  return *record != NULL;
}

/* Sets @changed where the record was new or differed, and leaves it alone where not. */
gboolean
store_import_run_save (StoreImportRun  *run,
                       StoreRecord     *record,
                       gboolean        *changed,
                       GError         **error)
{
  if (!store_record_is_new (record) && store_record_get_changed (record) == 0)
    return TRUE;
  *changed = TRUE;
  return store_transaction_save (run->transaction, record, error);
}

/* Returns how often the file had the id before, and counts it. */
guint
store_import_run_count (StoreImportRun *run,
                        const StoreId  *id)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (run->seen, id));

  g_hash_table_insert (run->seen, g_memdup2 (id, sizeof *id), GUINT_TO_POINTER (n + 1));
  return n;
}

static char *
join_cells (StoreImportRun         *run,
            const StoreImportField *field)
{
  g_auto (GStrv) cells = NULL;

  if (!field->is_many)
    return g_strdup (store_import_run_get_cell (run, field->name));
  cells = store_import_run_get_cells (run, field->name);
  return g_strjoinv ("\n", cells);
}

static const char *
get_currency_field (const StoreKind  *kind,
                    const StoreField *money)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == STORE_FIELD_CURRENCY &&
        store_field_get_group (&kind->fields[i]) == store_field_get_group (money))
      return kind->fields[i].name;
  return NULL;
}

static StoreReading
read_money (StoreImportRun    *run,
            StoreRecord       *draft,
            const StoreField  *field,
            const char        *cell,
            GError           **error)
{
  int column = store_mapping_get_column (run->mapping, field->name);
  const char *name = get_currency_field (store_record_get_kind (draft), field);
  const char *currency = name != NULL ? store_record_get_text (draft, name) : NULL;
  g_autofree char *wanted = g_strdup (currency != NULL ? currency : run->currency);
  StoreReading reading;
  char found[4];
  gint64 minor;

  reading = store_money_text_parse (cell, &run->guesses[column].amounts, wanted, &minor, found,
                                    error);
  if (reading != STORE_READING_VALUE)
    return reading;
  if (!g_str_equal (found, wanted) && (currency != NULL || name == NULL))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is not an amount in %s."), cell,
                   wanted);
      return STORE_READING_REFUSED;
    }

  store_record_set_integer (draft, field->name, minor);
  if (name != NULL)
    store_record_set_text (draft, name, found);
  return STORE_READING_VALUE;
}

static StoreReading
read_reference (StoreImportRun    *run,
                StoreRecord       *draft,
                const StoreField  *field,
                const char        *cell,
                GError           **error)
{
  const StoreAlias *alias = store_import_target_get_alias (run->target);
  gboolean is_customer = g_str_equal (field->refers, "party");
  gboolean may_create = is_customer && alias != NULL && g_str_equal (field->name, "party");
  g_autofree char *refusal = NULL;
  StoreId id;

  if (store_cell_text_is_blank (cell))
    return STORE_READING_EMPTY;
  if (!(is_customer ? store_import_customer (run, cell, may_create, &id, &refusal, error)
                    : store_import_find_titled (run, field, cell, &id, &refusal, error)))
    return STORE_READING_REFUSED;
  if (refusal != NULL)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, refusal);
      return STORE_READING_REFUSED;
    }
  store_record_set_reference (draft, field->name, &id);
  return STORE_READING_VALUE;
}

static StoreReading
read_field (StoreImportRun          *run,
            StoreRecord             *draft,
            const StoreImportField  *field,
            GError                 **error)
{
  int column = store_mapping_get_column (run->mapping, field->name);
  g_autofree char *cell = column >= 0 ? join_cells (run, field) : g_strdup ("");
  StoreReading reading;
  StoreValue value;

  if (field->field->type == STORE_FIELD_REFERENCE)
    return read_reference (run, draft, field->field, cell, error);
  if (store_cell_text_is_blank (cell))
    return STORE_READING_EMPTY;
  if (field->field->type == STORE_FIELD_MONEY)
    return read_money (run, draft, field->field, cell, error);

  reading = store_import_cell_read (field->field, cell, &run->guesses[column], &value, error);
  if (reading == STORE_READING_VALUE)
    store_record_set_value (draft, field->name, &value);
  store_value_clear (&value);
  return reading;
}

static gboolean
is_currency (const StoreImportField *field)
{
  return field->field != NULL && field->field->type == STORE_FIELD_CURRENCY;
}

/* Currencies first: they say how many decimals an amount has. */
static const StoreImportField *
get_in_order (const StoreImportField *fields,
              guint                   n_fields,
              guint                   at)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n_fields; i++)
      if (is_currency (&fields[i]) == (pass == 0) && at-- == 0)
        return &fields[i];
  return NULL;
}

/**
 * store_import_run_draft:
 * @run: an import, standing on a row
 * @record: (out) (transfer full): a new record with what the row says, not saved
 * @refusal: (out) (nullable): why the row cannot be taken
 * @error: the store failed
 *
 * Cells that cannot be taken are left out and reported; a row without a field that it must have is
 * refused.
 */
gboolean
store_import_run_draft (StoreImportRun  *run,
                        StoreRecord    **record,
                        char           **refusal,
                        GError         **error)
{
  g_autoptr (StoreRecord) draft = store_record_new (store_import_target_get_kind (run->target));
  guint n_fields;
  const StoreImportField *fields = store_import_target_get_fields (run->target, &n_fields);

  for (guint i = 0; i < n_fields && *refusal == NULL; i++)
    {
      const StoreImportField *field = get_in_order (fields, n_fields, i);
      g_autoptr (GError) failure = NULL;
      StoreReading reading;

      if (field->field == NULL)
        continue;
      reading = read_field (run, draft, field, &failure);
      if (failure != NULL && !g_error_matches (failure, STORE_ERROR, STORE_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (reading == STORE_READING_VALUE)
        continue;
      if (field->is_key)
        *refusal = failure != NULL ? g_strdup (failure->message)
                                   : g_strdup_printf (_("“%s” is empty."), field->label);
      else if (failure != NULL)
        store_import_run_leave (run, field->name, failure->message);
    }
  *record = g_steal_pointer (&draft);
  return TRUE;
}

/* Writes what the row says over what the record holds; what the row leaves out stays. */
void
store_import_draft_apply (StoreRecord *draft,
                          StoreRecord *record)
{
  const StoreKind *kind = store_record_get_kind (draft);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreValue *value = store_record_get_value (draft, kind->fields[i].name);

      if (value->type != STORE_VALUE_NULL)
        store_record_set_value (record, kind->fields[i].name, value);
    }
}
