/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * StoreHit:
 * @record: what was found
 * @owner: (nullable): the customer it belongs to, where it is not one itself
 */
typedef struct
{
  StoreRecord *record;
  StoreRecord *owner;
} StoreHit;

void       store_hit_free     (StoreHit            *hit);

/* Over every kind that has searched fields; each word must occur as the start of a word, Chinese
 * as a run of characters from one character on. Newest first. (element-type StoreHit) */
GPtrArray *store_search       (StoreDatabase       *database,
                               const char          *words,
                               guint                limit,
                               GError             **error);
void       store_search_async (StoreDatabase       *database,
                               const char          *words,
                               guint                limit,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
GPtrArray *store_search_finish (StoreDatabase      *database,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
