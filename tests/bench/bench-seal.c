/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sealing and opening of real records: transactions of 100 changes (50 customers, two fields each),
 * one a batch. The limit is what the cipher alone takes for the same bytes in the same run.
 */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "store-log.h"
#include "sync-account.h"
#include "sync-batch.h"

#define CUSTOMERS 50
#define FIELDS 2
#define CHANGES (CUSTOMERS * FIELDS)
#define TRANSACTIONS 400
#define ROUNDS 5

typedef struct
{
  StoreId ids[CUSTOMERS];
  guint round;
} Business;

static gboolean
add_customers (StoreTransaction  *transaction,
               gpointer           data,
               GError           **error)
{
  Business *business = data;

  for (guint i = 0; i < CUSTOMERS; i++)
    {
      g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
      g_autofree char *name = g_strdup_printf ("Customer %u", i);

      store_record_set_text (record, "kind", "person");
      store_record_set_text (record, "display_name", name);
      business->ids[i] = *store_record_get_id (record);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
edit_customers (StoreTransaction  *transaction,
                gpointer           data,
                GError           **error)
{
  Business *business = data;

  for (guint i = 0; i < CUSTOMERS; i++)
    {
      g_autoptr (StoreRecord) record = NULL;
      g_autofree char *text = g_strdup_printf ("shop %u", (business->round + i) % 97);

      record = store_transaction_load (transaction,
                                       STORE_KIND ("party"),
                                       &business->ids[i],
                                       error);
      if (record == NULL)
        return FALSE;

      store_record_set_text (record, "source", text);
      store_record_set_integer (record, "touch_every", 1 + business->round % 365);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }

  return TRUE;
}

static void
write_business (StoreDatabase *store)
{
  Business business = { 0 };
  g_autoptr (GError) error = NULL;

  store_database_write (store, "Import", NULL, add_customers, &business, NULL, &error);
  g_assert_no_error (error);
  for (business.round = 0; business.round < TRANSACTIONS; business.round++)
    {
      store_database_write (store, "Edit", NULL, edit_customers, &business, NULL, &error);
      g_assert_no_error (error);
    }
}

static GPtrArray *
read_bodies (StoreDatabase *store,
             StoreStreamId *stream)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *bodies;

  store_log_get_own_stream (store, stream);
  bodies = store_log_read (store, stream, 1, 0, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bodies->len, ==, TRANSACTIONS);

  return bodies;
}

static GPtrArray *
seal_all (GPtrArray         *bodies,
          const SyncAccount *account)
{
  GPtrArray *batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < bodies->len; i++)
    {
      SyncBatchHeader header = { .first = i + 1, .last = i + 1 };
      g_autoptr (GPtrArray) records = g_ptr_array_new ();

      g_ptr_array_add (records, g_ptr_array_index (bodies, i));
      g_ptr_array_add (batches, sync_batch_seal (&header, records, &account->first_seal, NULL));
    }

  return batches;
}

static void
open_all (GPtrArray           *batches,
          const SyncAccount   *account,
          const StoreStreamId *stream)
{
  for (guint i = 0; i < batches->len; i++)
    {
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (StoreEntry) entry = NULL;
      SyncBatchHeader header;

      records = sync_batch_open (g_ptr_array_index (batches, i),
                                 &account->first_seal,
                                 &header,
                                 NULL);
      entry = store_entry_decode (g_ptr_array_index (records, 0), stream, NULL);
      g_assert_cmpuint (entry->n_rows, ==, CUSTOMERS);
    }
}

/* The cipher alone, over as many bytes as the batches hold. */
static void
encrypt_all (GPtrArray         *batches,
             const SyncAccount *account)
{
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES] = { 0 };

  for (guint i = 0; i < batches->len; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (batches, i), &size);
      g_autofree guint8 *out = g_malloc (size + SYNC_SEAL_OVERHEAD);

      crypto_aead_xchacha20poly1305_ietf_encrypt (out,
                                                  NULL,
                                                  bytes,
                                                  size,
                                                  NULL,
                                                  0,
                                                  NULL,
                                                  nonce,
                                                  account->first_seal.secret);
    }
}

static gsize
sum_sizes (GPtrArray *batches)
{
  gsize sum = 0;

  for (guint i = 0; i < batches->len; i++)
    sum += g_bytes_get_size (g_ptr_array_index (batches, i));

  return sum;
}

static void
measure (StoreDatabase *store)
{
  g_autoptr (SyncAccount) account = sync_account_new ();
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (GPtrArray) bodies = NULL;
  double seal = G_MAXDOUBLE;
  double open = G_MAXDOUBLE;
  double cipher = G_MAXDOUBLE;
  double changes = (double) TRANSACTIONS * CHANGES;
  StoreStreamId stream;
  gsize size = 0;

  bodies = read_bodies (store, &stream);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) batches = NULL;

      g_timer_start (timer);
      batches = seal_all (bodies, account);
      seal = MIN (seal, g_timer_elapsed (timer, NULL));

      g_timer_start (timer);
      open_all (batches, account, &stream);
      open = MIN (open, g_timer_elapsed (timer, NULL));

      g_timer_start (timer);
      encrypt_all (batches, account);
      cipher = MIN (cipher, g_timer_elapsed (timer, NULL));
      size = sum_sizes (batches);
    }

  g_print ("seal, 100 changes a batch:          %6.2f M changes/s, %.2f of the cipher alone\n",
           changes / seal / 1e6,
           cipher / seal);
  g_print ("open and decode:                    %6.2f M changes/s, %.2f of the cipher alone"
           " (wanted: 10 M)\n",
           changes / open / 1e6,
           cipher / open);
  g_print ("bytes a change, header and padding: %6.2f (wanted: at most 25)\n", size / changes);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("clientele-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "business.db", NULL);
  g_autoptr (StoreDatabase) store = NULL;
  g_autoptr (GError) error = NULL;

  store = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  write_business (store);
  measure (store);
  store_database_close (store);
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
