/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One model a store: for the currency that most orders are in, found again by the name of its
 * analysis alone. It is fitted to all orders, tested on the figures of the customers, which are
 * read much faster, and scores one customer by the orders of that one.
 */
#include "config.h"

#include "store-kept-customers.h"

#include "store-customer-model-private.h"
#include "store-database-private.h"
#include "store-insight-orders.h"
#include "store-purchase-follow.h"

#define SETTINGS ""

static StoreCustomerModel *
find (StoreDatabase    *database,
      StoreShelfMark   *mark,
      GError          **error)
{
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (GError) damage = NULL;
  StoreCustomerModel *self = NULL;

  model = store_model_shelf_find (database, STORE_CUSTOMER_ANALYSIS, SETTINGS, mark, error);
  if (model != NULL)
    self = store_customer_model_new_from_model (model, &damage);
  /* What another version kept is as good as nothing. */
  if (damage != NULL)
    g_debug ("kept model: %s", damage->message);
  return self;
}

/**
 * store_kept_customers_find:
 * @until: the last day that counts, days since 1970-01-01
 * @state: (out): whether it will do; set where there is a model
 * @error: why the store cannot be read
 *
 * Returns: (transfer full) (nullable): the model that is kept; %NULL without @error where there is
 *   none
 */
StoreCustomerModel *
store_kept_customers_find (StoreDatabase    *database,
                           gint32            until,
                           StoreModelState  *state,
                           GError          **error)
{
  StoreShelfMark mark;
  StoreCustomerModel *self;

  g_return_val_if_fail (STORE_IS_DATABASE (database) && state != NULL, NULL);

  if (!store_purchase_follow_catch_up (database, NULL, error))
    return NULL;
  self = find (database, &mark, error);
  if (self != NULL)
    *state = store_model_shelf_judge (self->model, &mark, until);
  return self;
}

/* Before the data are read: what changes in between makes the model older, not newer. */
static gboolean
get_changes (StoreDatabase  *database,
             GCancellable   *cancellable,
             gint64         *changes,
             GError        **error)
{
  return store_purchase_follow_catch_up (database, cancellable, error) &&
         store_database_read (database, (StoreReadFunc) store_purchase_follow_get_changes, changes,
                              error);
}

static StoreCustomerModel *
fit_anew (StoreDatabase             *database,
          const StoreCustomerModel  *known,
          gint64                     changes,
          gint32                     until,
          GCancellable              *cancellable,
          GError                   **error)
{
  g_autoptr (StoreInsightOrders) orders = store_insight_orders_read (database, until, NULL, error);
  g_autoptr (StoreCustomerModel) model = NULL;

  if (orders == NULL)
    return NULL;
  if (known != NULL && g_strcmp0 (known->currency, orders->currency) != 0)
    known = NULL;
  model = store_customer_model_fit (orders->table, orders->currency, known, cancellable, error);
  if (model == NULL || !store_model_shelf_put (database, SETTINGS, model->model, changes, error))
    return NULL;
  return g_steal_pointer (&model);
}

static gboolean
confirm (StoreDatabase             *database,
         const StoreCustomerModel  *model,
         gint64                     changes,
         gint32                     until,
         GCancellable              *cancellable,
         gboolean                  *holds,
         GError                   **error)
{
  const char *currency = *model->currency ? model->currency : NULL;
  g_autoptr (StoreInsightOrders) orders =
    store_insight_orders_read_figures (database, until, currency, cancellable, error);

  if (orders == NULL)
    return FALSE;
  *holds = store_customer_model_holds (model, orders->table);
  return !*holds ||
         store_model_shelf_confirm (database, SETTINGS, model->model, changes, until, error);
}

/**
 * store_kept_customers_refresh:
 * @until: the last day that counts, days since 1970-01-01
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_CANCELLED, or why the store cannot be read or written
 *
 * Tests the model that is kept where it is to be tested, and fits it anew, beginning at what it
 * was, where it is due.
 *
 * Returns: (transfer full): a model that will do
 */
StoreCustomerModel *
store_kept_customers_refresh (StoreDatabase  *database,
                              gint32          until,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_autoptr (StoreCustomerModel) kept = NULL;
  g_autoptr (GError) failure = NULL;
  StoreModelState state = STORE_MODEL_DUE;
  gboolean holds = FALSE;
  StoreShelfMark mark;
  gint64 changes;

  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  if (!get_changes (database, cancellable, &changes, error))
    return NULL;
  kept = find (database, &mark, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (kept != NULL)
    state = store_model_shelf_judge (kept->model, &mark, until);
  if (state == STORE_MODEL_CURRENT)
    return g_steal_pointer (&kept);
  if (state == STORE_MODEL_TO_TEST &&
      !confirm (database, kept, changes, until, cancellable, &holds, error))
    return NULL;
  return holds ? g_steal_pointer (&kept)
               : fit_anew (database, kept, changes, until, cancellable, error);
}

/**
 * store_kept_customers_score:
 * @model: of the store's customers
 * @party: whom to score
 * @until: the last day that counts, days since 1970-01-01
 * @score: (out): what the model says of their orders as they are; clear it in any case
 * @error: why the store cannot be read
 */
gboolean
store_kept_customers_score (StoreDatabase             *database,
                            const StoreCustomerModel  *model,
                            const StoreId             *party,
                            gint32                     until,
                            StoreCustomerScore        *score,
                            GError                   **error)
{
  g_autoptr (StorePurchaseTable) table = NULL;
  const char *currency;

  g_return_val_if_fail (STORE_IS_DATABASE (database) && model != NULL, FALSE);
  g_return_val_if_fail (party != NULL && score != NULL, FALSE);

  *score = (StoreCustomerScore){ 0 };
  currency = *model->currency ? model->currency : NULL;
  table = store_insight_orders_read_customer (database, party, until, currency, error);
  return table != NULL && store_customer_model_score (model, table, score, error);
}
