/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-session.h"

#include "app-cli-error.h"
#include "app-cli-interrupt.h"
#include "app-cli-progress.h"
#include "app-default-store.h"

#include "store-json-text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

struct _AppCliSession
{
  char *path;
  gboolean json;
  StoreDatabase *database;
  GString *text;
  JsonNode *document;
  GCancellable *cancellable;
  AppCliProgress *progress;
};

/**
 * app_cli_session_new:
 * @store: (nullable): the store's file, %NULL for the person's own
 * @json: whether the answer is to be JSON
 */
AppCliSession *
app_cli_session_new (const char *store,
                     gboolean    json)
{
  AppCliSession *self = g_new0 (AppCliSession, 1);

  self->path = store ? g_strdup (store) : app_default_store_dup_path ();
  self->json = json;
  self->text = g_string_new (NULL);
  self->progress = app_cli_progress_new ();
  return self;
}

void
app_cli_session_free (AppCliSession *self)
{
  if (self->database)
    store_database_close (self->database);
  g_clear_object (&self->database);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, app_cli_progress_free);
  g_clear_pointer (&self->document, json_node_unref);
  g_string_free (self->text, TRUE);
  g_free (self->path);
  g_free (self);
}

const char *
app_cli_session_get_path (AppCliSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * app_cli_session_open:
 *
 * Returns: (transfer none): the store, opened at the first call. It must exist.
 */
StoreDatabase *
app_cli_session_open (AppCliSession  *self,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->database)
    return self->database;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no store at %s. Make one with: clientele-cli init"), self->path);
      return NULL;
    }
  self->database = store_database_open (self->path, STORE_OPEN_EXISTING, error);
  return self->database;
}

/**
 * app_cli_session_create:
 *
 * Returns: (transfer none): the store, made where there is none.
 */
StoreDatabase *
app_cli_session_create (AppCliSession  *self,
                        GError        **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->database)
    self->database = store_database_open (self->path, STORE_OPEN_CREATE, error);
  return self->database;
}

gboolean
app_cli_session_wants_json (AppCliSession *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->json;
}

/**
 * app_cli_session_print:
 *
 * Adds to the answer that a person reads; nothing where the answer is JSON.
 */
void
app_cli_session_print (AppCliSession *self,
                       const char    *format,
                       ...)
{
  g_return_if_fail (self != NULL);

  va_list values;

  if (self->json)
    return;
  va_start (values, format);
  g_string_append_vprintf (self->text, format, values);
  va_end (values);
}

/**
 * app_cli_session_take_json:
 * @document: (transfer full): the answer that a program reads
 */
void
app_cli_session_take_json (AppCliSession *self,
                           JsonNode      *document)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->document, json_node_unref);
  self->document = document;
}

/**
 * app_cli_session_say:
 *
 * Tells the person something that is not the answer, at once, on standard error.
 */
void
app_cli_session_say (AppCliSession *self,
                     const char    *format,
                     ...)
{
  g_return_if_fail (self != NULL);

  va_list values;

  app_cli_progress_clear (self->progress);
  va_start (values, format);
  vfprintf (stderr, format, values);
  va_end (values);
  fputc ('\n', stderr);
}

/**
 * app_cli_session_get_cancellable:
 *
 * For work that can take long; to be asked for before it starts threads.
 *
 * Returns: (transfer none): what Ctrl-C cancels from now on.
 */
GCancellable *
app_cli_session_get_cancellable (AppCliSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->cancellable)
    self->cancellable = app_cli_interrupt_watch ();
  return self->cancellable;
}

/**
 * app_cli_session_report:
 * @share: how much is done, 0 to 1
 * @session: an #AppCliSession
 *
 * Shows it on a terminal. Has the form of a #StoreProgressFunc, for any thread.
 */
void
app_cli_session_report (double   share,
                        gpointer session)
{
  AppCliSession *self = session;

  g_return_if_fail (self != NULL);

  app_cli_progress_report (self->progress, share);
}

static char *
print_document (AppCliSession *self)
{
  return store_json_text_print (self->document, TRUE);
}

/**
 * app_cli_session_flush:
 *
 * Writes the answer to standard output; fails where it cannot be taken there (a full disk).
 */
gboolean
app_cli_session_flush (AppCliSession  *self,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  app_cli_progress_clear (self->progress);
  if (self->json && self->document)
    {
      g_autofree char *data = print_document (self);

      fputs (data, stdout);
      fputc ('\n', stdout);
    }
  else
    fwrite (self->text->str, 1, self->text->len, stdout);

  if (fflush (stdout) != 0 || ferror (stdout))
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
                   _("The answer could not be written: %s"), g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}
