/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single customers are worth. The models are fitted on all orders at once, so the answer for
 * one customer is kept for the next, until an order comes, goes or changes. */
#include "config.h"

#include "app-worth.h"

#include <glib/gi18n-lib.h>

#include "app-insights-result.h"
#include "app-value-text.h"

struct _AppWorth
{
  GObject parent_instance;

  StoreDatabase *database;
  gulong watch;
  /* Raised on the main thread, lowered by who reads the orders. */
  gint stale;
  GMutex reading;
  AppInsightsResult *result;
};

G_DEFINE_FINAL_TYPE (AppWorth, app_worth, G_TYPE_OBJECT)

void
app_worth_figures_free (AppWorthFigures *figures)
{
  g_free (figures->past);
  g_free (figures->value);
  g_free (figures->reason);
  g_free (figures->group);
  g_free (figures->until);
  g_free (figures);
}

static void
store_changed (AppWorth       *self,
               StoreChangeSet *changes)
{
  if (store_change_set_touches_kind (changes, store_catalog_find ("document")) ||
      store_change_set_touches_kind (changes, store_catalog_find ("party")))
    g_atomic_int_set (&self->stale, TRUE);
}

static void
app_worth_dispose (GObject *object)
{
  AppWorth *self = APP_WORTH (object);

  if (self->database)
    g_signal_handler_disconnect (self->database, self->watch);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (app_worth_parent_class)->dispose (object);
}

static void
app_worth_finalize (GObject *object)
{
  AppWorth *self = APP_WORTH (object);

  g_clear_object (&self->result);
  g_mutex_clear (&self->reading);

  G_OBJECT_CLASS (app_worth_parent_class)->finalize (object);
}

static void
app_worth_class_init (AppWorthClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = app_worth_dispose;
  object_class->finalize = app_worth_finalize;
}

static void
app_worth_init (AppWorth *self)
{
  g_mutex_init (&self->reading);
}

AppWorth *
app_worth_new (StoreDatabase *database)
{
  AppWorth *self = g_object_new (APP_TYPE_WORTH, NULL);

  self->database = g_object_ref (database);
  self->watch = g_signal_connect_swapped (database, "changed", G_CALLBACK (store_changed), self);

  return self;
}

/* Days since 1970-01-01, of the calendar on the wall. */
static gint32
get_today (char **date)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *iso = g_date_time_format (now, "%F");
  g_autoptr (GDateTime) midnight = NULL;

  midnight = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                                  g_date_time_get_day_of_month (now), 0, 0, 0);
  *date = app_date_to_text (iso);
  return (gint32) (g_date_time_to_unix (midnight) / 86400);
}

/* Called with the lock held. */
static gboolean
refresh (AppWorth      *self,
         StoreDatabase *database,
         gint32         today,
         GCancellable  *cancellable,
         GError       **error)
{
  AppInsightsResult *result;

  if (self->result && app_insights_result_get_until (self->result) == today &&
      !g_atomic_int_get (&self->stale))
    return TRUE;

  /* Lowered first: what changes from here on is read the next time. */
  g_atomic_int_set (&self->stale, FALSE);
  result = app_insights_result_new (database, today, cancellable, error);
  if (!result)
    {
      g_atomic_int_set (&self->stale, TRUE);
      return FALSE;
    }

  g_clear_object (&self->result);
  self->result = result;
  return TRUE;
}

static AppWorthFigures *
describe (AppInsightsResult *result,
          const char        *id)
{
  const StoreInsightOrders *orders = app_insights_result_get_orders (result);
  const StoreSegments *segments = app_insights_result_get_segments (result);
  const StoreClv *clv = app_insights_result_get_clv (result);
  AppWorthFigures *figures = g_new0 (AppWorthFigures, 1);
  guint row;

  if (!clv || !store_purchase_table_find (orders->table, id, &row))
    return figures;

  figures->past = app_insights_result_dup_facts (result, row);
  figures->reason = store_clv_dup_reason (clv, row);
  if (clv->enough && clv->has_spend)
    figures->value = app_insights_result_dup_amount (result, clv->clv[row]);
  if (segments && segments->k > 1)
    figures->group = g_strdup (segments->segments[segments->labels[row]].name);

  return figures;
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      party,
                GCancellable *cancellable)
{
  AppWorth *self = source;
  StoreDatabase *database = g_object_get_data (G_OBJECT (task), "database");
  g_autofree char *id = store_id_to_string (party);
  g_autofree char *date = NULL;
  gint32 today = get_today (&date);
  AppWorthFigures *figures = NULL;
  GError *error = NULL;

  g_mutex_lock (&self->reading);
  if (refresh (self, database, today, cancellable, &error))
    figures = describe (self->result, id);
  g_mutex_unlock (&self->reading);

  if (!figures)
    {
      g_task_return_error (task, error);
      return;
    }
  figures->until = g_steal_pointer (&date);
  g_task_return_pointer (task, figures, (GDestroyNotify) app_worth_figures_free);
}

/**
 * app_worth_look_async:
 * @party: whose worth is asked for
 *
 * Works out what a customer is worth, on a thread.
 */
void
app_worth_look_async (AppWorth            *self,
                      const StoreId       *party,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (APP_IS_WORTH (self));

  g_task_set_task_data (task, g_memdup2 (party, sizeof *party), g_free);
  g_object_set_data_full (G_OBJECT (task), "database", g_object_ref (self->database),
                          g_object_unref);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * app_worth_look_finish:
 *
 * Returns: (transfer full) (nullable): the figures; empty ones for a customer without orders
 */
AppWorthFigures *
app_worth_look_finish (AppWorth      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
