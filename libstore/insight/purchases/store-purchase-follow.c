/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures of purchases: what is in them, and how they stay true.
 *
 *   purchase_figures (party, currency, …)  a row a customer and currency, see StorePurchaseFigures;
 *                                          currency is '' for orders that name none
 *   purchase_trash (n)                     documents that lay in the trash, see
 *                                          store-purchase-batch.c
 *   purchase_state                         how far they are: the version; the last log row (seq);
 *                                          the newest row of a document that may be in them
 *                                          (last_n); while all are made anew the customer reached
 *                                          (place); how much has changed since
 *
 * They are derived and local, as the search index is: no part of the log, of the digest or of what
 * travels; they may be thrown away at any time and cost no write anything. They are brought up to
 * date from the change log, so that an edit, an import, an undo, records from another device and
 * another program's rows count alike. A new order of a customer changes one row, whatever the
 * customer has bought before.
 *
 * Recomputing a customer reads the orders as they are, which may be later than the log row reached;
 * what comes again in the log is then recomputed again. Only an order that no recomputation can
 * have seen is added to a row: each transaction that recomputes keeps the newest row of the
 * documents as last_n, and rows after that are unseen.
 */
#include "config.h"

#include "store-purchase-follow.h"

#include "store-database-private.h"
#include "store-error.h"
#include "store-follower.h"
#include "store-log-walk.h"
#include "store-purchase-batch.h"
#include "store-purchase-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Raised when figures are made in another way. */
#define FIGURES_VERSION 1

/* Documents or customers a transaction: it keeps others waiting for so long. */
static guint step = 1000;

typedef struct
{
  gboolean current;
  gboolean building;
  StoreId place;
  gint64 seq;
  gint64 last_n;
  gint64 changes;
  gint64 last_seq;
  gint64 outside;
} State;

static const char create_sql[] =
  "DROP TABLE IF EXISTS purchase_figures;"
  "DROP TABLE IF EXISTS purchase_trash;"
  "DROP TABLE IF EXISTS purchase_state;"
  "CREATE TABLE purchase_figures (party BLOB NOT NULL, currency TEXT NOT NULL,"
  " first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, purchases INTEGER NOT NULL,"
  " orders INTEGER NOT NULL, value INTEGER NOT NULL, first_value INTEGER NOT NULL,"
  " last_value INTEGER NOT NULL, squares REAL NOT NULL, log_values REAL NOT NULL,"
  " log_gaps REAL NOT NULL, months BLOB NOT NULL, PRIMARY KEY (party, currency))"
  " STRICT, WITHOUT ROWID;"
  "CREATE TABLE purchase_trash (n INTEGER PRIMARY KEY) STRICT;"
  "INSERT INTO purchase_trash SELECT n FROM document WHERE trashed = 1;"
  "CREATE TABLE purchase_state (one INTEGER PRIMARY KEY CHECK (one = 1), version TEXT NOT NULL,"
  " place BLOB, seq INTEGER NOT NULL, last_n INTEGER NOT NULL, changes INTEGER NOT NULL) STRICT;";

/* What an older version could not read and passed by is read when the catalog has grown. */
static gboolean
read_version (StoreConnection  *connection,
              char            **version,
              GError          **error)
{
  gint64 level;

  if (!store_connection_get_number (connection, "SELECT level FROM store_state", &level, error))
    return FALSE;
  *version = g_strdup_printf ("%d.%" G_GINT64_FORMAT, FIGURES_VERSION, level);
  return TRUE;
}

static gboolean
has_tables (StoreConnection *connection)
{
  static const char *const names[] = { "purchase_figures", "purchase_trash", "purchase_state" };

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
  g_autofree char *version = NULL;
  gboolean row = FALSE;

  *state = (State){ 0 };
  if (!store_log_walk_find_end (connection, &state->last_seq, error) ||
      !store_connection_get_number (connection, "SELECT EXISTS (SELECT 1 FROM dirty)",
                                    &state->outside, error))
    return FALSE;
  if (!has_tables (connection))
    return TRUE;

  statement = store_connection_prepare (connection,
                                        "SELECT version, place, seq, last_n, changes"
                                        " FROM purchase_state",
                                        error);
  if (statement == NULL || !read_version (connection, &version, error) ||
      !store_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  state->current =
    g_strcmp0 ((const char *) sqlite3_column_text (statement->handle, 0), version) == 0;
  state->building = store_statement_get_id (statement, 1, &state->place);
  state->seq = sqlite3_column_int64 (statement->handle, 2);
  state->last_n = sqlite3_column_int64 (statement->handle, 3);
  state->changes = sqlite3_column_int64 (statement->handle, 4);
  /* A log that is shorter than it was is another log. */
  state->current = state->current && state->seq <= state->last_seq;
  return TRUE;
}

/* Whatever was recomputed may hold every document that is there. */
static gboolean
keep_state (StoreConnection  *connection,
            const State      *state,
            GError          **error)
{
  g_autofree char *version = NULL;
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "REPLACE INTO purchase_state VALUES (1, ?, ?, ?,"
                              " (SELECT ifnull (max (n), 0) FROM document), ?)",
                              error);

  if (statement == NULL || !read_version (connection, &version, error))
    return FALSE;
  sqlite3_bind_text (statement->handle, 1, version, -1, SQLITE_STATIC);
  if (state->building)
    store_statement_bind_id (statement, 2, &state->place);
  else
    sqlite3_bind_null (statement->handle, 2);
  sqlite3_bind_int64 (statement->handle, 3, state->seq);
  sqlite3_bind_int64 (statement->handle, 4, state->changes);
  return store_statement_run (statement, error);
}

