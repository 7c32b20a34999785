/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single customers are worth, by the model of all customers that the store keeps: a new order
 * is told at once, by the model as it is. Where the model is due, it is fitted anew meanwhile; only
 * where there is none yet does the page wait for it. */
#include "config.h"

#include "app-worth.h"

#include <glib/gi18n-lib.h>

#include "app-customer-facts.h"
#include "app-today.h"
#include "app-value-text.h"

#include "store-kept-customers.h"

struct _AppWorth
{
  GObject parent_instance;

  StoreDatabase *database;
  gulong watch;
  /* Raised on the main thread, lowered by who looks for the model. */
  gint stale;
  gint fitting;
  GMutex looking;
  StoreCustomerModel *model;
  gint32 judged;
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

  g_clear_pointer (&self->model, store_customer_model_unref);
  g_mutex_clear (&self->looking);

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
  g_mutex_init (&self->looking);
}

AppWorth *
app_worth_new (StoreDatabase *database)
{
  AppWorth *self = g_object_new (APP_TYPE_WORTH, NULL);

  self->database = g_object_ref (database);
  self->watch = g_signal_connect_swapped (database, "changed", G_CALLBACK (store_changed), self);

  return self;
}

static char *
dup_date_of_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *iso = g_date_time_format (now, "%F");

  return app_date_to_text (iso);
}

static void
fit_in_thread (GTask        *task,
               gpointer      source,
               gpointer      database,
               GCancellable *cancellable)
{
  AppWorth *self = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreCustomerModel) model =
    store_kept_customers_refresh (database, app_today_get (), cancellable, &error);

  if (error)
    g_debug ("The model of the customers cannot be fitted: %s", error->message);
  g_atomic_int_set (&self->stale, TRUE);
  g_atomic_int_set (&self->fitting, FALSE);
  g_task_return_boolean (task, model != NULL);
}

/* The next look finds the new model. */
static void
fit_meanwhile (AppWorth      *self,
               StoreDatabase *database)
{
  g_autoptr (GTask) task = NULL;

  if (!g_atomic_int_compare_and_exchange (&self->fitting, FALSE, TRUE))
    return;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_object_ref (database), g_object_unref);
  g_task_run_in_thread (task, fit_in_thread);
}

/* Called with the lock held. */
static gboolean
find_model (AppWorth      *self,
            StoreDatabase *database,
            gint32         today,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (StoreCustomerModel) model = NULL;
  g_autoptr (GError) failure = NULL;
  StoreModelState state = STORE_MODEL_CURRENT;

  if (self->model && self->judged == today && !g_atomic_int_get (&self->stale))
    return TRUE;

  /* Lowered first: what changes from here on is looked at the next time. */
  g_atomic_int_set (&self->stale, FALSE);
  model = store_kept_customers_find (database, today, &state, &failure);
  if (!model && !failure)
    model = store_kept_customers_refresh (database, today, cancellable, &failure);
  if (!model)
    {
      g_atomic_int_set (&self->stale, TRUE);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (state != STORE_MODEL_CURRENT)
    fit_meanwhile (self, database);
  g_clear_pointer (&self->model, store_customer_model_unref);
  self->model = g_steal_pointer (&model);
  self->judged = today;
  return TRUE;
}

static StoreCustomerModel *
dup_model (AppWorth      *self,
           StoreDatabase *database,
           gint32         today,
           GCancellable  *cancellable,
           GError       **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->looking);

  if (!find_model (self, database, today, cancellable, error))
    return NULL;
  return store_customer_model_ref (self->model);
}

static AppWorthFigures *
describe (const StoreCustomerModel *model,
          const StoreCustomerScore *score)
{
  const char *currency = store_customer_model_get_currency (model);
  AppWorthFigures *figures = g_new0 (AppWorthFigures, 1);

  if (!score->is_customer)
    return figures;

  currency = *currency ? currency : NULL;
  figures->past = app_customer_facts_to_text (score->purchases, score->total, score->silent_days,
                                              currency);
  figures->reason = g_strdup (score->reason);
  figures->group = g_strdup (score->segment);
  if (score->enough && score->has_value)
    figures->value = app_customer_amount_to_text (score->clv, currency);

  return figures;
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      party,
                GCancellable *cancellable)
{
  StoreDatabase *database = g_object_get_data (G_OBJECT (task), "database");
  g_auto (StoreCustomerScore) score = { 0 };
  g_autoptr (StoreCustomerModel) model = NULL;
  gint32 today = app_today_get ();
  AppWorthFigures *figures;
  GError *error = NULL;

  model = dup_model (source, database, today, cancellable, &error);
  if (!model || !store_kept_customers_score (database, model, party, today, &score, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  figures = describe (model, &score);
  figures->until = dup_date_of_today ();
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
