/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All keys lie one after the other in one block; a table of open addressing holds their numbers.
 * For a million customers this costs the bytes of the keys and about twenty bytes each, where a
 * GHashTable of strings would cost six times that. */

#include "config.h"

#include <string.h>

#include "store-key-index.h"

struct _StoreKeyIndex
{
  GByteArray *bytes;
  GArray *ends;
  guint32 *slots;
  guint32 mask;
};

typedef struct
{
  guint64 prefix;
  guint32 number;
} SortEntry;

StoreKeyIndex *
store_key_index_new (void)
{
  StoreKeyIndex *self = g_new0 (StoreKeyIndex, 1);

  self->bytes = g_byte_array_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->mask = 1023;
  self->slots = g_new0 (guint32, self->mask + 1);
  return self;
}

void
store_key_index_free (StoreKeyIndex *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->bytes);
  g_array_unref (self->ends);
  g_free (self->slots);
  g_free (self);
}

/* FNV-1a with a final mix, so that keys that differ in one digit spread well. */
static guint64
hash_key (const guint8 *key,
          gsize         length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ key[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 32;
  return hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 20;
}

guint
store_key_index_get_n (const StoreKeyIndex *self)
{
  return self->ends->len;
}

/**
 * store_key_index_get:
 * @self: an index
 * @number: the number of a key
 * @length: (out): its length in bytes
 *
 * Returns: (transfer none): the bytes of a key, valid until another one is put
 */
gconstpointer
store_key_index_get (const StoreKeyIndex *self,
                     guint32              number,
                     gsize               *length)
{
  const guint64 *ends = (const guint64 *) (gpointer) self->ends->data;
  guint64 start = number > 0 ? ends[number - 1] : 0;

  *length = ends[number] - start;
  return self->bytes->data + start;
}

static guint32 *
find_slot (const StoreKeyIndex *self,
           gconstpointer        key,
           gsize                length)
{
  guint32 at = hash_key (key, length) & self->mask;

  for (;; at = (at + 1) & self->mask)
    {
      gsize there_length;
      gconstpointer there;

      if (self->slots[at] == 0)
        return &self->slots[at];
      there = store_key_index_get (self, self->slots[at] - 1, &there_length);
      if (there_length == length && (length == 0 || memcmp (there, key, length) == 0))
        return &self->slots[at];
    }
}

static void
grow (StoreKeyIndex *self)
{
  g_free (self->slots);
  self->mask = self->mask * 2 + 1;
  self->slots = g_new0 (guint32, (gsize) self->mask + 1);

  for (guint32 number = 0; number < self->ends->len; number++)
    {
      gsize length;
      gconstpointer key = store_key_index_get (self, number, &length);

      *find_slot (self, key, length) = number + 1;
    }
}

/**
 * store_key_index_put:
 * @self: an index
 * @key: bytes of a key
 * @length: how many
 *
 * Returns: the number of the key, a new one if it was not there
 */
guint32
store_key_index_put (StoreKeyIndex *self,
                     gconstpointer  key,
                     gsize          length)
{
  guint32 *slot;
  guint64 end;

  g_return_val_if_fail (self->slots != NULL, 0);

  if (self->ends->len >= self->mask / 2)
    grow (self);

  slot = find_slot (self, key, length);
  if (*slot != 0)
    return *slot - 1;

  if (length > 0)
    g_byte_array_append (self->bytes, key, length);
  end = self->bytes->len;
  g_array_append_val (self->ends, end);
  *slot = self->ends->len;
  return self->ends->len - 1;
}

/**
 * store_key_index_close:
 * @self: an index
 *
 * Says that no key will be put any more, which frees what only putting needs.
 */
void
store_key_index_close (StoreKeyIndex *self)
{
  g_clear_pointer (&self->slots, g_free);
}

static guint64
first_bytes (const guint8 *key,
             gsize         length)
{
  guint64 prefix = 0;

  for (gsize i = 0; i < 8; i++)
    prefix = prefix << 8 | (i < length ? key[i] : 0);
  return prefix;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const StoreKeyIndex *self = data;
  const SortEntry *left = a;
  const SortEntry *right = b;
  gsize left_length;
  gsize right_length;
  gconstpointer left_key;
  gconstpointer right_key;
  int order;

  if (left->prefix != right->prefix)
    return left->prefix < right->prefix ? -1 : 1;

  left_key = store_key_index_get (self, left->number, &left_length);
  right_key = store_key_index_get (self, right->number, &right_length);
  order = memcmp (left_key, right_key, MIN (left_length, right_length));
  if (order != 0)
    return order;
  return (left_length > right_length) - (left_length < right_length);
}

/**
 * store_key_index_order:
 * @self: an index
 *
 * Returns: (transfer full): the numbers of all keys, in the order of the keys' bytes; free with
 *   g_free()
 */
guint32 *
store_key_index_order (const StoreKeyIndex *self)
{
  guint n = self->ends->len;
  g_autofree SortEntry *entries = g_new (SortEntry, n);
  guint32 *order = g_new (guint32, n);
  gboolean sorted = TRUE;

  for (guint i = 0; i < n; i++)
    {
      gsize length;
      const guint8 *key = store_key_index_get (self, i, &length);

      entries[i] = (SortEntry) { first_bytes (key, length), i };
      if (i > 0 && sorted)
        sorted = compare_entries (&entries[i - 1], &entries[i], (gpointer) self) < 0;
    }

  if (!sorted)
    g_qsort_with_data (entries, n, sizeof (SortEntry), compare_entries, (gpointer) self);
  for (guint i = 0; i < n; i++)
    order[i] = entries[i].number;
  return order;
}
