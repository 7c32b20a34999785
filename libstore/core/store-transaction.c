/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-transaction-private.h"

#include "store-catalog.h"
#include "store-error.h"
#include "store-record-private.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

const StoreTable *
store_transaction_get_table (StoreTransaction *self,
                             const StoreKind  *kind)
{
  return store_table_set_find (self->writer->tables, kind);
}

static GPtrArray *
select_records (StoreTransaction *self,
                const StoreKind  *kind,
                const char       *condition,
                const StoreValue *value,
                GError          **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row = TRUE;

  sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s", store_record_get_select (kind),
                         kind->name, condition);
  statement = store_connection_prepare (self->writer->connection, sql, error);
  if (statement == NULL)
    return NULL;
  store_statement_bind_value (statement, 1, value);
  while (row)
    {
      if (!store_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (records, store_record_read (kind, statement, 0));
    }
  return g_steal_pointer (&records);
}

/**
 * store_transaction_load:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Returns: (transfer full): the record as it is now, in the trash or not. Writer thread.
 */
StoreRecord *
store_transaction_load (StoreTransaction *self,
                        const StoreKind  *kind,
                        const StoreId    *id,
                        GError          **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  g_autofree char *text = NULL;
  gboolean row;

  statement = store_connection_prepare (self->writer->connection,
                                        store_transaction_get_table (self, kind)->record_sql, error);
  if (statement == NULL)
    return NULL;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &row, error))
    return NULL;
  if (row)
    return store_record_read (kind, statement, 0);

  text = store_id_to_string (id);
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("There is no %s %s."), kind->name,
               text);
  return NULL;
}

/**
 * store_transaction_find_all:
 * @self: a transaction
 * @kind: a kind
 * @field: the name of a field; an indexed one where it is asked often
 * @value: what it holds
 * @error: where to say what failed
 *
 * Returns: (transfer full) (element-type StoreRecord): the records that are not in the trash.
 *   Writer thread.
 */
GPtrArray *
store_transaction_find_all (StoreTransaction *self,
                            const StoreKind  *kind,
                            const char       *field,
                            const StoreValue *value,
                            GError          **error)
{
  g_autofree char *condition = NULL;

  g_return_val_if_fail (store_kind_get_field (kind, field) != NULL, NULL);

  condition = g_strdup_printf ("\"%s\" = ?1 AND trashed = 0 ORDER BY n", field);
  return select_records (self, kind, condition, value, error);
}

/**
 * store_transaction_find:
 * @self: a transaction
 * @kind: a kind
 * @field: the name of a field; an indexed one where it is asked often
 * @value: what it holds
 * @error: where to say what failed; untouched where there is no such record
 *
 * Returns: (transfer full) (nullable): the oldest record that is not in the trash. Writer thread.
 */
StoreRecord *
store_transaction_find (StoreTransaction *self,
                        const StoreKind  *kind,
                        const char       *field,
                        const StoreValue *value,
                        GError          **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *condition = NULL;

  g_return_val_if_fail (store_kind_get_field (kind, field) != NULL, NULL);

  condition = g_strdup_printf ("\"%s\" = ?1 AND trashed = 0 ORDER BY n LIMIT 1", field);
  records = select_records (self, kind, condition, value, error);
  return records && records->len > 0 ? g_object_ref (g_ptr_array_index (records, 0)) : NULL;
}

static gboolean
check_required (StoreRecord *record,
                GError     **error)
{
  const StoreKind *kind = store_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (!(field->flags & STORE_FIELD_REQUIRED) ||
          store_record_get_value (record, field->name)->type != STORE_VALUE_NULL)
        continue;
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” must not be empty (%s)."),
                   store_field_get_label (field), field->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_reference (StoreTransaction *self,
                 const StoreField *field,
                 const StoreValue *value,
                 GError          **error)
{
  const StoreKind *kind = store_catalog_find (field->refers);
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?1", kind->name);
  g_autoptr (StoreStatement) statement = NULL;
  g_autofree char *text = NULL;
  gboolean there;

  statement = store_connection_prepare (self->writer->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  store_statement_bind_value (statement, 1, value);
  if (!store_statement_step (statement, &there, error))
    return FALSE;
  if (there)
    return TRUE;

  text = store_value_dup_text (value);
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("“%s” refers to %s, but there is no %s of that id."),
               field->name, text, kind->name);
  return FALSE;
}

static gboolean
check_references (StoreTransaction *self,
                  StoreRecord      *record,
                  GError          **error)
{
  const StoreKind *kind = store_record_get_kind (record);
  guint64 changed = store_record_get_changed (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];
      const StoreValue *value = store_record_get_value (record, field->name);

      if (field->type == STORE_FIELD_REFERENCE && (changed & BIT (field->id)) &&
          value->type != STORE_VALUE_NULL && !check_reference (self, field, value, error))
        return FALSE;
    }
  return TRUE;
}

