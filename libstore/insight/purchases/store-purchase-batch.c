/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the change log to the figures of the customers that it touches.
 *
 * A document that was inserted, that nothing else touched and whose row is newer than any that the
 * figures have seen is in no figure yet: it is added to its customer's row. Every other document
 * that was touched has its customers recomputed from the orders as they are: the one it belongs to,
 * those named by the change, and for a change that another device made without knowing ours, all
 * that the document's history names, for it may have been shown under any of them.
 *
 * One thing happens to records that the log does not name: a write elsewhere cancels a delete, and
 * everything that was deleted with it comes back. So the table purchase_trash keeps which documents
 * lay in the trash, and after entries of other devices those that came back are looked for.
 */
#include "config.h"

#include "store-purchase-batch.h"

#include "store-catalog.h"
#include "store-log-reader.h"
#include "store-log-walk.h"
#include "store-purchase-order.h"
#include "store-purchase-rows.h"
#include "store-row-clock.h"

/* How long a batch may look for documents: it keeps others waiting. */
#define COLLECT_US (20 * 1000)

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

typedef struct
{
  StoreId id;
  gboolean fresh;
  gboolean foreign_move;
} Touch;

typedef struct
{
  StoreConnection *connection;
  const StoreKind *document;
  guint64 watched;
  guint party;
  gint64 last_n;
  gboolean foreign;
  GHashTable *touched;
  GHashTable *customers;
  GArray *fresh;
  gint64 changes;
} Batch;

static void
batch_init (Batch           *self,
            StoreConnection *connection,
            gint64           last_n)
{
  static const char *const watched[] = { "kind", "party", "state", "date", "total", "currency" };

  *self = (Batch){ .connection = connection, .last_n = last_n };
  self->document = store_catalog_find ("document");
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    self->watched |= BIT (store_kind_get_field (self->document, watched[i])->id);
  self->party = store_kind_get_field (self->document, "party")->id;
  self->touched = g_hash_table_new_full (store_id_hash, store_id_equal, NULL, g_free);
  self->customers = g_hash_table_new_full (store_id_hash, store_id_equal, g_free, NULL);
  self->fresh = g_array_new (FALSE, FALSE, sizeof (StoreId));
}

static void
batch_clear (Batch *self)
{
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->customers);
  g_array_unref (self->fresh);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static void
add_customer (Batch         *self,
              const StoreId *id)
{
  if (!g_hash_table_contains (self->customers, id))
    g_hash_table_add (self->customers, g_memdup2 (id, sizeof *id));
}

static void
add_customer_of_value (Batch            *self,
                       const StoreValue *value)
{
  StoreId id;

  if (value && store_value_get_id (value, &id))
    add_customer (self, &id);
}

static void
add_row (Batch               *self,
         const StoreEntryRow *row,
         gboolean             own)
{
  Touch *touch;

  if (row->kind != self->document->id ||
      (row->action == STORE_ENTRY_EDIT && !(row->mask & self->watched)))
    return;

  touch = g_hash_table_lookup (self->touched, &row->id);
  if (touch)
    {
      touch->fresh = FALSE;
    }
  else
    {
      touch = g_new0 (Touch, 1);
      touch->id = row->id;
      touch->fresh = row->action == STORE_ENTRY_INSERT;
      g_hash_table_insert (self->touched, &touch->id, touch);
    }
  if (!(row->mask & BIT (self->party)))
    return;
  touch->foreign_move |= !own;
  if (row->action == STORE_ENTRY_INSERT)
    return;
  add_customer_of_value (self, store_entry_row_get_old (row, self->party));
  add_customer_of_value (self, store_entry_row_get_new (row, self->party));
}

static gboolean
collect (Batch   *self,
         gint64  *seq,
         guint    most,
         GError **error)
{
  g_auto (StoreLogWalk) walk = { 0 };
  gint64 stop = g_get_monotonic_time () + COLLECT_US;
  gboolean more = TRUE;

  if (!store_log_walk_init (&walk, self->connection, *seq, 0, error))
    return FALSE;
  while (g_hash_table_size (self->touched) < most && g_get_monotonic_time () < stop)
    {
      if (!store_log_walk_step (&walk, &more, error))
        return FALSE;
      if (!more)
        break;
      *seq = walk.seq;
      self->foreign |= !walk.own;
      for (guint i = 0; walk.entry && i < walk.entry->n_rows; i++)
        add_row (self, &walk.entry->rows[i], walk.own);
    }
  return TRUE;
}

/* Every customer that a transaction gave the document to or took it from. */
static void
add_customers_of (Batch               *self,
                  StoreLogTransaction *transaction,
                  const StoreId       *id)
{
  for (guint i = 0; i < transaction->parts->len; i++)
    {
      const StoreEntry *entry = g_ptr_array_index (transaction->parts, i);

      for (guint j = 0; j < entry->n_rows; j++)
        {
          const StoreEntryRow *row = &entry->rows[j];

          if (row->kind != self->document->id || !store_id_equal (&row->id, id))
            continue;
          add_customer_of_value (self, store_entry_row_get_old (row, self->party));
          add_customer_of_value (self, store_entry_row_get_new (row, self->party));
        }
    }
}

static gboolean
add_history (Batch          *self,
             const StoreId  *id,
             guint64         seq,
             GError        **error)
{
  while (seq != 0)
    {
      g_autoptr (StoreLogTransaction) transaction =
        store_log_transaction_load (self->connection, seq, error);

      if (transaction == NULL)
        return FALSE;
      add_customers_of (self, transaction, id);
      store_log_transaction_find_row (transaction, self->document->id, id, &seq);
    }
  return TRUE;
}

