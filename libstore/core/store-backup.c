/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A backup is SQLite's online copy of the file, packed and sealed beside its goal, restored into
 * a scratch file to see that it can be, compared with the copy by digest and length of the log,
 * and only then given its name. A restore takes the same way back: the new file is whole and
 * verified before it stands where the store stood, and the store that stood there is kept.
 */
#include "config.h"

#include "store-backup.h"

#include "store-backup-file.h"
#include "store-database-private.h"
#include "store-error.h"
#include "store-log.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PAGES_A_STEP 1024

typedef struct
{
  const char *path;
  StoreProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
} CopyJob;

static gboolean
copy_online (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  CopyJob *job = data;
  sqlite3 *target = NULL;
  sqlite3_backup *backup = NULL;
  int result = SQLITE_OK;

  if (sqlite3_open_v2 (job->path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
      SQLITE_OK)
    backup = sqlite3_backup_init (target, "main", store_connection_get_handle (connection),
                                  "main");
  while (backup && (result = sqlite3_backup_step (backup, PAGES_A_STEP)) == SQLITE_OK &&
         !g_cancellable_is_cancelled (job->cancellable))
    if (job->progress)
      job->progress (.4 * (1. - (double) sqlite3_backup_remaining (backup) /
                                  (double) MAX (sqlite3_backup_pagecount (backup), 1)),
                     job->data);
  if (backup)
    sqlite3_backup_finish (backup);
  if (backup && result == SQLITE_DONE)
    sqlite3_exec (target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  else if (g_cancellable_is_cancelled (job->cancellable))
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped."));
  else
    g_set_error (error, STORE_ERROR,
                 sqlite3_errcode (target) == SQLITE_FULL ? STORE_ERROR_FULL : STORE_ERROR_FAILED,
                 _("The copy for the backup failed: %s"), sqlite3_errmsg (target));
  sqlite3_close (target);
  return backup && result == SQLITE_DONE;
}

typedef struct
{
  guint8 digest[STORE_DIGEST_SIZE];
  gint64 log_rows;
} Summary;

/* What a store file says of itself, read without changing it. */
static gboolean
summarise (const char *path,
           Summary    *summary,
           GError    **error)
{
  g_autoptr (StoreConnection) connection = NULL;
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  connection = store_connection_open (path, STORE_CONNECTION_READ, error);
  if (connection == NULL)
    return FALSE;
  find = store_connection_prepare (connection,
                                   "SELECT digest, (SELECT max(seq) FROM log) FROM store_state",
                                   error);
  if (find == NULL || !store_statement_step (find, &row, error))
    return FALSE;
  if (!row || sqlite3_column_bytes (find->handle, 0) != STORE_DIGEST_SIZE)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("The backup holds no whole store."));
      return FALSE;
    }
  memcpy (summary->digest, sqlite3_column_blob (find->handle, 0), STORE_DIGEST_SIZE);
  summary->log_rows = sqlite3_column_int64 (find->handle, 1);
  return TRUE;
}

static void
remove_store_files (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_remove (file);
    }
}

static gboolean
verify (const char           *packed,
        const char           *scratch,
        const StoreBackupKey *key,
        const Summary        *wanted,
        GCancellable         *cancellable,
        GError              **error)
{
  Summary restored;

  if (!store_backup_file_unpack (packed, scratch, key, cancellable, error) ||
      !summarise (scratch, &restored, error))
    return FALSE;
  if (memcmp (restored.digest, wanted->digest, sizeof restored.digest) == 0 &&
      restored.log_rows == wanted->log_rows)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The backup was made, but does not restore. Choose another place."));
  return FALSE;
}

/**
 * store_backup_write:
 * @database: a store
 * @file: where the backup is to be; one that is there is replaced when the new one is verified
 * @key: (nullable): what to seal it with; %NULL not to
 * @progress: (nullable): called on this thread
 * @data: for @progress
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_FULL, %STORE_ERROR_FAILED, %STORE_ERROR_CANCELLED; then @file is as it was
 *
 * Waits; any thread but the store's own. The store can be read and written meanwhile.
 */
