/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entry.h"

G_BEGIN_DECLS

/**
 * StoreDigest: a sum modulo 2^128, kept incrementally. Private to libstore.
 */
typedef struct
{
  unsigned __int128 sum;
} StoreDigest;

void store_digest_add       (StoreDigest      *self,
                             guint             kind,
                             const StoreId    *id,
                             guint             field,
                             const StoreValue *value);
void store_digest_subtract  (StoreDigest      *self,
                             guint             kind,
                             const StoreId    *id,
                             guint             field,
                             const StoreValue *value);
void store_digest_get_bytes (const StoreDigest *self,
                             guint8            bytes[STORE_DIGEST_SIZE]);
void store_digest_set_bytes (StoreDigest      *self,
                             const guint8      bytes[STORE_DIGEST_SIZE]);

G_END_DECLS
