/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-server-fence.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sync-error.h"

/* The fence: a small file beside the database, DIR/fence, that notices when the database was
 * put back from a backup behind our back.
 *
 * It holds one line of fixed length, "clientele-fence 1 RUNS ARRIVALS" with both numbers as
 * sixteen hexadecimal digits: how often a server started on the database, and how many batches
 * ever arrived. The database holds both too. A start that finds other runs, or fewer arrivals
 * in the database than at the fence, gives every account a new epoch, which makes all cursors
 * void: the devices then compare heads and heal the server. The fence is written after each
 * commit without waiting for the disk; after a power cut it may be lower than the
 * database, never wrongly higher.
 */

#define FILE_NAME "fence"
#define LINE_FORMAT "clientele-fence 1 %016" G_GINT64_MODIFIER "x %016" G_GINT64_MODIFIER "x\n"
#define LINE_LENGTH 52

struct _SyncServerFence
{
  int file;
  guint64 runs;
};

static gboolean
read_number (SyncServerDatabase  *database,
             const char          *sql,
             guint64             *number,
             GError             **error)
{
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL || !sync_server_database_step (database, statement, &has_row, error))
    return FALSE;

  *number = sqlite3_column_int64 (statement, 0);
  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
read_arrivals (SyncServerDatabase  *database,
               guint64             *arrivals,
               GError             **error)
{
  return read_number (database, "SELECT ifnull (sum (arrival), 0) FROM account", arrivals, error);
}

static gboolean
read_line (int      file,
           guint64 *runs,
           guint64 *arrivals)
{
  char line[LINE_LENGTH + 1] = "";

  return pread (file, line, LINE_LENGTH, 0) == LINE_LENGTH &&
         sscanf (line, LINE_FORMAT, runs, arrivals) == 2;
}

static void
write_line (SyncServerFence *self,
            guint64          arrivals)
{
  g_autofree char *line = g_strdup_printf (LINE_FORMAT, self->runs, arrivals);

  if (pwrite (self->file, line, LINE_LENGTH, 0) != LINE_LENGTH)
    g_warning ("the fence could not be written: %s", g_strerror (errno));
}

static gboolean
start_run (SyncServerDatabase  *database,
           gboolean             is_fresh_epoch,
           GError             **error)
{
  static const char renew[] = "UPDATE account SET epoch = (abs (random ()) >> 10) | 1";

  return sync_server_database_execute (database, "BEGIN IMMEDIATE", error) &&
         sync_server_database_execute (database,
                                       "UPDATE meta SET value = value + 1 WHERE name = 'runs'",
                                       error) &&
         (!is_fresh_epoch || sync_server_database_execute (database, renew, error)) &&
         sync_server_database_execute (database, "COMMIT", error);
}

static gboolean
compare (SyncServerFence     *self,
         SyncServerDatabase  *database,
         GError             **error)
{
  guint64 fence_runs = 0;
  guint64 fence_arrivals = 0;
  guint64 arrivals;
  gboolean is_behind;

  if (!read_number (database, "SELECT value FROM meta WHERE name = 'runs'", &self->runs, error) ||
      !read_arrivals (database, &arrivals, error))
    return FALSE;

  is_behind = !read_line (self->file, &fence_runs, &fence_arrivals)
                ? self->runs > 0
                : self->runs != fence_runs || arrivals < fence_arrivals;
  if (is_behind)
    g_message ("the database is not the one of the last run: cursors begin anew");

  if (!start_run (database, is_behind, error))
    return FALSE;

  self->runs++;
  write_line (self, arrivals);
  return TRUE;
}

/**
 * sync_server_fence_open:
 * @directory: the server's data folder
 * @database: the writing connection
 * @error: why not
 *
 * Compares the database with what the last run left, and begins a new run. Only one server
 * may hold a folder: a second one is refused.
 *
 * Returns: (transfer full): the fence
 */
SyncServerFence *
sync_server_fence_open (const char          *directory,
                        SyncServerDatabase  *database,
                        GError             **error)
{
  g_autoptr (SyncServerFence) self = g_new0 (SyncServerFence, 1);
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  self->file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->file < 0 || fcntl (self->file, F_OFD_SETLK, &lock) != 0)
    {
      g_set_error (error,
                   SYNC_ERROR,
                   SYNC_ERROR_BUSY,
                   _("The folder %s is in use by another server, or cannot be written."),
                   directory);
      return NULL;
    }

  if (!compare (self, database, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * sync_server_fence_raise:
 * @self: the fence
 * @database: the writing connection, after a commit
 */
void
sync_server_fence_raise (SyncServerFence    *self,
                         SyncServerDatabase *database)
{
  guint64 arrivals;

  if (read_arrivals (database, &arrivals, NULL))
    write_line (self, arrivals);
}

/**
 * sync_server_fence_close:
 * @self: (transfer full): the fence
 */
void
sync_server_fence_close (SyncServerFence *self)
{
  if (self->file >= 0)
    close (self->file);
  g_free (self);
}
