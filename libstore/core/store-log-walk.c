/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For what is derived from the log: it names every record that any cause has touched. */
#include "config.h"

#include "store-log-walk.h"

/**
 * store_log_walk_find_end:
 * @seq: (out): the last log row, 0 for an empty log
 */
gboolean
store_log_walk_find_end (StoreConnection  *connection,
                         gint64           *seq,
                         GError          **error)
{
  return store_connection_get_number (connection, "SELECT ifnull (max (seq), 0) FROM log", seq,
                                      error);
}

/**
 * store_log_walk_init:
 * @after: the log row before the first
 * @until: the last one, 0 for the end of the log
 *
 * The walk stands before its first row; see store_log_walk_step().
 */
gboolean
store_log_walk_init (StoreLogWalk     *self,
                     StoreConnection  *connection,
                     gint64            after,
                     gint64            until,
                     GError          **error)
{
  gint64 own;

  *self = (StoreLogWalk){ .seq = after };
  if (!store_connection_get_number (connection, "SELECT own FROM store_state", &own, error))
    return FALSE;
  self->own_stream = (guint32) own;
  self->statement = store_connection_prepare (connection,
                                              "SELECT seq, stream, body FROM log WHERE seq > ?"
                                              " AND seq <= ? ORDER BY seq",
                                              error);
  if (self->statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (self->statement->handle, 1, after);
  sqlite3_bind_int64 (self->statement->handle, 2, until != 0 ? until : G_MAXINT64);
  return TRUE;
}

void
store_log_walk_clear (StoreLogWalk *self)
{
  g_clear_pointer (&self->entry, store_entry_free);
  g_clear_pointer (&self->statement, store_statement_release);
}

/* What this version cannot read has changed no row here. */
static void
decode (StoreLogWalk *self)
{
  g_autoptr (GBytes) body = store_statement_dup_bytes (self->statement, 2);
  g_autoptr (GError) damage = NULL;
  StoreStreamId nobody = { { 0 } };

  self->entry = store_entry_decode (body, &nobody, &damage);
  if (self->entry == NULL)
    g_debug ("log: passed by an entry: %s", damage->message);
}

/**
 * store_log_walk_step:
 * @more: (out): whether there was another row, which the walk now stands on
 */
gboolean
store_log_walk_step (StoreLogWalk  *self,
                     gboolean      *more,
                     GError       **error)
{
  g_clear_pointer (&self->entry, store_entry_free);
  if (!store_statement_step (self->statement, more, error))
    return FALSE;
  if (!*more)
    return TRUE;
  self->seq = sqlite3_column_int64 (self->statement->handle, 0);
  self->own = sqlite3_column_int64 (self->statement->handle, 1) == self->own_stream;
  decode (self);
  return TRUE;
}
