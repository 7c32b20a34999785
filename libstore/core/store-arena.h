/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-value.h"

G_BEGIN_DECLS

/**
 * StoreArena:
 *
 * Memory that grows during a transaction and is given back all at once. Private to libstore.
 */
typedef struct
{
  GPtrArray *chunks;
  guint8 *at;
  gsize left;
} StoreArena;

void       store_arena_init  (StoreArena       *self);
void       store_arena_reset (StoreArena       *self);
void       store_arena_clear (StoreArena       *self);
gpointer   store_arena_take  (StoreArena       *self,
                              gsize             size);
StoreValue store_arena_keep  (StoreArena       *self,
                              const StoreValue *value);

G_END_DECLS
