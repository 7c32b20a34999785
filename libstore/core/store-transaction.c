/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-transaction-private.h"

#include "store-catalog.h"
#include "store-error.h"
#include "store-heads.h"
#include "store-merge.h"
#include "store-record-private.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

static const StoreTable *
get_table (StoreTransaction *self,
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
                                        get_table (self, kind)->record_sql, error);
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
  const StoreTable *table = get_table (self, kind);
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
update_record (StoreTransaction *self,
               StoreRecord      *record,
               GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreTable *table = get_table (self, kind);
  const StoreValue *values = store_record_get_values (record);
  guint64 changed = store_record_get_changed (record);
  g_autoptr (StoreStatement) statement = NULL;
  StoreChange *change;
  int at = 3;
  gboolean done;

  if (changed == 0)
    return TRUE;

  statement = store_connection_prepare (writer->connection,
                                        store_writer_get_stamped_sql (writer, table, changed),
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, store_record_get_row (record));
  sqlite3_bind_int64 (statement->handle, 2, (gint64) store_kind_get_groups (kind, changed));
  for (guint i = 0; i < kind->n_fields; i++)
    if (changed & BIT (kind->fields[i].id))
      store_statement_bind_value (statement, at++, &values[i]);
  writer->capture.hint = store_kind_widen_mask (kind, changed);
  done = store_statement_run (statement, error);
  writer->capture.hint = 0;
  if (!done)
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
    change->shown_clock = store_arena_keep (&writer->capture.arena,
                                            store_record_get_clock (record));
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
  if (!update_record (self, there, error))
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
    return update_record (self, record, error);

  id = *store_record_get_id (record);
  if (!derive_id (record, &id))
    return insert_record (self, record, &id, error);
  if (!is_there (self, store_record_get_kind (record), &id, &there, &trashed, error))
    return FALSE;
  return there ? save_over (self, record, &id, trashed, error)
               : insert_record (self, record, &id, error);
}

/* The record and everything that hangs on it, children after parents. */
static gboolean
gather (StoreTransaction *self,
        const StoreTable *table,
        const StoreId    *id,
        GHashTable       *seen,
        GPtrArray        *found,
        GError          **error)
{
  StoreRecord *record;

  if (g_hash_table_contains (seen, id))
    return TRUE;
  record = store_transaction_load (self, table->kind, id, error);
  if (record == NULL)
    return FALSE;
  g_ptr_array_add (found, record);
  g_hash_table_add (seen, (gpointer) store_record_get_id (record));

  for (guint i = 0; i < self->writer->tables->n_tables; i++)
    {
      const StoreTable *child = &self->writer->tables->tables[i];

      for (guint j = 0; j < child->kind->n_fields; j++)
        {
          const StoreField *field = &child->kind->fields[j];
          StoreValue value = store_value_id (id);
          g_autoptr (GPtrArray) children = NULL;

          if (!(child->parents & BIT (field->id)) ||
              !g_str_equal (field->refers, table->kind->name))
            continue;
          children = store_transaction_find_all (self, child->kind, field->name, &value, error);
          if (children == NULL)
            return FALSE;
          for (guint k = 0; k < children->len; k++)
            if (!gather (self, child, store_record_get_id (g_ptr_array_index (children, k)), seen,
                         found, error))
              return FALSE;
        }
    }
  return TRUE;
}

static gboolean
trash_row (StoreTransaction *self,
           StoreRecord      *record,
           GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreId *id = store_record_get_id (record);
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) insert = NULL;
  g_autoptr (StoreStatement) update = NULL;

  sql = g_strdup_printf ("UPDATE \"%s\" SET trashed = 1, clock = store_stamp (clock, 0)"
                         " WHERE id = ?1",
                         kind->name);
  insert = store_connection_prepare (writer->connection,
                                     "INSERT OR IGNORE INTO trash VALUES (?1, ?2, ?3, ?4, ?5)",
                                     error);
  update = store_connection_prepare (writer->connection, sql, error);
  if (insert == NULL || update == NULL)
    return FALSE;
  sqlite3_bind_int (insert->handle, 1, (int) kind->id);
  store_statement_bind_id (insert, 2, id);
  sqlite3_bind_int64 (insert->handle, 3, (gint64) writer->stamp);
  sqlite3_bind_int64 (insert->handle, 4, writer->own);
  sqlite3_bind_int64 (insert->handle, 5, (gint64) writer->number + 1);
  store_statement_bind_id (update, 1, id);
  if (!store_statement_run (insert, error) || !store_statement_run (update, error))
    return FALSE;
  store_capture_touch (&writer->capture, get_table (self, kind), store_record_get_row (record),
                       id)->deleted = TRUE;
  writer->trash_used = TRUE;
  return TRUE;
}

