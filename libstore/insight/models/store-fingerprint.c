/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * BLAKE2b by libsodium over the bytes of numbers, least significant first, so that all machines
 * agree. Each column is preceded by its length, so that no two lists of columns run together.
 */
#include "config.h"

#include "store-fingerprint.h"

#include <sodium.h>
#include <string.h>

#define SIZE 16
#define PIECE 512

struct _StoreFingerprint
{
  crypto_generichash_state state;
};

/**
 * store_fingerprint_new:
 * @domain: what kind of data it is, for example "purchases"
 *
 * Returns: (transfer full): an empty fingerprint, for store_fingerprint_end(). Any thread.
 */
StoreFingerprint *
store_fingerprint_new (const char *domain)
{
  StoreFingerprint *self;

  g_return_val_if_fail (domain != NULL, NULL);

  /* Aligned as the state of the hash wants it. */
  self = g_aligned_alloc0 (1, sizeof *self, 64);
  crypto_generichash_init (&self->state, NULL, 0, SIZE);
  store_fingerprint_add_text (self, domain);
  return self;
}

void
store_fingerprint_free (StoreFingerprint *self)
{
  g_aligned_free (self);
}

void
store_fingerprint_add_count (StoreFingerprint *self,
                             gint64            count)
{
  guint64 bytes = GUINT64_TO_LE ((guint64) count);

  g_return_if_fail (self != NULL);

  crypto_generichash_update (&self->state, (const guint8 *) &bytes, sizeof bytes);
}

void
store_fingerprint_add_text (StoreFingerprint *self,
                            const char       *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  store_fingerprint_add_count (self, (gint64) strlen (text));
  crypto_generichash_update (&self->state, (const guint8 *) text, strlen (text));
}

static void
add_words (StoreFingerprint *self,
           gconstpointer     values,
           gsize             n)
{
  const guint8 *from = values;

  store_fingerprint_add_count (self, (gint64) n);
  while (n > 0)
    {
      guint64 piece[PIECE];
      gsize count = MIN (n, PIECE);

      memcpy (piece, from, count * sizeof *piece);
      for (gsize i = 0; i < count; i++)
        piece[i] = GUINT64_TO_LE (piece[i]);
      crypto_generichash_update (&self->state, (const guint8 *) piece, count * sizeof *piece);
      from += count * sizeof *piece;
      n -= count;
    }
}

void
store_fingerprint_add_numbers (StoreFingerprint *self,
                               const double     *values,
                               gsize             n)
{
  g_return_if_fail (self != NULL && (values != NULL || n == 0));

  add_words (self, values, n);
}

void
store_fingerprint_add_sums (StoreFingerprint *self,
                            const gint64     *values,
                            gsize             n)
{
  g_return_if_fail (self != NULL && (values != NULL || n == 0));

  add_words (self, values, n);
}

void
store_fingerprint_add_days (StoreFingerprint *self,
                            const gint32     *values,
                            gsize             n)
{
  g_return_if_fail (self != NULL && (values != NULL || n == 0));

  store_fingerprint_add_count (self, (gint64) n);
  while (n > 0)
    {
      guint32 piece[PIECE];
      gsize count = MIN (n, PIECE);

      for (gsize i = 0; i < count; i++)
        piece[i] = GUINT32_TO_LE ((guint32) values[i]);
      crypto_generichash_update (&self->state, (const guint8 *) piece, count * sizeof *piece);
      values += count;
      n -= count;
    }
}

/**
 * store_fingerprint_end:
 * @self: (transfer full): all that there is to be hashed
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
store_fingerprint_end (StoreFingerprint *self)
{
  guint8 hash[SIZE];
  char text[2 * SIZE + 1];

  g_return_val_if_fail (self != NULL, NULL);

  crypto_generichash_final (&self->state, hash, sizeof hash);
  store_fingerprint_free (self);
  return g_strdup (sodium_bin2hex (text, sizeof text, hash, sizeof hash));
}

/**
 * store_fingerprint_of_table:
 * @table: a finished table
 *
 * Returns: (transfer full): of the cut, the currency's digits, and the keys and figures of all
 *   customers
 */
char *
store_fingerprint_of_table (const StorePurchaseTable *table)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  StoreFingerprint *self = store_fingerprint_new ("purchases");

  store_fingerprint_add_count (self, columns->until);
  store_fingerprint_add_count (self, columns->minor_digits);
  store_fingerprint_add_count (self, columns->n_rows);
  for (guint row = 0; row < columns->n_rows; row++)
    {
      gsize length;
      gconstpointer key = store_purchase_table_get_key (table, row, &length);

      store_fingerprint_add_count (self, (gint64) length);
      crypto_generichash_update (&self->state, key, length);
    }
  store_fingerprint_add_days (self, columns->first_day, columns->n_rows);
  store_fingerprint_add_days (self, columns->last_day, columns->n_rows);
  store_fingerprint_add_days (self, (const gint32 *) columns->purchases, columns->n_rows);
  store_fingerprint_add_days (self, (const gint32 *) columns->orders, columns->n_rows);
  store_fingerprint_add_sums (self, columns->value, columns->n_rows);
  store_fingerprint_add_sums (self, columns->first_value, columns->n_rows);
  return store_fingerprint_end (self);
}
