/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-demo-store.h"

#include "app-demo-plan-private.h"

#include "store-database.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Records in one transaction: as many as one visible step of the log may hold. */
#define CHUNK 2000

typedef struct
{
  AppDemoPlan *plan;
  guint        first;
  guint        end;
} Chunk;

static gboolean
write_chunk (StoreTransaction *transaction,
             gpointer          data,
             GError          **error)
{
  Chunk *chunk = data;

  for (guint i = chunk->first; i < chunk->end; i++)
    {
      StoreRecord *record = g_ptr_array_index (chunk->plan->records, i);

      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_plan (StoreDatabase   *database,
            AppDemoPlan     *plan,
            GCancellable    *cancellable,
            AppDemoProgress  progress,
            gpointer         data,
            GError         **error)
{
  g_autofree char *group = store_database_new_group (database);
  guint n_records = plan->records->len;

  for (guint first = 0; first < n_records; first += CHUNK)
    {
      Chunk chunk = { plan, first, MIN (first + CHUNK, n_records) };

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !store_database_write (database, N_("Sample business"), group, write_chunk, &chunk,
                                    NULL, error))
        return FALSE;
      if (progress != NULL)
        progress ((double) chunk.end / n_records, data);
    }
  return TRUE;
}

/* What an earlier run that was broken off has left. */
static void
remove_store (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_unlink (name);
    }
}

static gboolean
fill_store (const char      *path,
            gint             today,
            GCancellable    *cancellable,
            AppDemoProgress  progress,
            gpointer         data,
            GError         **error)
{
  g_autoptr (StoreDatabase) database = NULL;
  g_autoptr (AppDemoPlan) plan = NULL;
  gboolean filled;

  database = store_database_open (path, STORE_OPEN_CREATE, error);
  if (database == NULL)
    return FALSE;

  plan = app_demo_plan_new (today);
  filled = write_plan (database, plan, cancellable, progress, data, error);
  store_database_close (database);

  return filled;
}

/* Makes the sample business as of the day @today at @path, unless a finished one is there already.
 * It is filled under another name and renamed, so that it is whole or absent. Blocks for some
 * seconds; any thread but the desktop's main one. @progress may be NULL. */
gboolean
app_demo_store_make (const char      *path,
                     gint             today,
                     GCancellable    *cancellable,
                     AppDemoProgress  progress,
                     gpointer         data,
                     GError         **error)
{
  g_autofree char *unfinished = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  unfinished = g_strconcat (path, ".new", NULL);
  remove_store (unfinished);
  if (!fill_store (unfinished, today, cancellable, progress, data, error))
    {
      remove_store (unfinished);
      return FALSE;
    }

  if (g_rename (unfinished, path) != 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                   _("The sample business could not be put in its place: %s"), g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}
