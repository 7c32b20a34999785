/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fitted models in the store file, in a local table that may be thrown away:
 *
 *   model_shelf (analysis, settings, made, changes, until, model)
 *
 * "settings" tells models of one analysis apart (their currency, their horizon); "changes" is what
 * store_purchase_follow_get_changes() told when the model was fitted or last found to hold, "until"
 * the last day of the data then; "model" is the text of the model. The newest is found; a few older
 * ones are kept, so that a score that names its model can be made again.
 */
#include "config.h"

#include "store-model-shelf.h"

#include "store-database-private.h"
#include "store-purchase-follow.h"

/* How many models of one analysis and settings are kept. */
#define MOST_KEPT 3

/* A model is fitted anew when one in so many of its rows has changed. */
#define CHANGED_SHARE 100

/* Rates are a week's: after so many days the parameters are tested. */
#define TEST_DAYS 7

typedef struct
{
  const char *analysis;
  const char *settings;
  StoreModel *model;
  gint64 changes;
  gint32 until;
  gboolean fresh;
} Shelving;

static gboolean
has_shelf (StoreConnection *connection)
{
  return sqlite3_table_column_metadata (store_connection_get_handle (connection), NULL,
                                        "model_shelf", NULL, NULL, NULL, NULL, NULL,
                                        NULL) == SQLITE_OK;
}

static void
bind_name (const Shelving *self,
           StoreStatement *statement)
{
  sqlite3_bind_text (statement->handle, 1, self->analysis, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement->handle, 2, self->settings, -1, SQLITE_STATIC);
}

/* A model that this version cannot read is as good as none: the next fit replaces it. */
static void
take_model (Shelving       *self,
            StoreStatement *statement)
{
  g_autoptr (GError) damage = NULL;

  self->changes = sqlite3_column_int64 (statement->handle, 0);
  self->until = sqlite3_column_int (statement->handle, 1);
  self->model =
    store_model_new_from_text ((const char *) sqlite3_column_text (statement->handle, 2),
                               sqlite3_column_bytes (statement->handle, 2), &damage);
  if (self->model == NULL)
    g_debug ("shelf: %s", damage->message);
}

static gboolean
find_newest (StoreConnection  *connection,
             gpointer          data,
             GError          **error)
{
  Shelving *self = data;
  g_autoptr (StoreStatement) statement = NULL;
  gint64 now = 0;
  gboolean row;

  if (!has_shelf (connection))
    return TRUE;
  statement = store_connection_prepare (connection,
                                        "SELECT changes, until, model FROM model_shelf"
                                        " WHERE analysis = ? AND settings = ?"
                                        " ORDER BY made DESC LIMIT 1",
                                        error);
  if (statement == NULL)
    return FALSE;
  bind_name (self, statement);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  take_model (self, statement);
  if (!store_purchase_follow_get_changes (connection, &now, error))
    return FALSE;
  self->changes = now - self->changes;
  return TRUE;
}

/**
 * store_model_shelf_find:
 * @analysis: whose model
 * @settings: which of its models
 * @mark: (out): how it stands to the store as it is
 * @error: why the store cannot be read
 *
 * Blocks; any thread that may. The figures of purchases should be up to date.
 *
 * Returns: (transfer full) (nullable): the newest one; %NULL without @error where there is none
 */
StoreModel *
store_model_shelf_find (StoreDatabase   *database,
                        const char      *analysis,
                        const char      *settings,
                        StoreShelfMark  *mark,
                        GError         **error)
{
  Shelving self = { .analysis = analysis, .settings = settings };

  g_return_val_if_fail (STORE_IS_DATABASE (database) && mark != NULL, NULL);
  g_return_val_if_fail (analysis != NULL && settings != NULL, NULL);

  if (!store_database_read (database, find_newest, &self, error))
    return NULL;
  *mark = (StoreShelfMark){ self.changes, self.until };
  return self.model;
}

static gboolean
drop_old (const Shelving   *self,
          StoreConnection  *connection,
          GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "DELETE FROM model_shelf WHERE analysis = ?1 AND settings = ?2"
                              " AND made NOT IN (SELECT made FROM model_shelf WHERE analysis = ?1"
                              " AND settings = ?2 ORDER BY made DESC LIMIT ?3)",
                              error);

  if (statement == NULL)
    return FALSE;
  bind_name (self, statement);
  sqlite3_bind_int (statement->handle, 3, MOST_KEPT);
  return store_statement_run (statement, error);
}

