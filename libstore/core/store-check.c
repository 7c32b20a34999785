/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log is the truth and everything else follows from it, so a check is: apply the log, row by
 * row, to an empty store, and compare. What differs is named: a record and its field, a clock, an
 * entry of the log, a head, an open delete, the digest. The scratch store is SQLite's own temporary
 * file; the real one is only read.
 */
#include "config.h"

#include "store-check.h"

#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-log-reader.h"
#include "store-merge.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define MAX_PROBLEMS 100

typedef struct
{
  StoreConnection *connection;
  StoreWriter *scratch;
  GPtrArray *problems;
  StoreProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
} Check;

static void G_GNUC_PRINTF (2, 3)
report (Check      *self,
        const char *format,
        ...)
{
  va_list arguments;

  if (self->problems->len >= MAX_PROBLEMS)
    return;
  va_start (arguments, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
is_stopped (Check   *self,
            GError **error)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped."));
  return TRUE;
}

/* The scratch store calls the devices by the same numbers. */
static gboolean
copy_streams (Check   *self,
              GError **error)
{
  g_autoptr (StoreStatement) list = NULL;
  g_autoptr (StoreStatement) insert = NULL;
  gboolean row = TRUE;
  gint64 own;

  if (!store_connection_execute (self->scratch->connection, "DELETE FROM stream", error) ||
      !store_connection_get_number (self->connection, "SELECT own FROM store_state", &own, error))
    return FALSE;
  list = store_connection_prepare (self->connection, "SELECT idx, id FROM stream", error);
  insert = store_connection_prepare (self->scratch->connection,
                                     "INSERT INTO stream (idx, id) VALUES (?1, ?2)", error);
  if (list == NULL || insert == NULL)
    return FALSE;
  while (row)
    {
      if (!store_statement_step (list, &row, error))
        return FALSE;
      if (!row)
        break;
      sqlite3_bind_int64 (insert->handle, 1, sqlite3_column_int64 (list->handle, 0));
      sqlite3_bind_blob (insert->handle, 2, sqlite3_column_blob (list->handle, 1),
                         sqlite3_column_bytes (list->handle, 1), SQLITE_TRANSIENT);
      if (!store_statement_run (insert, error))
        return FALSE;
    }
  store_statement_release (g_steal_pointer (&insert));
  insert = store_connection_prepare (self->scratch->connection, "UPDATE store_state SET own = ?1",
                                     error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert->handle, 1, own);
  return store_statement_run (insert, error);
}

static void
compare_backs (Check               *self,
               StoreLogTransaction *transaction,
               GPtrArray           *backs)
{
  for (guint i = 0; i < backs->len; i++)
    {
      GByteArray *wanted = g_ptr_array_index (backs, i);
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (transaction->backs, i), &size);

      if (size != wanted->len || (size > 0 && memcmp (data, wanted->data, size) != 0))
        report (self, _("Log row %" PRIu64 ": its pointers into the past are wrong."),
                transaction->seq + i);
    }
}

