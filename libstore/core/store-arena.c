/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-arena.h"

#include <string.h>

#define CHUNK_SIZE (256 * 1024)

void
store_arena_init (StoreArena *self)
{
  *self = (StoreArena){ .chunks = g_ptr_array_new_with_free_func (g_free) };
}

/* One ordinary chunk stays, so that small transactions allocate nothing. */
void
store_arena_reset (StoreArena *self)
{
  if (self->chunks->len == 0)
    return;
  g_ptr_array_set_size (self->chunks, 1);
  self->at = g_ptr_array_index (self->chunks, 0);
  self->left = CHUNK_SIZE;
}

void
store_arena_clear (StoreArena *self)
{
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
}

gpointer
store_arena_take (StoreArena *self,
                  gsize       size)
{
  gpointer taken;

  size = (size + 7) & ~(gsize) 7;
  if (size > self->left)
    {
      if (size > CHUNK_SIZE / 4 && self->chunks->len > 0)
        {
          taken = g_malloc (size);
          g_ptr_array_add (self->chunks, taken);
          return taken;
        }
      self->at = g_malloc (MAX (size, CHUNK_SIZE));
      self->left = MAX (size, CHUNK_SIZE);
      g_ptr_array_add (self->chunks, self->at);
    }
  taken = self->at;
  self->at += size;
  self->left -= size;
  return taken;
}

StoreValue
store_arena_keep (StoreArena       *self,
                  const StoreValue *value)
{
  StoreValue kept = *value;
  guint8 *data;

  if (value->type != STORE_VALUE_TEXT && value->type != STORE_VALUE_BLOB)
    return kept;
  data = store_arena_take (self, value->length + 1);
  if (value->length > 0)
    memcpy (data, value->data, value->length);
  data[value->length] = 0;
  kept.data = data;
  return kept;
}