/* A clock that was set back: what it made later than a new model is older all the same. */
static gboolean
drop_later (const Shelving   *self,
            StoreConnection  *connection,
            GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "DELETE FROM model_shelf WHERE analysis = ? AND settings = ?"
                              " AND made > ?",
                              error);

  if (statement == NULL)
    return FALSE;
  bind_name (self, statement);
  sqlite3_bind_int64 (statement->handle, 3, store_model_get_head (self->model)->made);
  return store_statement_run (statement, error);
}

static gboolean
put_model (StoreConnection  *connection,
           gpointer          data,
           GError          **error)
{
  static const char create_sql[] =
    "CREATE TABLE IF NOT EXISTS model_shelf (analysis TEXT NOT NULL, settings TEXT NOT NULL,"
    " made INTEGER NOT NULL, changes INTEGER NOT NULL, until INTEGER NOT NULL,"
    " model TEXT NOT NULL, PRIMARY KEY (analysis, settings, made)) STRICT, WITHOUT ROWID";
  const Shelving *self = data;
  g_autofree char *text = store_model_to_text (self->model);
  g_autoptr (StoreStatement) statement = NULL;

  if (!store_connection_execute (connection, create_sql, error) ||
      (self->fresh && !drop_later (self, connection, error)))
    return FALSE;
  statement = store_connection_prepare (connection,
                                        "REPLACE INTO model_shelf (analysis, settings, made,"
                                        " changes, until, model) VALUES (?, ?, ?, ?, ?, ?)",
                                        error);
  if (statement == NULL)
    return FALSE;
  bind_name (self, statement);
  sqlite3_bind_int64 (statement->handle, 3, store_model_get_head (self->model)->made);
  sqlite3_bind_int64 (statement->handle, 4, self->changes);
  sqlite3_bind_int (statement->handle, 5, self->until);
  sqlite3_bind_text (statement->handle, 6, text, -1, SQLITE_STATIC);
  return store_statement_run (statement, error) && drop_old (self, connection, error);
}

/**
 * store_model_shelf_confirm:
 * @settings: which of the models of its analysis
 * @model: one that was found to hold still
 * @changes: what store_purchase_follow_get_changes() told before the data were read
 * @until: the last day of these data
 * @error: why the store cannot be written
 *
 * Blocks; any thread that may.
 */
gboolean
store_model_shelf_confirm (StoreDatabase  *database,
                           const char     *settings,
                           StoreModel     *model,
                           gint64          changes,
                           gint32          until,
                           GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (settings != NULL && model != NULL, FALSE);

  Shelving self = { store_model_get_head (model)->analysis, settings, model, changes, until, FALSE };

  return store_database_write_local (database, put_model, &self, error);
}

/**
 * store_model_shelf_put:
 * @settings: which of the models of its analysis
 * @model: newly fitted
 * @changes: what store_purchase_follow_get_changes() told before the data were read
 * @error: why the store cannot be written
 *
 * Blocks; any thread that may.
 */
gboolean
store_model_shelf_put (StoreDatabase  *database,
                       const char     *settings,
                       StoreModel     *model,
                       gint64          changes,
                       GError        **error)
{
  const StoreModelHead *head;

  g_return_val_if_fail (STORE_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (settings != NULL && model != NULL, FALSE);

  head = store_model_get_head (model);

  Shelving self = { head->analysis, settings, model, changes, head->until, TRUE };

  return store_database_write_local (database, put_model, &self, error);
}

/**
 * store_model_shelf_judge:
 * @model: a kept model
 * @mark: how it stands to the store as it is
 * @until: the last day of the data that are to be scored
 *
 * Returns: whether the model will do. Any thread.
 */
StoreModelState
store_model_shelf_judge (const StoreModel     *model,
                         const StoreShelfMark *mark,
                         gint32                until)
{
  gint64 n_rows;

  g_return_val_if_fail (model != NULL && mark != NULL, STORE_MODEL_DUE);

  /* Counters that were begun anew tell nothing of what has changed. */
  n_rows = store_model_get_head (model)->n_rows;
  if (mark->changes < 0 || mark->changes * CHANGED_SHARE >= MAX (n_rows, 1) ||
      until < mark->until)
    return STORE_MODEL_DUE;
  return until - mark->until >= TEST_DAYS ? STORE_MODEL_TO_TEST : STORE_MODEL_CURRENT;
}
