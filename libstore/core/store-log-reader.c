/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-log-reader.h"

#include "store-entry-private.h"
#include "store-error.h"

#include <glib/gi18n-lib.h>

void
store_log_transaction_free (StoreLogTransaction *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->backs, g_ptr_array_unref);
  g_free (self->group);
  g_free (self);
}

static void
name_group (StoreLogTransaction *self)
{
  const StoreEntry *first = g_ptr_array_index (self->parts, 0);

  self->group = first->group ? g_strdup (first->group)
                             : store_entry_name_single_group (&first->stream, first->number);
}

/* Returns: (transfer full): the transaction that begins in log row @seq. A record that does not
 * decode is a transaction without parts. */
StoreLogTransaction *
store_log_transaction_load (StoreConnection *connection,
                            guint64          seq,
                            GError         **error)
{
  g_autoptr (StoreLogTransaction) self = g_new0 (StoreLogTransaction, 1);
  g_autoptr (StoreStatement) find = NULL;
  gboolean row = TRUE;
  gboolean last = FALSE;

  self->seq = seq;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) store_entry_free);
  self->backs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  find = store_connection_prepare (connection,
                                   "SELECT l.stream, l.body, l.back, s.id, l.number FROM log l"
                                   " JOIN stream s ON s.idx = l.stream WHERE l.seq >= ?1"
                                   " ORDER BY l.seq",
                                   error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_int64 (find->handle, 1, (gint64) seq);
  while (!last)
    {
      g_autoptr (GBytes) body = NULL;
      StoreStreamId stream;
      StoreEntry *entry;

      if (!store_statement_step (find, &row, error))
        return NULL;
      if (!row)
        break;
      body = store_statement_dup_bytes (find, 1);
      memcpy (stream.bytes, sqlite3_column_blob (find->handle, 3), sizeof stream.bytes);
      self->stream = (guint32) sqlite3_column_int64 (find->handle, 0);
      entry = store_entry_decode (body, &stream, NULL);
      if (entry == NULL)
        break;
      last = entry->last;
      g_ptr_array_add (self->parts, entry);
      g_ptr_array_add (self->backs, store_statement_dup_bytes (find, 2));
    }
  if (self->parts->len > 0)
    name_group (self);
  else if (!row)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("That part of the history is not on this device."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
store_log_transaction_find_before (StoreConnection *connection,
                                   guint64          seq,
                                   guint64         *before,
                                   GError         **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean row = TRUE;

  *before = 0;
  find = store_connection_prepare (connection,
                                   "SELECT seq, body FROM log WHERE seq < ?1 ORDER BY seq DESC",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_int64 (find->handle, 1, (gint64) seq);
  while (row)
    {
      const StoreStreamId nobody = { 0 };
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) entry = NULL;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      if (!row)
        break;
      body = store_statement_dup_bytes (find, 1);
      entry = store_entry_decode (body, &nobody, NULL);
      if (entry && entry->part > 0)
        continue;
      *before = (guint64) sqlite3_column_int64 (find->handle, 0);
      break;
    }
  return TRUE;
}

static gboolean
gather_group (StoreConnection *connection,
              StoreStatement  *find,
              GArray          *seqs,
              GError         **error)
{
  gboolean row = TRUE;

  while (row)
    {
      const StoreStreamId nobody = { 0 };
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) entry = NULL;
      guint64 seq;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      if (!row)
        break;
      seq = (guint64) sqlite3_column_int64 (find->handle, 0);
      body = store_statement_dup_bytes (find, 1);
      entry = store_entry_decode (body, &nobody, NULL);
      if (entry && entry->part == 0)
        g_array_append_val (seqs, seq);
    }
  return TRUE;
}

GArray *
store_log_group_find (StoreConnection *connection,
                      const char      *group,
                      GError         **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (StoreStatement) find = NULL;
  StoreStreamId stream;
  guint64 number;
  StoreId id;

  if (store_id_parse (&id, group))
    {
      find = store_connection_prepare (connection,
                                       "SELECT seq, body FROM log WHERE grp = ?1 ORDER BY seq",
                                       error);
      if (find)
        store_statement_bind_id (find, 1, &id);
    }
  else if (store_entry_parse_single_group (group, &stream, &number))
    {
      find = store_connection_prepare (connection,
                                       "SELECT l.seq, l.body FROM log l JOIN stream s"
                                       " ON s.idx = l.stream WHERE s.id = ?1 AND l.number = ?2",
                                       error);
      if (find)
        {
          sqlite3_bind_blob (find->handle, 1, stream.bytes, sizeof stream.bytes, SQLITE_STATIC);
          sqlite3_bind_int64 (find->handle, 2, (gint64) number);
        }
    }
  else
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is no group of changes; take one from the history."), group);
      return NULL;
    }
  if (find == NULL || !gather_group (connection, find, seqs, error))
    return NULL;
  if (seqs->len == 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no group of changes “%s”."), group);
      return NULL;
    }
  return g_steal_pointer (&seqs);
}

const StoreEntryRow *
store_log_transaction_find_row (StoreLogTransaction *self,
                                guint                kind,
                                const StoreId       *id,
                                guint64             *before)
{
  const StoreEntryRow *found = NULL;

  *before = 0;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const StoreEntry *entry = g_ptr_array_index (self->parts, i);
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (self->backs, i), &size);
      StoreUnpacker in = store_unpacker (data, size);

      for (guint j = 0; j < entry->n_rows; j++)
        {
          guint64 back = store_unpack_number (&in);

          if (entry->rows[j].kind != kind || !store_id_equal (&entry->rows[j].id, id))
            continue;
          if (found == NULL)
            found = &entry->rows[j];
          *before = MAX (*before, back);
        }
    }
  return found;
}
