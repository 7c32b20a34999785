/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who stood, a quarter ago, where a customer stands today, and what they did then: the plainest
 * reason for a forecast. All customers have to be looked at once; that is kept for the next
 * question, until an order comes, goes or changes.
 */
#include "config.h"

#include "app-nearest.h"

#include "app-today.h"

#include "store-insight-orders.h"
#include "store-neighbours.h"

#include <glib/gi18n.h>

/* A quarter is long enough for most customers to show what they do. */
#define LOOK_BACK_DAYS 91

struct _AppNearest
{
  GObject parent_instance;

  StoreDatabase *database;
  gulong watch;
  /* Raised on the main thread, lowered by who reads the orders. */
  gint stale;
  GMutex reading;
  StoreNeighbours *neighbours;
  gint32 until;
};

G_DEFINE_FINAL_TYPE (AppNearest, app_nearest, G_TYPE_OBJECT)

static void
app_nearest_dispose (GObject *object)
{
  AppNearest *self = APP_NEAREST (object);

  if (self->database)
    g_clear_signal_handler (&self->watch, self->database);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (app_nearest_parent_class)->dispose (object);
}

static void
app_nearest_finalize (GObject *object)
{
  AppNearest *self = APP_NEAREST (object);

  g_clear_pointer (&self->neighbours, store_neighbours_free);
  g_mutex_clear (&self->reading);
  G_OBJECT_CLASS (app_nearest_parent_class)->finalize (object);
}

static void
app_nearest_class_init (AppNearestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_nearest_dispose;
  G_OBJECT_CLASS (klass)->finalize = app_nearest_finalize;
}

static void
app_nearest_init (AppNearest *self)
{
  g_mutex_init (&self->reading);
}

static void
on_store_changed (AppNearest     *self,
                  StoreChangeSet *changes)
{
  if (store_change_set_touches_kind (changes, STORE_KIND ("document")) ||
      store_change_set_touches_kind (changes, STORE_KIND ("party")))
    g_atomic_int_set (&self->stale, TRUE);
}

/**
 * app_nearest_new:
 * @database: whose orders count
 */
AppNearest *
app_nearest_new (StoreDatabase *database)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  AppNearest *self = g_object_new (APP_TYPE_NEAREST, NULL);

  self->database = g_object_ref (database);
  self->watch = g_signal_connect_swapped (database, "changed", G_CALLBACK (on_store_changed), self);
  return self;
}

/* Called with the lock held. */
static gboolean
refresh (AppNearest     *self,
         StoreDatabase  *database,
         GError        **error)
{
  gint32 today = app_today_get ();
  g_autoptr (StoreInsightOrders) orders = NULL;

  if (self->neighbours && self->until == today && !g_atomic_int_get (&self->stale))
    return TRUE;

  /* Lowered first: what changes from here on is read the next time. */
  g_atomic_int_set (&self->stale, FALSE);
  orders = store_insight_orders_read (database, today, NULL, error);
  if (!orders)
    {
      g_atomic_int_set (&self->stale, TRUE);
      return FALSE;
    }

  g_clear_pointer (&self->neighbours, store_neighbours_free);
  self->neighbours = store_neighbours_new (orders->table, LOOK_BACK_DAYS);
  self->until = today;
  return TRUE;
}

static char *
dup_name (const StoreNeighbours *neighbours,
          StoreDatabase         *database,
          guint                  row)
{
  g_autofree char *text = store_purchase_table_dup_id (neighbours->table, row);
  g_autoptr (StoreRecord) party = NULL;
  StoreId id;

  if (store_id_parse (&id, text))
    party = store_database_load (database, STORE_KIND ("party"), &id, NULL);
  return g_strdup (party ? store_record_get_title (party) : "…");
}

/* A line for each of the nearest past customers; NULL where there are none. */
static char *
describe (const StoreNeighbours *neighbours,
          StoreDatabase         *database,
          const char            *party)
{
  StoreNeighbour found[STORE_NEIGHBOURS_USUAL];
  g_autoptr (GString) lines = g_string_new (NULL);
  guint row;
  guint n = store_purchase_table_find (neighbours->table, party, &row)
              ? store_neighbours_find (neighbours, row, G_N_ELEMENTS (found), found)
              : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dup_name (neighbours, database, found[i].row);
      g_autofree char *reason = store_neighbours_dup_reason (neighbours, &found[i]);
      g_autofree char *outcome = store_neighbours_dup_outcome (neighbours, &found[i]);

      if (i > 0)
        g_string_append_c (lines, '\n');
      /* Translators: a customer's name, how they stood at an earlier day, and what came then. */
      g_string_append_printf (lines, _("%s: %s → %s"), name, reason, outcome);
    }
  return n > 0 ? g_strdup (lines->str) : NULL;
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      party,
                GCancellable *cancellable)
{
  AppNearest *self = source;
  StoreDatabase *database = g_object_get_data (G_OBJECT (task), "database");
  GError *error = NULL;
  char *lines = NULL;

  g_mutex_lock (&self->reading);
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) &&
      refresh (self, database, &error))
    lines = describe (self->neighbours, database, party);
  g_mutex_unlock (&self->reading);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, lines, g_free);
}

/**
 * app_nearest_look_async:
 * @party: whose past likes are asked for
 *
 * Finds them, on a thread.
 */
void
app_nearest_look_async (AppNearest          *self,
                        const StoreId       *party,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (APP_IS_NEAREST (self) && party != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, store_id_to_string (party), g_free);
  g_object_set_data_full (G_OBJECT (task), "database", g_object_ref (self->database),
                          g_object_unref);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * app_nearest_look_finish:
 *
 * Returns: (transfer full) (nullable): who stood like this and what they did then, a line each;
 * %NULL where there is nobody, or with an error
 */
char *
app_nearest_look_finish (AppNearest    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (APP_IS_NEAREST (self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