/**
 * store_transaction_delete:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Puts the record and what hangs on it (by the references that the catalog marks) into the trash.
 * What is there already stays. Writer thread.
 */
gboolean
store_transaction_delete (StoreTransaction *self,
                          const StoreKind  *kind,
                          const StoreId    *id,
                          GError          **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (store_id_hash, store_id_equal);

  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, FALSE);

  if (!gather (self, get_table (self, kind), id, seen, found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (found, i);

      if (!store_record_is_trashed (record) && !trash_row (self, record, error))
        return FALSE;
    }
  return TRUE;
}

static GArray *
list_deletes (StoreTransaction *self,
              const StoreKind  *kind,
              const StoreId    *id,
              GError          **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  g_autoptr (StoreStatement) find = NULL;
  gboolean row = TRUE;

  find = store_connection_prepare (self->writer->connection,
                                   "SELECT stamp, stream FROM trash WHERE kind = ?1 AND id = ?2"
                                   " ORDER BY stamp, stream",
                                   error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_int (find->handle, 1, (int) kind->id);
  store_statement_bind_id (find, 2, id);
  while (row)
    {
      StoreWriteMark mark;

      if (!store_statement_step (find, &row, error))
        return NULL;
      if (!row)
        break;
      mark.stamp = (guint64) sqlite3_column_int64 (find->handle, 0);
      mark.stream = *store_writer_get_stream (self->writer,
                                              (guint32) sqlite3_column_int64 (find->handle, 1));
      g_array_append_val (marks, mark);
    }
  return g_steal_pointer (&marks);
}

/* Every record that one of @marks covers is told so in its own history. */
static gboolean
note_restored (StoreTransaction *self,
               GArray           *marks,
               GError          **error)
{
  StoreWriter *writer = self->writer;
  g_autoptr (StoreStatement) find = NULL;

  find = store_connection_prepare (writer->connection,
                                   "SELECT kind, id FROM trash WHERE stamp = ?1 AND stream = ?2",
                                   error);
  if (find == NULL)
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    {
      const StoreWriteMark *mark = &g_array_index (marks, StoreWriteMark, i);
      gboolean row = TRUE;
      guint32 stream;

      if (!store_writer_number_stream (writer, &mark->stream, &stream, error))
        return FALSE;
      sqlite3_reset (find->handle);
      sqlite3_bind_int64 (find->handle, 1, (gint64) mark->stamp);
      sqlite3_bind_int64 (find->handle, 2, stream);
      while (row)
        {
          const StoreTable *table;
          g_autofree char *sql = NULL;
          g_autoptr (StoreStatement) stamp = NULL;
          g_autoptr (StoreRecord) record = NULL;
          StoreChange *change;
          StoreId id;

          if (!store_statement_step (find, &row, error))
            return FALSE;
          if (!row)
            break;
          table = store_table_set_find_by_id (writer->tables,
                                              (guint) sqlite3_column_int (find->handle, 0));
          if (table == NULL || !store_statement_get_id (find, 1, &id))
            continue;
          sql = g_strdup_printf ("UPDATE \"%s\" SET clock = store_stamp (clock, 0) WHERE id = ?1",
                                 table->kind->name);
          stamp = store_connection_prepare (writer->connection, sql, error);
          record = stamp ? store_transaction_load (self, table->kind, &id, error) : NULL;
          if (record == NULL)
            return FALSE;
          store_statement_bind_id (stamp, 1, &id);
          if (!store_statement_run (stamp, error))
            return FALSE;
          change = store_capture_touch (&writer->capture, table, store_record_get_row (record),
                                        &id);
          change->restored = TRUE;
          if (change->ended == NULL)
            change->ended = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
          g_array_append_val (change->ended, *mark);
        }
    }
  return TRUE;
}

/**
 * store_transaction_restore:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Ends every delete that covers the record: it comes back with all that went along with it.
 * Nothing happens to one that is not in the trash. Writer thread.
 */
gboolean
store_transaction_restore (StoreTransaction *self,
                           const StoreKind  *kind,
                           const StoreId    *id,
                           GError          **error)
{
  g_autoptr (StoreRecord) record = NULL;
  g_autoptr (GArray) marks = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, FALSE);

  record = store_transaction_load (self, kind, id, error);
  if (record == NULL)
    return FALSE;
  marks = list_deletes (self, kind, id, error);
  if (marks == NULL || !note_restored (self, marks, error))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    if (!store_merge_end_delete (self->writer, &g_array_index (marks, StoreWriteMark, i), error))
      return FALSE;
  return TRUE;
}