static gboolean
note_trash (Batch     *self,
            gint64     n,
            gboolean   trashed,
            GError   **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (self->connection,
                              trashed ? "INSERT OR IGNORE INTO purchase_trash VALUES (?)"
                                      : "DELETE FROM purchase_trash WHERE n = ?",
                              error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, n);
  return store_statement_run (statement, error);
}

static gboolean
resolve (Batch        *self,
         const Touch  *touch,
         GError      **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (self->connection,
                              "SELECT n, trashed, clock, party FROM document WHERE id = ?", error);
  StoreRowClock clock;
  gboolean trashed;
  gboolean fresh;
  gboolean found;
  StoreId party;
  gint64 n;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, &touch->id);
  if (!store_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  n = sqlite3_column_int64 (statement->handle, 0);
  trashed = sqlite3_column_int (statement->handle, 1) != 0;
  fresh = touch->fresh && n > self->last_n;
  if ((trashed || !fresh) && !note_trash (self, n, trashed, error))
    return FALSE;
  if (fresh)
    {
      g_array_append_val (self->fresh, touch->id);
      return TRUE;
    }
  if (store_statement_get_id (statement, 3, &party))
    add_customer (self, &party);
  if (!touch->foreign_move)
    return TRUE;
  store_row_clock_unpack (&clock, sqlite3_column_blob (statement->handle, 2),
                          (gsize) sqlite3_column_bytes (statement->handle, 2));
  return add_history (self, &touch->id, clock.last, error);
}

static gboolean
resolve_all (Batch   *self,
             GError **error)
{
  GHashTableIter iter;
  gpointer touch;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, NULL, &touch))
    if (!resolve (self, touch, error))
      return FALSE;
  return TRUE;
}

/* Documents that came back without being named, because a write elsewhere cancelled a delete. */
static gboolean
find_returned (Batch   *self,
               GError **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (self->connection,
                              "SELECT d.party FROM purchase_trash t"
                              " JOIN document d ON d.n = t.n WHERE d.trashed = 0",
                              error);
  gboolean row = statement != NULL;

  while (row)
    {
      StoreId party;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row && store_statement_get_id (statement, 0, &party))
        add_customer (self, &party);
    }
  return statement != NULL &&
         store_connection_execute (self->connection,
                                   "DELETE FROM purchase_trash WHERE n IN (SELECT t.n"
                                   " FROM purchase_trash t JOIN document d ON d.n = t.n"
                                   " WHERE d.trashed = 0)",
                                   error);
}

static gboolean
add_order (Batch                     *self,
           const StorePurchaseOrder  *order,
           GError                   **error)
{
  StorePurchaseFigures figures;
  gboolean found;

  if (g_hash_table_contains (self->customers, &order->party))
    return TRUE;
  if (!store_purchase_rows_find (self->connection, &order->party, order->currency, &figures,
                                 &found, error))
    return FALSE;
  if (!store_purchase_figures_add (&figures, order->day, order->total))
    {
      add_customer (self, &order->party);
      return TRUE;
    }
  self->changes++;
  return store_purchase_rows_put (self->connection, &order->party, order->currency, &figures,
                                  error);
}

static gboolean
add_fresh (Batch         *self,
           const StoreId *id,
           GError       **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (self->connection,
                              "SELECT " STORE_PURCHASE_ORDER_COLUMNS " FROM document"
                              " WHERE id = ? AND " STORE_PURCHASE_ORDER_COUNTS,
                              error);
  StorePurchaseOrder order;
  gboolean found;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &found, error))
    return FALSE;
  return !found || !store_purchase_order_read (&order, statement, 0) ||
         add_order (self, &order, error);
}

static gboolean
recompute_all (Batch   *self,
               GError **error)
{
  GHashTableIter iter;
  gpointer customer;

  g_hash_table_iter_init (&iter, self->customers);
  while (g_hash_table_iter_next (&iter, &customer, NULL))
    if (!store_purchase_rows_recompute (self->connection, customer, error))
      return FALSE;
  self->changes += g_hash_table_size (self->customers);
  return TRUE;
}

/**
 * store_purchase_batch_apply:
 * @seq: (inout): the log row up to which the figures are true; then the one reached
 * @last_n: the newest row of a document that the figures may know
 * @most: after so many documents no further log row is looked at
 * @changes: (inout): raised by one for each customer whose figures changed and order that was added
 *
 * Goes on in the log for a moment. Inside a write transaction; afterwards every row of a document
 * that is there may be in the figures.
 */
gboolean
store_purchase_batch_apply (StoreConnection  *connection,
                            gint64           *seq,
                            gint64            last_n,
                            guint             most,
                            gint64           *changes,
                            GError          **error)
{
  g_auto (Batch) batch = { NULL };

  batch_init (&batch, connection, last_n);
  if (!collect (&batch, seq, most, error) || !resolve_all (&batch, error) ||
      (batch.foreign && !find_returned (&batch, error)))
    return FALSE;
  for (guint i = 0; i < batch.fresh->len; i++)
    if (!add_fresh (&batch, &g_array_index (batch.fresh, StoreId, i), error))
      return FALSE;
  if (!recompute_all (&batch, error))
    return FALSE;
  *changes += batch.changes;
  return TRUE;
}
