/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-entry.h"

G_BEGIN_DECLS

/* The store's side of replication: streams out, streams in. All calls block and may be made from
 * any thread but the database's own. */

/**
 * StoreStream:
 * @id: its name
 * @own: whether this device writes it
 * @number: the last whole transaction applied here (for our own: written)
 * @received: the last record kept here, applied or waiting for what its writer had seen
 */
typedef struct
{
  StoreStreamId id;
  gboolean own;
  guint64 number;
  guint64 received;
} StoreStream;

/**
 * StoreSignedPoint:
 * @number: a record's number
 * @hash: the chain hash there
 * @signature: the author's, over content; meaning and size are the sync component's
 *
 * A place in a stream where it can be cut into batches by anybody.
 */
typedef struct
{
  guint64 number;
  guint8 hash[STORE_HASH_SIZE];
  GBytes *signature;
} StoreSignedPoint;

/**
 * StoreIntake:
 * @taken: records that are new here
 * @known: records that were here already
 * @applied: transactions that became visible, of any stream
 * @waiting: records kept until what their writer had seen is here
 * @quarantined: records that this version cannot read, kept whole and passed by
 */
typedef struct
{
  guint taken;
  guint known;
  guint applied;
  guint waiting;
  guint quarantined;
} StoreIntake;

void       store_log_get_own_stream  (StoreDatabase         *database,
                                      StoreStreamId         *stream);
/* Only while nothing of the own stream ever left this device. */
gboolean   store_log_name_own_stream (StoreDatabase         *database,
                                      const StoreStreamId   *stream,
                                      GError               **error);
/* The key of the account's life under which streams are chained; forgets the hashes of another. */
gboolean   store_log_set_chain_key   (StoreDatabase         *database,
                                      const guint8           key[STORE_HASH_SIZE],
                                      GError               **error);
GArray    *store_log_list_streams    (StoreDatabase         *database,
                                      GError               **error);
/* The chain hash after record @number (0: the start); %STORE_ERROR_NOT_FOUND beyond what is here. */
gboolean   store_log_get_hash        (StoreDatabase         *database,
                                      const StoreStreamId   *stream,
                                      guint64                number,
                                      guint8                 hash[STORE_HASH_SIZE],
                                      GError               **error);
/* Bodies of the records after @after up to @until (0: all), at most about @max_bytes, at least one;
 * durable on disk before they are handed out. (element-type GBytes) */
GPtrArray *store_log_read            (StoreDatabase         *database,
                                      const StoreStreamId   *stream,
                                      guint64                after,
                                      guint64                until,
                                      gsize                  max_bytes,
                                      GError               **error);
/* Takes records @first, @first + 1 … of another device's stream, whose chain after the last of them
 * must be @hash_after, with the author's @signature there: all in one transaction with @cursor
 * (what the caller wants to find again by store_log_get_cursor(); may be NULL). What is here already is
 * compared and passed; a different record of the same number is %STORE_ERROR_EXISTS. A number that leaves a gap is
 * %STORE_ERROR_NOT_FOUND. Then merges all that can be. */
gboolean   store_log_take            (StoreDatabase         *database,
                                      const StoreStreamId   *stream,
                                      guint64                first,
                                      GPtrArray             *bodies,
                                      const guint8           hash_after[STORE_HASH_SIZE],
                                      GBytes                *signature,
                                      const char            *cursor_name,
                                      GBytes                *cursor,
                                      StoreIntake           *intake,
                                      GError               **error);
gboolean   store_log_set_cursor      (StoreDatabase         *database,
                                      const char            *name,
                                      GBytes                *cursor,
                                      GError               **error);
GBytes    *store_log_get_cursor      (StoreDatabase         *database,
                                      const char            *name,
                                      GError               **error);
/* Signed points: for own records set after signing and before sending; for others' kept by take. */
gboolean   store_log_add_signed_point (StoreDatabase        *database,
                                      const StoreStreamId   *stream,
                                      const StoreSignedPoint *point,
                                      GError               **error);
/* The first signed point after @after, or %FALSE without error if there is none. */
gboolean   store_log_get_signed_point (StoreDatabase        *database,
                                      const StoreStreamId   *stream,
                                      guint64                after,
                                      StoreSignedPoint      *point,
                                      GError               **error);
void       store_signed_point_clear  (StoreSignedPoint      *point);
/* The own stream was found ahead of, or beside, this store: from now on write @fresh; records of
 * ours after @common move there as new records, the old stream is another's. */
gboolean   store_log_leave_stream    (StoreDatabase         *database,
                                      const StoreStreamId   *fresh,
                                      guint64                common,
                                      GError               **error);
/* The digest of all live fields of all live records, 16 bytes. */
gboolean   store_log_get_digest      (StoreDatabase         *database,
                                      guint8                 digest[STORE_DIGEST_SIZE],
                                      GError               **error);

G_END_DECLS
