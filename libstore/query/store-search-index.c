/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The full-text index: what is in it, and how it stays true.
 *
 *   search_doc (n, text)     a document each record, see store-search-document.c
 *   search                   the FTS5 index over them; it keeps no text of its own
 *   search_state             how far they are: the version; the last log row (seq); inside a stretch
 *                            of the log its end (until) and the document reached (place); while
 *                            all is made anew the kind and the row reached (place)
 *
 * The index is derived and local: it is no part of the log, of the digest or of what travels, and
 * may be thrown away at any time. No write pays for it. It is brought up to date from the change
 * log, which names every record that any cause has touched: an edit, an import, an undo, records
 * from another device, another program. That happens when the store has been quiet for a moment,
 * and before a search. A record's document is made from its row as it is, whatever the log says of
 * it, so going through a stretch of the log twice does no harm: progress is kept only at its end,
 * and several processes may do the same work.
 *
 * Documents are written in the order of their numbers, which FTS5 needs to be fast, in transactions
 * short enough not to be noticed by somebody who types.
 */
#include "config.h"

#include "store-search-index.h"

#include <string.h>

#include "store-catalog.h"
#include "store-database-private.h"
#include "store-fold.h"
#include "store-follower.h"
#include "store-log-walk.h"
#include "store-search-document.h"
#include "store-search-text.h"
#include "store-search-window.h"
#include "store-tokenizer.h"

/* Raised when documents are made or numbered in another way. */
#define DOCUMENT_VERSION 1

/* How long one transaction may keep others waiting. */
#define BATCH_US (40 * 1000)

typedef struct
{
  gboolean current;
  guint kind;
  gint64 place;
  gint64 seq;
  gint64 until;
  gint64 last_seq;
} State;

/* What the transactions of a step share: where they began; documents from @first of @numbers on. */
typedef struct
{
  State state;
  GArray *numbers;
  guint first;
} Batch;

static const char create_sql[] =
  "DROP TABLE IF EXISTS search;"
  "DROP TABLE IF EXISTS search_doc;"
  "DROP TABLE IF EXISTS search_state;"
  "CREATE TABLE search_doc (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
  "CREATE VIRTUAL TABLE search USING fts5 (text, content = '', columnsize = 0, prefix = '1 2 3',"
  " tokenize = '" STORE_TOKENIZER "');"
  "INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);"
  "INSERT INTO search (search, rank) VALUES ('automerge', 16);"
  "INSERT INTO search (search, rank) VALUES ('crisismerge', 32);"
  "CREATE TABLE search_state (one INTEGER PRIMARY KEY CHECK (one = 1), version TEXT NOT NULL,"
  " kind INTEGER NOT NULL, place INTEGER NOT NULL, seq INTEGER NOT NULL,"
  " until INTEGER NOT NULL) STRICT;";

static char *
dup_version (void)
{
  return g_strdup_printf ("%d.%d", DOCUMENT_VERSION, STORE_FOLD_VERSION);
}