/* An amount without a currency is in that of the business. */
static gboolean
complete_currency (StoreTransaction *self,
                   StoreRecord      *record,
                   GError          **error)
{
  const StoreKind *kind = store_record_get_kind (record);
  gboolean amount = FALSE;
  const StoreField *currency = NULL;
  StoreValue name = store_value_text ("currency");
  g_autoptr (StoreRecord) setting = NULL;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].type == STORE_FIELD_CURRENCY)
        currency = &kind->fields[i];
      if (kind->fields[i].type == STORE_FIELD_MONEY &&
          store_record_get_value (record, kind->fields[i].name)->type != STORE_VALUE_NULL)
        amount = TRUE;
    }
  if (!amount || currency == NULL || store_record_get_text (record, currency->name))
    return TRUE;

  setting = store_transaction_find (self, store_catalog_find ("setting"), "name", &name, error);
  if (setting == NULL)
    return error == NULL || *error == NULL;
  store_record_set_text (record, currency->name, store_record_get_text (setting, "value"));
  return TRUE;
}

static gboolean
insert_record (StoreTransaction *self,
               StoreRecord      *record,
               const StoreId    *id,
               GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreTable *table = store_transaction_get_table (self, kind);
  const StoreValue *values = store_record_get_values (record);
  g_autoptr (StoreStatement) statement = NULL;
  StoreRowClock clock = { .last = writer->first_seq };
  guint8 packed[STORE_ROW_CLOCK_MAX_SIZE];
  guint64 mask = 0;
  gsize size;

  for (guint i = 0; i < kind->n_fields; i++)
    if (values[i].type != STORE_VALUE_NULL)
      mask |= BIT (kind->fields[i].id);
  store_row_clock_set (&clock, store_kind_get_groups (kind, mask), writer->stamp, writer->own);
  size = store_row_clock_pack (&clock, packed);

  statement = store_connection_prepare (writer->connection, table->insert_sql, error);
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  sqlite3_bind_blob (statement->handle, 2, packed, (int) size, SQLITE_STATIC);
  for (guint i = 0; i < kind->n_fields; i++)
    store_statement_bind_value (statement, (int) i + 3, &values[i]);
  if (!store_statement_run (statement, error))
    {
      if (sqlite3_extended_errcode (store_connection_get_handle (writer->connection)) !=
          SQLITE_CONSTRAINT_UNIQUE)
        return FALSE;
      g_clear_error (error);
      g_set_error (error, STORE_ERROR, STORE_ERROR_EXISTS, _("There is a %s of that id already."),
                   kind->name);
      return FALSE;
    }

  store_record_settle (record,
                       sqlite3_last_insert_rowid (store_connection_get_handle (writer->connection)),
                       id, store_value_blob (packed, size));
  return TRUE;
}

static gboolean
write_fields (StoreTransaction *self,
              StoreRecord      *record,
              guint64           mask,
              GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreTable *table = store_transaction_get_table (self, kind);
  const StoreValue *values = store_record_get_values (record);
  g_autoptr (StoreStatement) statement = NULL;
  int at = 3;
  gboolean done;

  statement = store_connection_prepare (writer->connection,
                                        store_writer_get_stamped_sql (writer, table, mask), error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, store_record_get_row (record));
  sqlite3_bind_int64 (statement->handle, 2, (gint64) store_kind_get_groups (kind, mask));
  for (guint i = 0; i < kind->n_fields; i++)
    if (mask & BIT (kind->fields[i].id))
      store_statement_bind_value (statement, at++, &values[i]);
  writer->capture.hint = store_kind_widen_mask (kind, mask);
  done = store_statement_run (statement, error);
  writer->capture.hint = 0;
  return done;
}

