/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ctrl-C during long work. SIGINT is blocked in every thread and taken by one that only waits for
 * it, for almost nothing may be called in a signal handler. The first one asks the work to stop;
 * a second one ends the program at once, as usual.
 */
#include "config.h"

#include "app-cli-interrupt.h"

#include <pthread.h>
#include <signal.h>

static gpointer
wait_for_interrupt (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t interrupt;
  int which;

  sigemptyset (&interrupt);
  sigaddset (&interrupt, SIGINT);
  if (sigwait (&interrupt, &which) == 0)
    {
      pthread_sigmask (SIG_UNBLOCK, &interrupt, NULL);
      g_cancellable_cancel (cancellable);
    }
  while (TRUE)
    g_usleep (G_USEC_PER_SEC);
  return NULL;
}

/**
 * app_cli_interrupt_watch:
 *
 * To be called before there are other threads; once.
 *
 * Returns: (transfer full): what Ctrl-C cancels from now on
 */
GCancellable *
app_cli_interrupt_watch (void)
{
  GCancellable *cancellable = g_cancellable_new ();
  sigset_t interrupt;

  sigemptyset (&interrupt);
  sigaddset (&interrupt, SIGINT);
  pthread_sigmask (SIG_BLOCK, &interrupt, NULL);

  /* The thread lives as long as the program, and what it cancels with it. */
  g_thread_unref (g_thread_new ("interrupt", wait_for_interrupt, g_object_ref (cancellable)));
  return cancellable;
}
