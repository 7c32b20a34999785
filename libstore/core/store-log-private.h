/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database-private.h"
#include "store-log.h"

G_BEGIN_DECLS

/**
 * StoreCursor: what a caller remembers.
 * @name: (nullable): what it is called; %NULL for nothing
 * @value: (nullable): the bytes
 */
typedef struct
{
  const char *name;
  GBytes *value;
} StoreCursor;

gboolean store_log_put_cursor       (StoreConnection     *connection,
                                     gpointer             cursor,
                                     GError             **error);
gboolean store_log_load_chain_key   (StoreConnection     *connection,
                                     guint8               key[STORE_HASH_SIZE],
                                     GError             **error);
gboolean store_log_find_stream      (StoreConnection     *connection,
                                     const StoreStreamId *id,
                                     guint32             *stream,
                                     guint64             *number,
                                     guint64             *received,
                                     GError             **error);
/* Counts the chain from the nearest hash below up to @number. */
gboolean store_log_count_hash       (StoreConnection     *connection,
                                     guint32              stream,
                                     const StoreStreamId *id,
                                     guint64              number,
                                     guint8               hash[STORE_HASH_SIZE],
                                     GError             **error);
gboolean store_log_drop_hashes      (StoreConnection     *connection,
                                     GError             **error);
gboolean store_log_put_signed_point (StoreConnection     *connection,
                                     guint32              stream,
                                     guint64              number,
                                     const guint8         hash[STORE_HASH_SIZE],
                                     GBytes              *signature,
                                     GError             **error);

G_END_DECLS