/* What another program wrote is in no log yet: the next transaction of ours begins with it. */
static gboolean
is_complete (const State *state)
{
  return state->current && !state->building && state->seq == state->last_seq && !state->outside;
}

static gboolean
start_anew (StoreConnection  *connection,
            State            *state,
            GError          **error)
{
  *state = (State){ .building = TRUE, .seq = state->last_seq, .changes = state->changes,
                    .last_seq = state->last_seq };
  return store_connection_execute (connection, create_sql, error);
}

static gboolean
take_step (StoreConnection  *connection,
           gpointer          data,
           GError          **error)
{
  State *state = data;
  gboolean end;

  /* Another process may have gone ahead. */
  if (!read_state (connection, state, error))
    return FALSE;
  if (is_complete (state))
    return TRUE;

  if (!state->current && !start_anew (connection, state, error))
    return FALSE;
  if (state->building)
    {
      if (!store_purchase_rows_build (connection, &state->place, step, &end, error))
        return FALSE;
      state->building = !end;
    }
  else if (!store_purchase_batch_apply (connection, &state->seq, state->last_n, step,
                                        &state->changes, error))
    {
      return FALSE;
    }
  return keep_state (connection, state, error);
}

static gboolean
catch_up (StoreDatabase  *database,
          GError        **error)
{
  return store_purchase_follow_catch_up (database, NULL, error);
}

static const StoreFollower follower = { "purchases", catch_up };

/**
 * store_purchase_follow_catch_up:
 * @database: a store
 * @cancellable: (nullable): to stop; what was done stays done
 * @error: %STORE_ERROR_CANCELLED, or why the store cannot be read or written
 *
 * Brings the figures up to date with all that was committed before the call. Blocks; any thread
 * that may.
 */
gboolean
store_purchase_follow_catch_up (StoreDatabase  *database,
                                GCancellable   *cancellable,
                                GError        **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gint64 wanted = -1;
  State state;

  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);

  if (!store_database_read (database, read_state, &state, error))
    return FALSE;
  if (is_complete (&state))
    return TRUE;

  locker = store_follower_lock (&follower, database);
  do
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                               _("Stopped before the end."));
          return FALSE;
        }
      if (!store_database_write_local (database, take_step, &state, error))
        return FALSE;
      if (wanted < 0)
        wanted = state.last_seq;
    }
  while (state.building || state.seq < wanted);
  return TRUE;
}

static gboolean
forget (StoreConnection  *connection,
        gpointer          data,
        GError          **error)
{
  return store_connection_execute (connection, "DROP TABLE IF EXISTS purchase_state", error);
}

/**
 * store_purchase_follow_rebuild:
 * @database: a store
 * @cancellable: (nullable): to stop
 * @error: as of store_purchase_follow_catch_up()
 *
 * Makes all figures anew from the orders. Blocks; any thread that may.
 */
gboolean
store_purchase_follow_rebuild (StoreDatabase  *database,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);

  return store_database_write_local (database, forget, NULL, error) &&
         store_purchase_follow_catch_up (database, cancellable, error);
}

/**
 * store_purchase_follow_start:
 * @database: a store
 *
 * From now on, keeps the figures up to date in the background. For programs that stay open; on the
 * thread of the store's signals.
 */
void
store_purchase_follow_start (StoreDatabase *database)
{
  store_follower_start (&follower, database);
}

void
store_purchase_follow_set_step (guint most)
{
  step = most;
}

gboolean
store_purchase_follow_is_whole (StoreConnection  *connection,
                                gboolean         *whole,
                                GError          **error)
{
  State state;

  if (!read_state (connection, &state, error))
    return FALSE;
  *whole = state.current && !state.building;
  return TRUE;
}

gboolean
store_purchase_follow_get_changes (StoreConnection  *connection,
                                   gint64           *changes,
                                   GError          **error)
{
  return store_connection_get_number (connection, "SELECT changes FROM purchase_state", changes,
                                      error);
}
