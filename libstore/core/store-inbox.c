/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records wait in the inbox until the transaction is whole and everything that its writer had
 * seen is applied here; then they move into the log. Streams are gone round until none moves. A
 * record that does not decode is passed: it goes into the log as it is, marked, and counts as
 * applied, so that one bad record never stops a device.
 */
#include "config.h"

#include "store-inbox.h"

#include "store-merge.h"

#define STATE_APPLIED 0
#define STATE_QUARANTINED 2

gboolean
store_inbox_put (StoreWriter *writer,
                 guint32      stream,
                 guint64      number,
                 GBytes      *body,
                 GError     **error)
{
  g_autoptr (StoreStatement) put = NULL;

  put = store_connection_prepare (writer->connection, "INSERT INTO inbox VALUES (?1, ?2, ?3)",
                                  error);
  if (put == NULL)
    return FALSE;
  sqlite3_bind_int64 (put->handle, 1, stream);
  sqlite3_bind_int64 (put->handle, 2, (gint64) number);
  store_statement_bind_bytes (put, 3, body);
  return store_statement_run (put, error);
}

static gboolean
get_applied (StoreWriter *writer,
             guint32      stream,
             guint64     *number,
             GError     **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (writer->connection, "SELECT number FROM stream WHERE idx = ?1",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_int64 (find->handle, 1, stream);
  if (!store_statement_step (find, &row, error))
    return FALSE;
  *number = row ? (guint64) sqlite3_column_int64 (find->handle, 0) : 0;
  return TRUE;
}

static gboolean
set_applied (StoreWriter *writer,
             guint32      stream,
             guint64      number,
             GError     **error)
{
  g_autoptr (StoreStatement) update = NULL;
  g_autoptr (StoreStatement) clean = NULL;

  update = store_connection_prepare (writer->connection,
                                     "UPDATE stream SET number = ?1 WHERE idx = ?2", error);
  clean = store_connection_prepare (writer->connection,
                                    "DELETE FROM inbox WHERE number <= ?1 AND stream = ?2", error);
  if (update == NULL || clean == NULL)
    return FALSE;
  sqlite3_bind_int64 (update->handle, 1, (gint64) number);
  sqlite3_bind_int64 (update->handle, 2, stream);
  sqlite3_bind_int64 (clean->handle, 1, (gint64) number);
  sqlite3_bind_int64 (clean->handle, 2, stream);
  return store_statement_run (update, error) && store_statement_run (clean, error);
}

static gboolean
is_sight_here (StoreWriter      *writer,
               const StoreEntry *entry,
               gboolean         *here,
               GError          **error)
{
  *here = TRUE;
  for (guint i = 0; i < entry->n_seen && *here; i++)
    {
      guint64 applied;
      guint32 other;

      if (!store_writer_number_stream (writer, &entry->seen[i].stream, &other, error) ||
          !get_applied (writer, other, &applied, error))
        return FALSE;
      *here = applied >= entry->seen[i].number;
    }
  return TRUE;
}

gboolean
store_inbox_apply (StoreWriter *writer,
                   guint32      stream,
                   GPtrArray   *parts,
                   GError     **error)
{
  g_autoptr (GPtrArray) backs = NULL;

  writer->first_seq = writer->seq + 1;
  backs = store_merge_transaction (writer, parts, error);
  if (backs == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      StoreEntry *entry = g_ptr_array_index (parts, i);

      if (!store_writer_append_log (writer, stream, entry->number, STATE_APPLIED, entry->group,
                                    entry->body, g_ptr_array_index (backs, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Merges a run of records that continues what is applied, straight from memory, as long as
 * transactions are whole and their writers' sight is here; the rest goes into the inbox. */
gboolean
store_inbox_take_run (StoreWriter *writer,
                      guint32      stream,
                      guint64      first,
                      GPtrArray   *bodies,
                      StoreIntake *intake,
                      GError     **error)
{
  guint done = 0;
  gboolean here = TRUE;

  while (done < bodies->len && here)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) store_entry_free);
      gboolean whole = FALSE;

      for (guint at = done; at < bodies->len && !whole; at++)
        {
          StoreEntry *entry = store_entry_decode (g_ptr_array_index (bodies, at),
                                                  store_writer_get_stream (writer, stream), NULL);

          if (entry == NULL || entry->number != first + at || entry->part != parts->len)
            {
              g_clear_pointer (&entry, store_entry_free);
              break;
            }
          g_ptr_array_add (parts, entry);
          whole = entry->last;
        }
      if (!whole)
        break;
      if (!is_sight_here (writer, g_ptr_array_index (parts, 0), &here, error))
        return FALSE;
      if (!here)
        break;
      if (!store_inbox_apply (writer, stream, parts, error))
        return FALSE;
      done += parts->len;
      intake->applied++;
    }
  if (done > 0 && !set_applied (writer, stream, first + done - 1, error))
    return FALSE;
  for (guint at = done; at < bodies->len; at++)
    if (!store_inbox_put (writer, stream, first + at, g_ptr_array_index (bodies, at), error))
      return FALSE;
  return TRUE;
}

/* The parts of the next transaction, as far as they are here. An undecodable record stands alone:
 * it comes back as @damaged. */
static GPtrArray *
load_next (StoreWriter *writer,
           guint32      stream,
           guint64      after,
           gboolean    *whole,
           GBytes     **damaged,
           GError     **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) store_entry_free);
  g_autoptr (StoreStatement) next = NULL;
  gboolean row = TRUE;

  *whole = FALSE;
  *damaged = NULL;
  next = store_connection_prepare (writer->connection,
                                   "SELECT number, body FROM inbox WHERE stream = ?1"
                                   " AND number > ?2 ORDER BY number",
                                   error);
  if (next == NULL)
    return NULL;
  sqlite3_bind_int64 (next->handle, 1, stream);
  sqlite3_bind_int64 (next->handle, 2, (gint64) after);
  while (!*whole)
    {
      g_autoptr (GBytes) body = NULL;
      StoreEntry *entry;

      if (!store_statement_step (next, &row, error))
        return NULL;
      if (!row)
        break;
      body = store_statement_dup_bytes (next, 1);
      entry = store_entry_decode (body, store_writer_get_stream (writer, stream), NULL);
      /* A number or part that does not fit its place is damage too. */
      if (entry == NULL || entry->number != after + parts->len + 1 || entry->part != parts->len)
        {
          g_clear_pointer (&entry, store_entry_free);
          if (parts->len == 0)
            *damaged = g_steal_pointer (&body);
          else
            *whole = TRUE;
          break;
        }
      g_ptr_array_add (parts, entry);
      *whole = entry->last;
    }
  return g_steal_pointer (&parts);
}

static gboolean
pass_damaged (StoreWriter *writer,
              guint32      stream,
              guint64      number,
              GBytes      *body,
              GError     **error)
{
  g_autoptr (GByteArray) back = g_byte_array_new ();

  return store_writer_append_log (writer, stream, number, STATE_QUARANTINED, NULL, body, back,
                                  error) &&
         set_applied (writer, stream, number, error);
}

/* Moves as many transactions of one stream as can be. */
static gboolean
drain_stream (StoreWriter *writer,
              guint32      stream,
              StoreIntake *intake,
              gboolean    *moved,
              GError     **error)
{
  guint64 applied;

  if (!get_applied (writer, stream, &applied, error))
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (GPtrArray) parts = NULL;
      gboolean whole, here;

      parts = load_next (writer, stream, applied, &whole, &damaged, error);
      if (parts == NULL)
        return FALSE;
      if (damaged)
        {
          if (!pass_damaged (writer, stream, ++applied, damaged, error))
            return FALSE;
          intake->quarantined++;
          *moved = TRUE;
          continue;
        }
      if (!whole)
        return TRUE;
      if (!is_sight_here (writer, g_ptr_array_index (parts, 0), &here, error))
        return FALSE;
      if (!here)
        return TRUE;
      applied += parts->len;
      if (!store_inbox_apply (writer, stream, parts, error) ||
          !set_applied (writer, stream, applied, error))
        return FALSE;
      intake->applied++;
      *moved = TRUE;
    }
}

