/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desktop and the command line may work on one store, and are one device: two of them that
 * synchronise at once would race for the key file. So whoever does holds flock(2) on an empty file
 * beside the store, "STORE.sync-lock". The kernel lets go of it when the process dies; the file
 * stays.
 */
#include "config.h"

#include "sync-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#include "sync-error.h"

#define TRY_AGAIN_MS 50

struct _SyncLock
{
  int fd;
};

static gboolean
set_failed (const char  *path,
            int          code,
            GError     **error)
{
  g_set_error (error,
               SYNC_ERROR,
               SYNC_ERROR_FAILED,
               _("“%s” cannot be locked: %s"),
               path,
               g_strerror (code));
  return FALSE;
}

/* Waits in small steps, so that a cancel is noticed. */
static gboolean
lock_fd (int            fd,
         const char    *path,
         guint          wait_seconds,
         GCancellable  *cancellable,
         GError       **error)
{
  gint64 deadline = g_get_monotonic_time () + wait_seconds * G_USEC_PER_SEC;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        return set_failed (path, errno, error);

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, SYNC_ERROR, SYNC_ERROR_CANCELLED, _("Stopped."));
          return FALSE;
        }

      if (g_get_monotonic_time () >= deadline)
        {
          g_set_error_literal (error,
                               SYNC_ERROR,
                               SYNC_ERROR_BUSY,
                               _("Clientele is synchronising in another window; wait for it."));
          return FALSE;
        }

      g_usleep (TRY_AGAIN_MS * 1000);
    }

  return TRUE;
}

/**
 * sync_lock_acquire:
 * @store_path: path of the store
 * @wait_seconds: how long to wait for another holder
 * @cancellable: (nullable): to stop waiting
 * @error: %SYNC_ERROR_BUSY where the other holder did not let go
 *
 * Returns: (transfer full) (nullable): the lock, until sync_lock_release()
 */
SyncLock *
sync_lock_acquire (const char    *store_path,
                   guint          wait_seconds,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *path = NULL;
  SyncLock *self;
  int fd;

  g_return_val_if_fail (store_path != NULL, NULL);

  path = g_strconcat (store_path, ".sync-lock", NULL);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_failed (path, errno, error);
      return NULL;
    }

  if (!lock_fd (fd, path, wait_seconds, cancellable, error))
    {
      close (fd);
      return NULL;
    }

  self = g_new0 (SyncLock, 1);
  self->fd = fd;
  return self;
}

/**
 * sync_lock_release:
 * @self: (transfer full): a lock
 */
void
sync_lock_release (SyncLock *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}
