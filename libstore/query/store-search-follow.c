/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-search-index.h"

/* Quiet time after a change before the index is brought up to date of itself. */
#define QUIET_MS 700

#define TIMER "store-search-index-timer"

static void
catch_up_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!store_search_index_catch_up (source, STORE_SEARCH_NO_LIMIT, NULL, &error))
    g_debug ("search: %s", error ? error->message : "the store was closed");
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_quiet (gpointer data)
{
  StoreDatabase *database = data;
  g_autoptr (GTask) task = g_task_new (database, NULL, NULL, NULL);

  g_object_set_data (G_OBJECT (database), TIMER, NULL);
  g_task_run_in_thread (task, catch_up_in_thread);
  return G_SOURCE_REMOVE;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

/* Each change begins the quiet time anew. */
static void
on_changed (StoreDatabase  *database,
            StoreChangeSet *changes,
            gpointer        data)
{
  GSource *source = g_timeout_source_new (QUIET_MS);

  g_source_set_callback (source, on_quiet, database, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_object_set_data_full (G_OBJECT (database), TIMER, source, destroy_source);
}

/**
 * store_search_index_follow:
 * @database: a store
 *
 * From now on, brings the index up to date in the background whenever the store has been quiet for
 * a moment, so that searches need not wait for it. For programs that stay open; on the thread of
 * the store's signals.
 */
void
store_search_index_follow (StoreDatabase *database)
{
  g_return_if_fail (STORE_IS_DATABASE (database));

  if (g_signal_handler_find (database, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_changed, NULL) != 0)
    return;
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), NULL);
  on_changed (database, NULL, NULL);
}
