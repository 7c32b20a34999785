/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entry.h"
#include "store-packing.h"

G_BEGIN_DECLS

#define STORE_ENTRY_FLAG_LAST 1

#define STORE_ENTRY_GROUP_NONE 0
#define STORE_ENTRY_GROUP_ID 1
#define STORE_ENTRY_GROUP_SINGLE 2

#define STORE_ENTRY_SECRET_NONE 0
#define STORE_ENTRY_SECRET_HERE 1
#define STORE_ENTRY_SECRET_REDACTED 2

#define STORE_ENTRY_TAG_TYPE 0x0f
#define STORE_ENTRY_TAG_PERSONAL 0x10
#define STORE_ENTRY_TAG_REDACTED 0x20
#define STORE_ENTRY_TAG_SALTED 0x40

/**
 * StoreEntryToken: one value as it lies in a body.
 * @value: the value, NULL where it was redacted
 * @tag: its tag byte
 * @start: where its tag lies
 * @payload: where its bytes after the tag (and salt or digest) begin
 * @digest: (nullable): of a redacted one
 * @salt: (nullable): of one kept in a redacted body
 */
typedef struct
{
  StoreValue value;
  guint8 tag;
  const guint8 *start;
  const guint8 *payload;
  const guint8 *digest;
  const guint8 *salt;
} StoreEntryToken;

gboolean store_entry_next_token         (StoreUnpacker   *in,
                                         StoreEntryToken *token);
char    *store_entry_name_single_group  (const StoreStreamId *stream,
                                         guint64          number);
gboolean store_entry_parse_single_group (const char      *group,
                                         StoreStreamId   *stream,
                                         guint64         *number);

G_END_DECLS