static int
compare_heads (gconstpointer a,
               gconstpointer b)
{
  const StoreHead *left = *(const StoreHead *const *) a;
  const StoreHead *right = *(const StoreHead *const *) b;

  return store_write_mark_compare (&right->mark, &left->mark);
}

static StoreHead *
load_winner (StoreConnection  *connection,
             GArray           *streams,
             const StoreTable *table,
             const StoreId    *id,
             guint             group,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT clock, %s FROM \"%s\" WHERE id = ?1",
                                          table->columns, table->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  const StoreClockClass *class = NULL;
  StoreRowClock clock;
  StoreHead *head;
  StoreValue packed;
  gboolean row;

  if (statement == NULL)
    return NULL;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &row, error))
    return NULL;
  packed = row ? store_statement_get_value (statement, 0) : STORE_VALUE_INIT;
  if (packed.type == STORE_VALUE_BLOB &&
      store_row_clock_unpack (&clock, packed.data, packed.length))
    class = store_row_clock_find (&clock, group);
  if (class == NULL)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("This clash is settled already."));
      return NULL;
    }

  head = g_new0 (StoreHead, 1);
  head->mark.stamp = class->stamp;
  head->stream = class->stream;
  if (class->stream < streams->len)
    head->mark.stream = g_array_index (streams, StoreStreamId, class->stream);
  head->values = store_head_values_new ();
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (store_field_get_group (&table->kind->fields[i]) == group)
      {
        StoreValue value = store_statement_get_value (statement, (int) i + 1);
        StoreValue copy = store_value_copy (&value);

        g_array_append_val (head->values, copy);
      }
  return head;
}

GPtrArray *
store_transaction_list_sides (StoreConnection  *connection,
                              GArray           *streams,
                              const StoreTable *table,
                              const StoreId    *id,
                              guint             group,
                              GError          **error)
{
  g_autoptr (GPtrArray) sides = g_ptr_array_new_with_free_func ((GDestroyNotify) store_head_free);
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead *winner = load_winner (connection, streams, table, id, group, error);

  if (winner == NULL)
    return NULL;
  g_ptr_array_add (sides, winner);
  heads = store_heads_load (connection, streams, table, id, group, error);
  if (heads == NULL)
    return NULL;
  g_ptr_array_sort (heads, compare_heads);
  while (heads->len > 0)
    {
      StoreHead *head = g_ptr_array_steal_index (heads, 0);
      gboolean known = FALSE;

      for (guint i = 0; i < sides->len && !known; i++)
        known = store_head_equal (table, group, head, g_ptr_array_index (sides, i));
      if (known)
        store_head_free (head);
      else
        g_ptr_array_add (sides, head);
    }
  return g_steal_pointer (&sides);
}

/**
 * store_transaction_settle:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @group: the number of a contested field group
 * @choice: which of the clash's sides to keep, 0 for what the row shows
 * @error: %STORE_ERROR_NOT_FOUND where there is no such clash or side
 *
 * Writes the chosen value over every head of the group. Writer thread.
 */
gboolean
store_transaction_settle (StoreTransaction *self,
                          const StoreKind  *kind,
                          const StoreId    *id,
                          guint             group,
                          gint              choice,
                          GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreTable *table = get_table (self, kind);
  g_autoptr (GPtrArray) sides = NULL;
  g_autoptr (StoreRecord) record = NULL;
  StoreChange *change;
  const StoreHead *side;
  guint at = 0;

  sides = store_transaction_list_sides (writer->connection, writer->streams, table, id, group,
                                        error);
  if (sides == NULL)
    return FALSE;
  if (sides->len < 2 || choice < 0 || (guint) choice >= sides->len)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("This clash is settled already."));
      return FALSE;
    }
  record = store_transaction_load (self, kind, id, error);
  if (record == NULL)
    return FALSE;

  side = g_ptr_array_index (sides, choice);
  for (guint i = 0; i < kind->n_fields; i++)
    if (store_field_get_group (&kind->fields[i]) == group && at < side->values->len)
      store_record_set_value (record, kind->fields[i].name,
                              &g_array_index (side->values, StoreValue, at++));
  if (store_record_get_changed (record) == 0)
    {
      /* Even a choice for what the row shows is a write: it replaces the others. */
      change = store_capture_touch (&writer->capture, table, store_record_get_row (record), id);
      if (change->new_clock.type == STORE_VALUE_NULL)
        {
          change->old_clock = store_arena_keep (&writer->capture.arena,
                                                store_record_get_clock (record));
          change->new_clock = change->old_clock;
        }
    }
  else
    {
      if (!update_record (self, record, error))
        return FALSE;
      change = store_capture_find (&writer->capture, table, store_record_get_row (record));
    }
  change->settled |= BIT (group);
  return TRUE;
}
