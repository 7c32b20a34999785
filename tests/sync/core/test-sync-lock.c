/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync-error.h"
#include "sync-lock.h"

typedef struct
{
  char *folder;
  char *store;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->folder = g_dir_make_tmp ("clientele-lock-XXXXXX", NULL);
  fixture->store = g_build_filename (fixture->folder, "business.db", NULL);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  g_autofree char *lock = g_strconcat (fixture->store, ".sync-lock", NULL);

  g_unlink (lock);
  g_rmdir (fixture->folder);
  g_free (fixture->store);
  g_free (fixture->folder);
}

static void
test_second_holder_is_told_to_wait (Fixture    *fixture,
                                    const void *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncLock) first = sync_lock_acquire (fixture->store, 0, NULL, &error);
  g_autoptr (SyncLock) second = NULL;

  g_assert_no_error (error);
  second = sync_lock_acquire (fixture->store, 0, NULL, &error);
  g_assert_null (second);
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_BUSY);
  g_clear_error (&error);

  g_clear_pointer (&first, sync_lock_release);
  second = sync_lock_acquire (fixture->store, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
}

static void
test_waiting_can_be_cancelled (Fixture    *fixture,
                               const void *data)
{
  g_autoptr (SyncLock) first = sync_lock_acquire (fixture->store, 0, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (sync_lock_acquire (fixture->store, 1000, cancellable, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_CANCELLED);
}

static void
test_dead_process_holds_nothing (Fixture    *fixture,
                                 const void *data)
{
  g_autoptr (SyncLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      if (sync_lock_acquire (fixture->store, 0, NULL, NULL) == NULL)
        _exit (1);
      _exit (0);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  lock = sync_lock_acquire (fixture->store, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lock);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/lock/second-holder-is-told-to-wait", test_second_holder_is_told_to_wait);
  ADD ("/lock/waiting-can-be-cancelled", test_waiting_can_be_cancelled);
  ADD ("/lock/dead-process-holds-nothing", test_dead_process_holds_nothing);

  return g_test_run ();
}