static gboolean
replay (Check               *self,
        StoreLogTransaction *transaction,
        GError             **error)
{
  StoreWriter *scratch = self->scratch;
  g_autoptr (GPtrArray) backs = NULL;

  if (transaction->parts->len == 0)
    return TRUE;
  scratch->seq = transaction->seq - 1;
  scratch->first_seq = transaction->seq;
  backs = store_merge_transaction (scratch, transaction->parts, error);
  if (backs == NULL)
    return FALSE;
  compare_backs (self, transaction, backs);
  for (guint i = 0; i < transaction->parts->len; i++)
    {
      const StoreEntry *part = g_ptr_array_index (transaction->parts, i);

      if (!store_writer_append_log (scratch, transaction->stream, part->number, 0, part->group,
                                    part->body, g_ptr_array_index (backs, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Finds log rows whose bytes are not those that were written, before they are believed. */
static gboolean
check_sums (Check   *self,
            GError **error)
{
  g_autoptr (StoreStatement) list = NULL;
  gboolean row = TRUE;
  gint64 expected = 1;

  list = store_connection_prepare (self->connection,
                                   "SELECT seq, body, back, sum, state FROM log ORDER BY seq",
                                   error);
  if (list == NULL)
    return FALSE;
  while (row)
    {
      const StoreStreamId nobody = { 0 };
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) entry = NULL;
      gint64 seq;

      if (is_stopped (self, error) || !store_statement_step (list, &row, error))
        return FALSE;
      if (!row)
        break;
      seq = sqlite3_column_int64 (list->handle, 0);
      body = store_statement_dup_bytes (list, 1);
      if (seq != expected)
        report (self, _("Log rows %" PRId64 " to %" PRId64 " are missing."),
                expected, seq - 1);
      expected = seq + 1;
      if (store_writer_sum (body, sqlite3_column_blob (list->handle, 2),
                            (gsize) sqlite3_column_bytes (list->handle, 2)) !=
          sqlite3_column_int64 (list->handle, 3))
        report (self, _("Log row %" PRId64 ": its bytes were changed."), seq);
      entry = store_entry_decode (body, &nobody, NULL);
      if (entry == NULL && sqlite3_column_int (list->handle, 4) == 0)
        report (self, _("Log row %" PRId64 ": it cannot be read."), seq);
    }
  return TRUE;
}

static gboolean
replay_log (Check   *self,
            GError **error)
{
  g_autoptr (StoreStatement) list = NULL;
  gboolean row = TRUE;
  gint64 n_rows, before = 0;
  guint64 done_until = 0;

  if (!store_connection_get_number (self->connection, "SELECT max(seq) FROM log", &n_rows, error))
    return FALSE;
  list = store_connection_prepare (self->connection,
                                   "SELECT seq FROM log WHERE state = 0 ORDER BY seq", error);
  if (list == NULL)
    return FALSE;
  while (row)
    {
      g_autoptr (StoreLogTransaction) transaction = NULL;
      guint64 seq;

      if (is_stopped (self, error) || !store_statement_step (list, &row, error))
        return FALSE;
      if (!row)
        break;
      seq = (guint64) sqlite3_column_int64 (list->handle, 0);
      if (seq <= done_until)
        continue;
      transaction = store_log_transaction_load (self->connection, seq, error);
      if (transaction == NULL || !replay (self, transaction, error))
        return FALSE;
      done_until = seq + MAX (transaction->parts->len, 1) - 1;
      if (self->progress && (gint64) seq - before > n_rows / 100)
        {
          before = (gint64) seq;
          self->progress (.9 * (double) seq / (double) n_rows, self->data);
        }
    }
  return TRUE;
}

static void
compare_row (Check            *self,
             const StoreTable *table,
             StoreStatement   *real,
             StoreStatement   *wanted,
             const StoreId    *id)
{
  g_autofree char *text = store_id_to_string (id);

  for (guint i = 0; i < table->kind->n_fields + 2; i++)
    {
      StoreValue left = store_statement_get_value (real, (int) i + 1);
      StoreValue right = store_statement_get_value (wanted, (int) i + 1);

      if (store_value_equal (&left, &right))
        continue;
      if (i == 0)
        report (self,
                left.integer ? _("%s %s: it is in the trash, against the log.")
                             : _("%s %s: it is not in the trash, against the log."),
                table->kind->name, text);
      else if (i == 1)
        report (self, _("%s %s: its clock is not what the log says."), table->kind->name, text);
      else
        report (self, _("%s %s: the field “%s” is not what the log says."), table->kind->name,
                text, table->kind->fields[i - 2].name);
    }
}

static StoreStatement *
select_rows (StoreConnection  *connection,
             const StoreTable *table,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, trashed, clock, %s FROM \"%s\" ORDER BY id",
                                          table->columns, table->kind->name);

  return store_connection_prepare (connection, sql, error);
}

static gboolean
compare_table (Check            *self,
               const StoreTable *table,
               GError          **error)
{
  g_autoptr (StoreStatement) real = select_rows (self->connection, table, error);
  g_autoptr (StoreStatement) wanted = NULL;
  gboolean has_real, has_wanted;

  if (real == NULL)
    return FALSE;
  wanted = select_rows (self->scratch->connection, table, error);
  if (wanted == NULL || !store_statement_step (real, &has_real, error) ||
      !store_statement_step (wanted, &has_wanted, error))
    return FALSE;
  while (has_real || has_wanted)
    {
      StoreId left = { 0 };
      StoreId right = { 0 };
      gboolean step_real = has_real;
      gboolean step_wanted = has_wanted;
      int order;

      if (has_real)
        store_statement_get_id (real, 0, &left);
      if (has_wanted)
        store_statement_get_id (wanted, 0, &right);
      order = !has_real ? 1 : !has_wanted ? -1 : store_id_compare (&left, &right);
      if (order == 0)
        {
          compare_row (self, table, real, wanted, &left);
        }
      else
        {
          g_autofree char *text = store_id_to_string (order < 0 ? &left : &right);

          report (self, order < 0 ? _("%s %s: it is in no entry of the log.")
                                  : _("%s %s: it is in the log, but the record is gone."),
                  table->kind->name, text);
          step_real = order < 0;
          step_wanted = order > 0;
        }
      if ((step_real && !store_statement_step (real, &has_real, error)) ||
          (step_wanted && !store_statement_step (wanted, &has_wanted, error)))
        return FALSE;
    }
  return TRUE;
}

/* Tables that are wholly derived from the log: the same rows, or not. */
static gboolean
compare_derived (Check      *self,
                 const char *sql,
                 const char *sentence,
                 GError    **error)
{
  g_autoptr (StoreStatement) real = store_connection_prepare (self->connection, sql, error);
  g_autoptr (StoreStatement) wanted = NULL;
  gboolean has_real = TRUE;
  gboolean has_wanted = TRUE;

  if (real == NULL)
    return FALSE;
  wanted = store_connection_prepare (self->scratch->connection, sql, error);
  if (wanted == NULL)
    return FALSE;
  while (has_real || has_wanted)
    {
      if (!store_statement_step (real, &has_real, error) ||
          !store_statement_step (wanted, &has_wanted, error))
        return FALSE;
      for (int i = 0; has_real && has_wanted && i < sqlite3_column_count (real->handle); i++)
        {
          StoreValue left = store_statement_get_value (real, i);
          StoreValue right = store_statement_get_value (wanted, i);

          if (!store_value_equal (&left, &right))
            has_wanted = FALSE;
        }
      if (has_real != has_wanted)
        {
          report (self, "%s", sentence);
          return TRUE;
        }
    }
  return TRUE;
}

/* The digest as its rows make it, beside the one that is kept with each write. */
static gboolean
recount_digest (Check       *self,
                StoreDigest *digest,
                GError     **error)
{
  *digest = (StoreDigest){ 0 };
  for (guint i = 0; i < self->scratch->tables->n_tables; i++)
    {
      const StoreTable *table = &self->scratch->tables->tables[i];
      g_autoptr (StoreStatement) list = select_rows (self->connection, table, error);
      gboolean row = list != NULL;

      if (list == NULL)
        return FALSE;
      while (row)
        {
          StoreId id;

          if (is_stopped (self, error) || !store_statement_step (list, &row, error))
            return FALSE;
          if (!row || sqlite3_column_int (list->handle, 1) != 0 ||
              !store_statement_get_id (list, 0, &id))
            continue;
          for (guint j = 0; j < table->kind->n_fields; j++)
            {
              StoreValue value = store_statement_get_value (list, (int) j + 3);

              store_digest_add (digest, table->kind->id, &id, table->kind->fields[j].id, &value);
            }
        }
    }
  return TRUE;
}

static gboolean
check_digest (Check   *self,
              GError **error)
{
  g_autoptr (StoreStatement) find = NULL;
  guint8 bytes[STORE_DIGEST_SIZE];
  StoreDigest recounted;
  gboolean row;

  if (!recount_digest (self, &recounted, error))
    return FALSE;
  store_digest_get_bytes (&recounted, bytes);
  find = store_connection_prepare (self->connection, "SELECT digest FROM store_state", error);
  if (find == NULL || !store_statement_step (find, &row, error))
    return FALSE;
  if (!row || sqlite3_column_bytes (find->handle, 0) != STORE_DIGEST_SIZE ||
      memcmp (sqlite3_column_blob (find->handle, 0), bytes, sizeof bytes) != 0)
    report (self, _("The digest is not the sum of the records."));
  return TRUE;
}

static gboolean
check_file (Check   *self,
            GError **error)
{
  g_autoptr (StoreStatement) pragma = NULL;
  gboolean row = TRUE;

  pragma = store_connection_prepare (self->connection, "PRAGMA integrity_check (10)", error);
  if (pragma == NULL)
    return FALSE;
  while (row)
    {
      const char *line;

      if (!store_statement_step (pragma, &row, error))
        return FALSE;
      line = row ? (const char *) sqlite3_column_text (pragma->handle, 0) : NULL;
      if (line && !g_str_equal (line, "ok"))
        report (self, _("The file: %s"), line);
    }
  return TRUE;
}

static gboolean
compare_all (Check   *self,
             GError **error)
{
  for (guint i = 0; i < self->scratch->tables->n_tables; i++)
    if (is_stopped (self, error) ||
        !compare_table (self, &self->scratch->tables->tables[i], error))
      return FALSE;
  return compare_derived (self, "SELECT kind, id, grp, stamp, stream, body FROM head"
                          " ORDER BY kind, id, grp, stamp, stream",
                          _("The clashes are not those that the log makes."), error) &&
         compare_derived (self, "SELECT kind, id, stamp, stream, number FROM trash"
                          " ORDER BY kind, id, stamp, stream",
                          _("The open deletes are not those that the log makes."), error) &&
         compare_derived (self, "SELECT stream, other, number FROM seen ORDER BY stream, other",
                          _("What the devices had seen is not what the log says."), error);
}

static gboolean
run_check (StoreConnection *connection,
           gpointer         data,
           GError         **error)
{
  Check *self = data;

  self->connection = connection;
  self->scratch = store_writer_open ("", STORE_CONNECTION_CREATE, error);
  if (self->scratch == NULL || !check_file (self, error) || !check_sums (self, error) ||
      !copy_streams (self, error) || !store_writer_reload_streams (self->scratch, error) ||
      !store_writer_begin (self->scratch, STORE_CAPTURE_MERGE, NULL, error) ||
      !replay_log (self, error))
    return FALSE;
  return compare_all (self, error) && check_digest (self, error);
}

GPtrArray *
store_check (StoreDatabase    *database,
             StoreProgressFunc progress,
             gpointer          data,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Check check = { NULL, NULL, problems, progress, data, cancellable };
  gboolean done;

  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  done = store_database_read (database, run_check, &check, error);
  g_clear_pointer (&check.scratch, store_writer_free);
  return done ? g_steal_pointer (&problems) : NULL;
}