static gboolean
has_tables (StoreConnection *connection)
{
  static const char *const names[] = { "search", "search_doc", "search_state" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (sqlite3_table_column_metadata (store_connection_get_handle (connection), NULL, names[i],
                                       NULL, NULL, NULL, NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

static gboolean
read_state (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  State *state = data;
  g_autoptr (StoreStatement) statement = NULL;
  g_autofree char *version = dup_version ();
  gboolean row = FALSE;

  memset (state, 0, sizeof *state);
  if (!store_log_walk_find_end (connection, &state->last_seq, error))
    return FALSE;
  if (!has_tables (connection))
    return TRUE;

  statement = store_connection_prepare (connection,
                                        "SELECT version, kind, place, seq, until FROM search_state",
                                        error);
  if (statement == NULL || !store_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  state->current =
    g_strcmp0 ((const char *) sqlite3_column_text (statement->handle, 0), version) == 0;
  state->kind = (guint) sqlite3_column_int (statement->handle, 1);
  state->place = sqlite3_column_int64 (statement->handle, 2);
  state->seq = sqlite3_column_int64 (statement->handle, 3);
  state->until = sqlite3_column_int64 (statement->handle, 4);
  /* A log that is shorter than it was is another log. */
  state->current = state->current && state->seq <= state->last_seq;
  return TRUE;
}

static gboolean
keep_state (StoreConnection  *connection,
            const State      *state,
            GError          **error)
{
  g_autofree char *version = dup_version ();
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "REPLACE INTO search_state VALUES (1, ?, ?, ?, ?, ?)",
                              error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement->handle, 1, version, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement->handle, 2, state->kind);
  sqlite3_bind_int64 (statement->handle, 3, state->place);
  sqlite3_bind_int64 (statement->handle, 4, state->seq);
  sqlite3_bind_int64 (statement->handle, 5, state->until);
  return store_statement_run (statement, error);
}

/* Kinds are gone through from the last to the first, as their documents are numbered. */
static const StoreKind *
find_kind_below (guint id)
{
  while (id-- > 1)
    {
      const StoreKind *kind = store_catalog_find_by_id (id);

      if (kind && store_search_document_exists (kind))
        return kind;
    }
  return NULL;
}

static gboolean
start_anew (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  Batch *batch = data;
  State first = { .kind = find_kind_below (STORE_SEARCH_LAST_KIND)->id };

  first.seq = batch->state.last_seq;
  return store_connection_execute (connection, create_sql, error) &&
         keep_state (connection, &first, error);
}

static gboolean
index_window (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  Batch *batch = data;
  gint64 stop = g_get_monotonic_time () + BATCH_US;
  State now;

  if (!read_state (connection, &now, error))
    return FALSE;
  /* Another process went ahead, or began anew: what was collected is of no use. */
  if (!now.current || now.kind != 0 || now.seq != batch->state.seq ||
      (now.until != 0 && now.until != batch->state.until))
    {
      batch->first = batch->numbers->len;
      return TRUE;
    }
  while (batch->first < batch->numbers->len && g_get_monotonic_time () < stop)
    {
      now.place = g_array_index (batch->numbers, gint64, batch->first++);
      if (!store_search_text_write (connection, now.place, FALSE, error))
        return FALSE;
    }
  now.until = batch->state.until;
  if (batch->first == batch->numbers->len)
    now = (State){ .seq = now.until };
  return keep_state (connection, &now, error);
}

/* The next rows of a kind, while there is time. */
static gboolean
index_rows (StoreConnection  *connection,
            const StoreKind  *kind,
            State            *now,
            gboolean         *end,
            GError          **error)
{
  gint64 stop = g_get_monotonic_time () + BATCH_US;
  g_autofree char *sql =
    g_strdup_printf ("SELECT n FROM \"%s\" WHERE n > ? ORDER BY n", kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);

  *end = FALSE;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, now->place);
  while (g_get_monotonic_time () < stop)
    {
      gint64 number;
      gboolean row;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      *end = !row;
      if (!row)
        break;
      now->place = sqlite3_column_int64 (statement->handle, 0);
      number = store_search_document_number (kind, now->place);
      if (!store_search_text_write (connection, number, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_kind (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  const StoreKind *kind;
  gboolean end = TRUE;
  State now;

  if (!read_state (connection, &now, error))
    return FALSE;
  if (!now.current || now.kind == 0)
    return TRUE;
  kind = store_catalog_find_by_id (now.kind);
  if (kind && !index_rows (connection, kind, &now, &end, error))
    return FALSE;
  if (end)
    {
      kind = find_kind_below (now.kind);
      now.kind = kind ? kind->id : 0;
      now.place = 0;
    }
  return keep_state (connection, &now, error);
}

static gboolean
is_complete (const State *state)
{
  return state->current && state->kind == 0 && state->seq == state->last_seq;
}

static gboolean
is_late (gint64 deadline)
{
  return deadline != 0 && g_get_monotonic_time () >= deadline;
}

static gboolean
follow_log (StoreDatabase  *database,
            Batch          *batch,
            gint64          deadline,
            GError        **error)
{
  StoreSearchWindow window = { .after = batch->state.seq, .end = batch->state.until };
  gboolean ok;

  window.numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = store_database_read (database, store_search_window_collect, &window, error);
  batch->numbers = window.numbers;
  batch->state.until = window.end;
  batch->first = 0;
  while (batch->first < window.numbers->len &&
         g_array_index (window.numbers, gint64, batch->first) <= batch->state.place)
    batch->first++;
  do
    ok = ok && store_database_write_local (database, index_window, batch, error);
  while (ok && batch->first < batch->numbers->len && !is_late (deadline));
  g_array_unref (window.numbers);
  batch->numbers = NULL;
  return ok;
}

static gboolean
take_step (StoreDatabase  *database,
           Batch          *batch,
           gint64          deadline,
           GError        **error)
{
  if (!batch->state.current)
    return store_database_write_local (database, start_anew, batch, error);
  if (batch->state.kind != 0)
    return store_database_write_local (database, index_kind, batch, error);
  return follow_log (database, batch, deadline, error);
}

static gboolean
catch_up (StoreDatabase  *database,
          GError        **error)
{
  return store_search_index_catch_up (database, STORE_SEARCH_NO_LIMIT, NULL, error);
}

static const StoreFollower follower = { "search", catch_up };

/**
 * store_search_index_catch_up:
 * @database: a store
 * @budget_ms: when to stop at the latest, about; %STORE_SEARCH_NO_LIMIT to go to the end
 * @complete: (out) (optional): whether the index now knows all that was committed before the call
 * @error: return location
 *
 * Brings the index up to date. Blocks; any thread that may.
 *
 * Returns: %FALSE with @error where the store cannot be read or written.
 */
gboolean
store_search_index_catch_up (StoreDatabase  *database,
                             gint            budget_ms,
                             gboolean       *complete,
                             GError        **error)
{
  gint64 budget_us = budget_ms * G_GINT64_CONSTANT (1000);
  gint64 deadline = budget_ms < 0 ? 0 : g_get_monotonic_time () + budget_us;
  g_autoptr (GMutexLocker) locker = NULL;
  Batch batch = { 0 };

  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);

  if (complete)
    *complete = TRUE;
  if (!store_database_read (database, read_state, &batch.state, error))
    return FALSE;
  if (is_complete (&batch.state))
    return TRUE;

  locker = store_follower_lock (&follower, database);
  for (;;)
    {
      if (!store_database_read (database, read_state, &batch.state, error))
        return FALSE;
      if (is_complete (&batch.state))
        return TRUE;
      if (is_late (deadline) && batch.state.current)
        break;
      if (!take_step (database, &batch, deadline, error))
        return FALSE;
    }
  if (complete)
    *complete = FALSE;
  return TRUE;
}

static gboolean
make_empty (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  return store_connection_execute (connection, create_sql, error);
}

/**
 * store_search_index_rebuild:
 * @database: a store
 * @error: return location
 *
 * Throws the index away and makes it anew. Blocks; any thread that may.
 *
 * Returns: whether it was made.
 */
gboolean
store_search_index_rebuild (StoreDatabase  *database,
                            GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);

  return store_database_write_local (database, make_empty, NULL, error) &&
         store_search_index_catch_up (database, STORE_SEARCH_NO_LIMIT, NULL, error);
}

/**
 * store_search_index_follow:
 * @database: a store
 *
 * From now on, brings the index up to date in the background whenever the store has been quiet for
 * a moment, so that searches need not wait for it. For programs that stay open; on the thread of
 * the store's signals.
 */
void
store_search_index_follow (StoreDatabase *database)
{
  store_follower_start (&follower, database);
}
