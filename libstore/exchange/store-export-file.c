/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new file that is on the disk when it is closed, readable by its owner alone. */
#include "config.h"
#include "store-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "store-error.h"

#define BUFFER_SIZE (256 * 1024)

struct _StoreExportFile
{
  char *path;
  int fd;
  GString *buffer;
};

/**
 * store_export_set_error:
 * @error: (out): a failure of the file system as a person should read it
 * @path: what could not be written
 * @number: errno
 */
void
store_export_set_error (GError     **error,
                        const char  *path,
                        int          number)
{
  g_autofree char *name = g_filename_display_name (path);

  if (number == ENOSPC || number == EDQUOT)
    g_set_error (error, STORE_ERROR, STORE_ERROR_FULL,
                 _("There is no room left for “%s”. Free some space, or choose another disk."),
                 name);
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("“%s” cannot be written: %s"), name,
                 g_strerror (number));
}

/**
 * store_export_file_new:
 * @path: a file that is not there yet
 * @error: %STORE_ERROR_FULL or %STORE_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the empty file. One thread at a time.
 */
StoreExportFile *
store_export_file_new (const char  *path,
                       GError     **error)
{
  StoreExportFile *self;
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      store_export_set_error (error, path, errno);
      return NULL;
    }
  self = g_new0 (StoreExportFile, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->buffer = g_string_sized_new (BUFFER_SIZE * 2);
  return self;
}

/**
 * store_export_file_buffer:
 * @self: a file
 *
 * Returns: where to append; call store_export_file_yield() now and then
 */
GString *
store_export_file_buffer (StoreExportFile *self)
{
  return self->buffer;
}

static gboolean
flush (StoreExportFile  *self,
       GError          **error)
{
  gsize n_written = 0;

  while (n_written < self->buffer->len)
    {
      gssize n = write (self->fd, self->buffer->str + n_written, self->buffer->len - n_written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          store_export_set_error (error, self->path, errno);
          return FALSE;
        }
      n_written += (gsize) n;
    }
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

/**
 * store_export_file_yield:
 * @self: a file
 * @error: %STORE_ERROR_FULL or %STORE_ERROR_FAILED
 *
 * Writes the buffer out when it is long enough.
 */
gboolean
store_export_file_yield (StoreExportFile  *self,
                         GError          **error)
{
  return self->buffer->len < BUFFER_SIZE || flush (self, error);
}

/**
 * store_export_file_close:
 * @self: a file
 * @error: %STORE_ERROR_FULL or %STORE_ERROR_FAILED
 *
 * Writes what is left and waits until the disk has it.
 */
gboolean
store_export_file_close (StoreExportFile  *self,
                         GError          **error)
{
  int fd = self->fd;

  if (!flush (self, error))
    return FALSE;
  if (fsync (fd) != 0)
    {
      store_export_set_error (error, self->path, errno);
      return FALSE;
    }
  self->fd = -1;
  if (close (fd) != 0)
    {
      store_export_set_error (error, self->path, errno);
      return FALSE;
    }
  return TRUE;
}

/**
 * store_export_file_free:
 * @self: (transfer full): a file; one that was not closed stays unfinished
 */
void
store_export_file_free (StoreExportFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_string_free (self->buffer, TRUE);
  g_free (self->path);
  g_free (self);
}

/**
 * store_export_sync_folder:
 * @path: a folder
 * @error: %STORE_ERROR_FAILED
 *
 * Waits until the disk has the names in the folder.
 */
gboolean
store_export_sync_folder (const char  *path,
                          GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    store_export_set_error (error, path, errno);
  if (fd >= 0)
    close (fd);
  return done;
}