static gboolean
list_waiting (StoreWriter *writer,
              GArray      *streams,
              GError     **error)
{
  g_autoptr (StoreStatement) list = NULL;
  gboolean row = TRUE;

  list = store_connection_prepare (writer->connection,
                                   "SELECT DISTINCT stream FROM inbox ORDER BY stream", error);
  if (list == NULL)
    return FALSE;
  while (row)
    {
      guint32 stream;

      if (!store_statement_step (list, &row, error))
        return FALSE;
      stream = row ? (guint32) sqlite3_column_int64 (list->handle, 0) : 0;
      if (row)
        g_array_append_val (streams, stream);
    }
  return TRUE;
}

gboolean
store_inbox_drain (StoreWriter *writer,
                   StoreIntake *intake,
                   GError     **error)
{
  gboolean moved = TRUE;
  gint64 waiting;

  while (moved)
    {
      g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (guint32));

      moved = FALSE;
      if (!list_waiting (writer, streams, error))
        return FALSE;
      for (guint i = 0; i < streams->len; i++)
        if (!drain_stream (writer, g_array_index (streams, guint32, i), intake, &moved, error))
          return FALSE;
    }
  if (!store_connection_get_number (writer->connection, "SELECT count(*) FROM inbox", &waiting,
                                    error))
    return FALSE;
  intake->waiting = (guint) waiting;
  return TRUE;
}