gboolean
store_backup_write (StoreDatabase        *database,
                    const char           *file,
                    const StoreBackupKey *key,
                    StoreProgressFunc     progress,
                    gpointer              data,
                    GCancellable         *cancellable,
                    GError              **error)
{
  g_autofree char *copy = g_strconcat (file, ".copy", NULL);
  g_autofree char *packed = g_strconcat (file, ".part", NULL);
  g_autofree char *scratch = g_strconcat (file, ".test", NULL);
  CopyJob job = { copy, progress, data, cancellable };
  Summary summary;
  gboolean done;

  g_return_val_if_fail (STORE_IS_DATABASE (database) && file != NULL, FALSE);

  remove_store_files (copy);
  done = store_database_read (database, copy_online, &job, error) &&
         summarise (copy, &summary, error) &&
         store_backup_file_pack (copy, packed, key, cancellable, error);
  if (done && progress)
    progress (.7, data);
  done = done && verify (packed, scratch, key, &summary, cancellable, error);
  if (done && g_rename (packed, file) != 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("“%s”: %s"), file, g_strerror (errno));
      done = FALSE;
    }
  remove_store_files (copy);
  remove_store_files (scratch);
  g_remove (packed);
  if (done && progress)
    progress (1., data);
  return done;
}

static gboolean
keep_old_store (const char *path,
                char      **kept_path,
                GError    **error)
{
  static const char *const endings[] = { "-wal", "-shm", "" };
  g_autofree char *kept = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  for (guint i = 1; kept == NULL || g_file_test (kept, G_FILE_TEST_EXISTS); i++)
    {
      g_free (kept);
      kept = g_strdup_printf ("%s.before-restore-%u", path, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (kept, endings[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, to) != 0)
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("“%s”: %s"), from,
                       g_strerror (errno));
          return FALSE;
        }
    }
  if (kept_path)
    *kept_path = g_steal_pointer (&kept);
  return TRUE;
}

/**
 * store_backup_restore:
 * @file: a backup
 * @store_path: where the store is to be; it must not be open
 * @key: (nullable): what the backup is sealed with
 * @progress: (nullable): called on this thread
 * @data: for @progress
 * @cancellable: (nullable): to stop
 * @kept_path: (out) (optional) (nullable): where the store that was there is kept
 * @error: %STORE_ERROR_DAMAGED for a file that is cut, changed or sealed otherwise,
 *   %STORE_ERROR_INVALID for a missing key; then @store_path is as it was
 *
 * Waits; any thread.
 */
gboolean
store_backup_restore (const char           *file,
                      const char           *store_path,
                      const StoreBackupKey *key,
                      StoreProgressFunc     progress,
                      gpointer              data,
                      GCancellable         *cancellable,
                      char                **kept_path,
                      GError              **error)
{
  g_autofree char *folder = g_path_get_dirname (store_path);
  g_autofree char *scratch = g_strconcat (store_path, ".restore", NULL);
  Summary summary;

  g_return_val_if_fail (file != NULL && store_path != NULL, FALSE);

  if (kept_path)
    *kept_path = NULL;
  g_mkdir_with_parents (folder, 0700);
  remove_store_files (scratch);
  if (!store_backup_file_unpack (file, scratch, key, cancellable, error) ||
      !summarise (scratch, &summary, error) || !keep_old_store (store_path, kept_path, error))
    {
      remove_store_files (scratch);
      return FALSE;
    }
  remove_store_files (store_path);
  if (g_rename (scratch, store_path) != 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("“%s”: %s"), store_path,
                   g_strerror (errno));
      return FALSE;
    }
  if (progress)
    progress (1., data);
  return TRUE;
}
