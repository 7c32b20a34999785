/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-change-set-private.h"

#include "store-catalog.h"

typedef struct
{
  StoreId id;
  const StoreKind *kind;
  guint64 fields;
} Item;

struct _StoreChangeSet
{
  GObject parent_instance;

  GHashTable *items;
  guint64 kinds[4];
};

G_DEFINE_FINAL_TYPE (StoreChangeSet, store_change_set, G_TYPE_OBJECT)

static void
store_change_set_finalize (GObject *object)
{
  StoreChangeSet *self = STORE_CHANGE_SET (object);

  g_hash_table_unref (self->items);
  G_OBJECT_CLASS (store_change_set_parent_class)->finalize (object);
}

static void
store_change_set_class_init (StoreChangeSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_change_set_finalize;
}

static void
store_change_set_init (StoreChangeSet *self)
{
  /* Ids are unique over all kinds but for ids made from names, whose domain is the kind. */
  self->items = g_hash_table_new_full (store_id_hash, store_id_equal, NULL, g_free);
}

StoreChangeSet *
store_change_set_new (void)
{
  return g_object_new (STORE_TYPE_CHANGE_SET, NULL);
}

void
store_change_set_add (StoreChangeSet  *self,
                      const StoreKind *kind,
                      const StoreId   *id,
                      guint64          fields)
{
  Item *item = g_hash_table_lookup (self->items, id);

  if (item == NULL)
    {
      item = g_new0 (Item, 1);
      item->id = *id;
      item->kind = kind;
      g_hash_table_insert (self->items, &item->id, item);
    }
  item->fields |= fields;
  self->kinds[(kind->id / 64) % G_N_ELEMENTS (self->kinds)] |= G_GUINT64_CONSTANT (1)
                                                               << kind->id % 64;
}

/**
 * store_change_set_touches_kind:
 * @self: what changed
 * @kind: a kind
 *
 * Returns: whether a record of the kind changed. Main thread.
 */
gboolean
store_change_set_touches_kind (StoreChangeSet  *self,
                               const StoreKind *kind)
{
  g_return_val_if_fail (STORE_IS_CHANGE_SET (self) && kind != NULL, FALSE);

  return self->kinds[(kind->id / 64) % G_N_ELEMENTS (self->kinds)] >> kind->id % 64 & 1;
}

/**
 * store_change_set_get_fields:
 * @self: what changed
 * @kind: a kind
 * @id: one of its records
 *
 * Returns: bits of the fields that changed; all where it came, went or came back; 0 for none.
 *   Main thread.
 */
guint64
store_change_set_get_fields (StoreChangeSet  *self,
                             const StoreKind *kind,
                             const StoreId   *id)
{
  Item *item;

  g_return_val_if_fail (STORE_IS_CHANGE_SET (self) && id != NULL, 0);

  item = g_hash_table_lookup (self->items, id);
  return item && item->kind == kind ? item->fields : 0;
}

/**
 * store_change_set_contains:
 * @self: what changed
 * @kind: a kind
 * @id: one of its records
 *
 * Returns: whether the record changed. Main thread.
 */
gboolean
store_change_set_contains (StoreChangeSet  *self,
                           const StoreKind *kind,
                           const StoreId   *id)
{
  return store_change_set_get_fields (self, kind, id) != 0;
}

/**
 * store_change_set_get_size:
 * @self: what changed
 *
 * Returns: how many records. Main thread.
 */
guint
store_change_set_get_size (StoreChangeSet *self)
{
  g_return_val_if_fail (STORE_IS_CHANGE_SET (self), 0);

  return g_hash_table_size (self->items);
}

/**
 * store_change_set_foreach:
 * @self: what changed
 * @visitor: called for each record
 * @data: for @visitor
 *
 * Main thread.
 */
void
store_change_set_foreach (StoreChangeSet    *self,
                          StoreChangeVisitor visitor,
                          gpointer           data)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (STORE_IS_CHANGE_SET (self) && visitor != NULL);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Item *item = value;

      visitor (item->kind, &item->id, item->fields, data);
    }
}