gboolean
store_transaction_update (StoreTransaction *self,
                          StoreRecord      *record,
                          GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreTable *table = store_transaction_get_table (self, kind);
  guint64 changed = store_record_get_changed (record);
  StoreChange *change;

  if (changed == 0)
    return TRUE;
  if (!write_fields (self, record, changed, error))
    return FALSE;

  change = store_capture_find (&writer->capture, table, store_record_get_row (record));
  if (change == NULL)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("The %s is not there any more."),
                   kind->name);
      return FALSE;
    }
  if (change->shown_clock.type == STORE_VALUE_NULL && !change->inserted &&
      !store_value_equal (store_record_get_clock (record), &change->old_clock))
    {
      change->shown_clock = store_arena_keep (&writer->capture.arena,
                                              store_record_get_clock (record));
      /* A group is written as it was seen: half of one address and half of another is none. */
      if (!write_fields (self, record, store_kind_widen_mask (kind, changed), error))
        return FALSE;
    }
  store_record_settle (record, change->n, &change->id, change->new_clock);
  return TRUE;
}

/* The id that every device gives the same thing; FALSE for a kind whose records are each their own. */
static gboolean
derive_id (StoreRecord *record,
           StoreId     *id)
{
  const StoreKind *kind = store_record_get_kind (record);

  if (kind->key)
    {
      g_autofree char *folded = g_utf8_casefold (store_record_get_text (record, kind->key), -1);
      g_autofree char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);

      store_id_init_from_name (id, kind->name, normal);
      return TRUE;
    }
  if (kind->pair)
    {
      StoreId a, b;

      store_record_get_reference (record, kind->pair[0], &a);
      store_record_get_reference (record, kind->pair[1], &b);
      store_id_init_from_pair (id, kind->name, &a, &b);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_there (StoreTransaction *self,
          const StoreKind  *kind,
          const StoreId    *id,
          gboolean         *there,
          gboolean         *trashed,
          GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT trashed FROM \"%s\" WHERE id = ?1", kind->name);
  g_autoptr (StoreStatement) statement = NULL;

  statement = store_connection_prepare (self->writer->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, there, error))
    return FALSE;
  *trashed = *there && sqlite3_column_int (statement->handle, 0) != 0;
  return TRUE;
}

/* What is made twice is one: it comes back from the trash and takes the new values. */
static gboolean
save_over (StoreTransaction *self,
           StoreRecord      *record,
           const StoreId    *id,
           gboolean          trashed,
           GError          **error)
{
  const StoreKind *kind = store_record_get_kind (record);
  const StoreValue *values = store_record_get_values (record);
  g_autoptr (StoreRecord) there = NULL;

  if (trashed && !store_transaction_restore (self, kind, id, error))
    return FALSE;
  there = store_transaction_load (self, kind, id, error);
  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < kind->n_fields; i++)
    if (values[i].type != STORE_VALUE_NULL && !(kind->key && g_str_equal (kind->fields[i].name, kind->key)))
      store_record_set_value (there, kind->fields[i].name, &values[i]);
  if (!store_transaction_update (self, there, error))
    return FALSE;
  for (guint i = 0; i < kind->n_fields; i++)
    store_record_set_value (record, kind->fields[i].name,
                            store_record_get_value (there, kind->fields[i].name));
  store_record_settle (record, store_record_get_row (there), id, *store_record_get_clock (there));
  return TRUE;
}

/**
 * store_transaction_save:
 * @self: a transaction
 * @record: a new record, or one that was loaded and changed
 * @error: %STORE_ERROR_INVALID for a missing or bad value, %STORE_ERROR_NOT_FOUND for a reference
 *   to nothing
 *
 * Writes what differs from what was loaded. Where the store holds a later value of the same field
 * than the record showed, both stay, as a clash. Afterwards @record is what the store holds.
 * Writer thread.
 */
gboolean
store_transaction_save (StoreTransaction *self,
                        StoreRecord      *record,
                        GError          **error)
{
  StoreId id;
  gboolean there, trashed;

  g_return_val_if_fail (self != NULL && STORE_IS_RECORD (record), FALSE);

  if (!check_required (record, error) || !check_references (self, record, error) ||
      !complete_currency (self, record, error))
    return FALSE;
  if (!store_record_is_new (record))
    return store_transaction_update (self, record, error);

  id = *store_record_get_id (record);
  if (!derive_id (record, &id))
    return insert_record (self, record, &id, error);
  if (!is_there (self, store_record_get_kind (record), &id, &there, &trashed, error))
    return FALSE;
  return there ? save_over (self, record, &id, trashed, error)
               : insert_record (self, record, &id, error);
}
