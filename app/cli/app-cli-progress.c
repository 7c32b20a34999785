/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

/* Quick work shows nothing; then the line is written anew ten times a second at most. */
#define PATIENCE (G_USEC_PER_SEC / 2)
#define INTERVAL (G_USEC_PER_SEC / 10)

struct _AppCliProgress
{
  GMutex lock;
  gboolean terminal;
  gboolean shown;
  gint64 next;
};

AppCliProgress *
app_cli_progress_new (void)
{
  AppCliProgress *self = g_new0 (AppCliProgress, 1);

  g_mutex_init (&self->lock);
  self->terminal = isatty (STDERR_FILENO);
  self->next = g_get_monotonic_time () + PATIENCE;
  return self;
}

void
app_cli_progress_free (AppCliProgress *self)
{
  app_cli_progress_clear (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * app_cli_progress_report:
 * @share: how much is done, 0 to 1
 */
void
app_cli_progress_report (AppCliProgress *self,
                         double          share)
{
  g_return_if_fail (self != NULL);

  gint64 now = g_get_monotonic_time ();

  if (!self->terminal)
    return;

  g_mutex_lock (&self->lock);
  if (now >= self->next)
    {
      fputc ('\r', stderr);
      /* Translators: how much of long work is done, in percent. */
      fprintf (stderr, _("%3.0f %% done (Ctrl-C stops)"), 100 * CLAMP (share, 0, 1));
      fflush (stderr);
      self->shown = TRUE;
      self->next = now + INTERVAL;
    }
  g_mutex_unlock (&self->lock);
}

/**
 * app_cli_progress_clear:
 *
 * Takes the line away, so that something else can be written.
 */
void
app_cli_progress_clear (AppCliProgress *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  if (self->shown)
    fputs ("\r\033[K", stderr);
  self->shown = FALSE;
  g_mutex_unlock (&self->lock);
}
