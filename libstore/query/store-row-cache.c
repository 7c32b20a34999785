/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-row-cache.h"

/* An entry stays while its row lives; in @kept while the cache itself holds the row. */
typedef struct
{
  StoreRowCache *cache;
  StoreRow *row;
  gint64 number;
  GList link;
  gboolean kept;
} Entry;

struct _StoreRowCache
{
  GHashTable *entries;
  GQueue kept;
  guint most_kept;
};

static void
on_row_gone (gpointer  data,
             GObject  *row)
{
  Entry *entry = data;

  g_hash_table_remove (entry->cache->entries, &entry->number);
}

static void
let_go (StoreRowCache *self,
        Entry         *entry)
{
  g_queue_unlink (&self->kept, &entry->link);
  entry->kept = FALSE;
  g_object_unref (entry->row);
}

/**
 * store_row_cache_new:
 * @most_kept: how many rows are kept that nobody else holds
 *
 * Returns: (transfer full): an empty cache
 */
StoreRowCache *
store_row_cache_new (guint most_kept)
{
  StoreRowCache *self = g_new0 (StoreRowCache, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_queue_init (&self->kept);
  self->most_kept = most_kept;
  return self;
}

/**
 * store_row_cache_clear:
 * @self: a cache
 *
 * Forgets all rows, also those that others hold: their numbers may mean other records from now on.
 */
void
store_row_cache_clear (StoreRowCache *self)
{
  GHashTableIter iter;
  Entry *entry;

  while (self->kept.head)
    let_go (self, self->kept.head->data);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    g_object_weak_unref (G_OBJECT (entry->row), on_row_gone, entry);
  g_hash_table_remove_all (self->entries);
}

/**
 * store_row_cache_free:
 * @self: a cache
 */
void
store_row_cache_free (StoreRowCache *self)
{
  if (self == NULL)
    return;
  store_row_cache_clear (self);
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * store_row_cache_find:
 * @self: a cache
 * @number: a row's number
 *
 * Returns: (transfer none) (nullable): the row, if it lives
 */
StoreRow *
store_row_cache_find (StoreRowCache *self,
                      gint64         number)
{
  Entry *entry = g_hash_table_lookup (self->entries, &number);

  return entry ? entry->row : NULL;
}

static Entry *
add_entry (StoreRowCache *self,
           gint64         number)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->cache = self;
  entry->number = number;
  entry->link.data = entry;
  entry->row = store_row_new (number);
  entry->kept = TRUE;
  g_queue_push_head_link (&self->kept, &entry->link);
  g_object_weak_ref (G_OBJECT (entry->row), on_row_gone, entry);
  g_hash_table_insert (self->entries, &entry->number, entry);
  return entry;
}

/**
 * store_row_cache_touch:
 * @self: a cache
 * @number: a row's number
 *
 * Returns: (transfer none): the row, made where it was not there, and now the last to be let go
 */
StoreRow *
store_row_cache_touch (StoreRowCache *self,
                       gint64         number)
{
  Entry *entry = g_hash_table_lookup (self->entries, &number);

  if (entry == NULL)
    entry = add_entry (self, number);
  else if (entry->kept)
    {
      g_queue_unlink (&self->kept, &entry->link);
      g_queue_push_head_link (&self->kept, &entry->link);
    }
  else
    {
      entry->kept = TRUE;
      g_object_ref (entry->row);
      g_queue_push_head_link (&self->kept, &entry->link);
    }
  while (self->kept.length > self->most_kept)
    let_go (self, self->kept.tail->data);
  return entry->row;
}

/**
 * store_row_cache_foreach:
 * @self: a cache
 * @func: (scope call): called with each row that lives; it must not make or drop any
 * @data: for @func
 */
void
store_row_cache_foreach (StoreRowCache *self,
                         GFunc          func,
                         gpointer       data)
{
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    func (entry->row, data);
}

/**
 * store_row_cache_get_size:
 * @self: a cache
 *
 * Returns: how many rows live
 */
guint
store_row_cache_get_size (StoreRowCache *self)
{
  return g_hash_table_size (self->entries);
}
