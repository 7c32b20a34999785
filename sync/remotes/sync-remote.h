/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync-identity.h"

G_BEGIN_DECLS

/**
 * SyncRemoteAbility:
 * @SYNC_REMOTE_CAN_REGISTER: makes accounts and enrols device keys by itself
 * @SYNC_REMOTE_CAN_SWAP_ROSTER: a roster entry is appended only if nobody else was faster
 * @SYNC_REMOTE_CAN_NUMBER_ARRIVALS: one cursor over all streams, in order of arrival
 * @SYNC_REMOTE_CAN_WAIT: a request for what is new waits until there is something
 * @SYNC_REMOTE_CAN_KEEP_STATE: keeps a small replaceable object a device
 *
 * What a remote can do beyond keeping batches. What is absent is not called;
 * called all the same, it answers %SYNC_ERROR_UNSUPPORTED.
 */
typedef enum
{
  SYNC_REMOTE_CAN_REGISTER = 1 << 0,
  SYNC_REMOTE_CAN_SWAP_ROSTER = 1 << 1,
  SYNC_REMOTE_CAN_NUMBER_ARRIVALS = 1 << 2,
  SYNC_REMOTE_CAN_WAIT = 1 << 3,
  SYNC_REMOTE_CAN_KEEP_STATE = 1 << 4,
} SyncRemoteAbility;

/**
 * SyncRemoteGreeting:
 * @abilities: a set of #SyncRemoteAbility
 * @server_time: the remote's clock, UTC milliseconds, 0 where it has none
 * @max_batch_size: the largest batch that it takes, in bytes
 * @registration_open: whether an account can be made without an invite code
 *
 * What a remote says of itself.
 */
typedef struct
{
  guint abilities;
  gint64 server_time;
  gsize max_batch_size;
  gboolean registration_open;
} SyncRemoteGreeting;

/**
 * SyncHead:
 * @stream: whose stream
 * @number: its last record
 * @hash: its chain hash there
 *
 * How far a stream goes somewhere.
 */
typedef struct
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint64 number;
  guint8 hash[SYNC_HASH_SIZE];
} SyncHead;

/**
 * SyncRemoteHeads:
 * @heads: (element-type SyncHead): one a stream, in no order; none for a stream without records
 * @epoch: changes when the remote has lost something: cursors of another epoch are void
 * @cursor: number of the last arrival
 *
 * What a remote holds.
 */
typedef struct
{
  GArray *heads;
  guint64 epoch;
  guint64 cursor;
} SyncRemoteHeads;

void sync_remote_heads_init  (SyncRemoteHeads *heads);
void sync_remote_heads_clear (SyncRemoteHeads *heads);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncRemoteHeads, sync_remote_heads_clear)

/**
 * SyncRemotePage:
 * @batches: (element-type GBytes): whole batches; of one stream in the order of their numbers
 * @epoch: as in #SyncRemoteHeads
 * @cursor: where to go on; only in answers by arrival
 * @more: whether there is more to fetch at once
 *
 * One answer with batches.
 */
typedef struct
{
  GPtrArray *batches;
  guint64 epoch;
  guint64 cursor;
  gboolean more;
} SyncRemotePage;

void sync_remote_page_init  (SyncRemotePage *page);
void sync_remote_page_clear (SyncRemotePage *page);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncRemotePage, sync_remote_page_clear)

/**
 * SyncPutStatus:
 * @SYNC_PUT_TAKEN: stored, durably
 * @SYNC_PUT_SAME: it was there already
 * @SYNC_PUT_CONFLICT: the remote's stream ends elsewhere, at @have and @hash of the reply
 * @SYNC_PUT_TOO_LARGE: send smaller batches, at most @limit bytes
 * @SYNC_PUT_REVOKED: this device may not write any more
 * @SYNC_PUT_QUOTA: no room left for this account
 * @SYNC_PUT_LATER: ask again after @retry_after seconds
 *
 * What became of a batch. All but the first two leave the remote as it was.
 */
typedef enum
{
  SYNC_PUT_TAKEN,
  SYNC_PUT_SAME,
  SYNC_PUT_CONFLICT,
  SYNC_PUT_TOO_LARGE,
  SYNC_PUT_REVOKED,
  SYNC_PUT_QUOTA,
  SYNC_PUT_LATER,
} SyncPutStatus;

/**
 * SyncPutReply:
 * @status: what became of it
 * @have: the last number that the remote holds of the stream, on %SYNC_PUT_CONFLICT
 * @hash: the chain hash there, on %SYNC_PUT_CONFLICT (zeros where @have is 0)
 * @limit: bytes of the largest batch taken, on %SYNC_PUT_TOO_LARGE
 * @retry_after: seconds, on %SYNC_PUT_LATER
 */
typedef struct
{
  SyncPutStatus status;
  guint64 have;
  guint8 hash[SYNC_HASH_SIZE];
  gsize limit;
  guint retry_after;
} SyncPutReply;

#define SYNC_TYPE_REMOTE (sync_remote_get_type ())

G_DECLARE_INTERFACE (SyncRemote, sync_remote, SYNC, REMOTE, GObject)

/**
 * SyncRemoteInterface:
 *
 * A place that keeps one account's batches and roster. It is made for one
 * account and speaks for one device; it decides nothing and merges nothing.
 * All calls block, so they belong on a worker thread; one call at a time.
 * Lost answers are %SYNC_ERROR_UNREACHABLE: the caller asks again, and every
 * call may be repeated.
 */
struct _SyncRemoteInterface
{
  GTypeInterface parent_iface;

  gboolean (*hello)          (SyncRemote            *self,
                              SyncRemoteGreeting    *greeting,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*create_account) (SyncRemote            *self,
                              const SyncSigningKey  *account,
                              const char            *invite,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*enrol)          (SyncRemote            *self,
                              const SyncSigningKey  *account,
                              const guint8           device[SYNC_PUBLIC_KEY_SIZE],
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*get_roster)     (SyncRemote            *self,
                              GPtrArray            **entries,
                              guint64               *version,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*append_roster)  (SyncRemote            *self,
                              GBytes                *entry,
                              guint64                expected_version,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*get_heads)      (SyncRemote            *self,
                              SyncRemoteHeads       *heads,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*put_batch)      (SyncRemote            *self,
                              GBytes                *batch,
                              SyncPutReply          *reply,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*get_arrivals)   (SyncRemote            *self,
                              guint64                after_cursor,
                              gsize                  max_size,
                              guint                  wait_seconds,
                              SyncRemotePage        *page,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*get_stream)     (SyncRemote            *self,
                              const guint8           stream[SYNC_STREAM_ID_SIZE],
                              guint64                after_number,
                              gsize                  max_size,
                              SyncRemotePage        *page,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*put_state)      (SyncRemote            *self,
                              const guint8           stream[SYNC_STREAM_ID_SIZE],
                              GBytes                *state,
                              GCancellable          *cancellable,
                              GError               **error);
  gboolean (*get_state)      (SyncRemote            *self,
                              const guint8           stream[SYNC_STREAM_ID_SIZE],
                              GBytes               **state,
                              GCancellable          *cancellable,
                              GError               **error);
};

gboolean sync_remote_hello          (SyncRemote            *self,
                                     SyncRemoteGreeting    *greeting,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_create_account (SyncRemote            *self,
                                     const SyncSigningKey  *account,
                                     const char            *invite,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_enrol          (SyncRemote            *self,
                                     const SyncSigningKey  *account,
                                     const guint8           device[SYNC_PUBLIC_KEY_SIZE],
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_get_roster     (SyncRemote            *self,
                                     GPtrArray            **entries,
                                     guint64               *version,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_append_roster  (SyncRemote            *self,
                                     GBytes                *entry,
                                     guint64                expected_version,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_get_heads      (SyncRemote            *self,
                                     SyncRemoteHeads       *heads,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_put_batch      (SyncRemote            *self,
                                     GBytes                *batch,
                                     SyncPutReply          *reply,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_get_arrivals   (SyncRemote            *self,
                                     guint64                after_cursor,
                                     gsize                  max_size,
                                     guint                  wait_seconds,
                                     SyncRemotePage        *page,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_get_stream     (SyncRemote            *self,
                                     const guint8           stream[SYNC_STREAM_ID_SIZE],
                                     guint64                after_number,
                                     gsize                  max_size,
                                     SyncRemotePage        *page,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_put_state      (SyncRemote            *self,
                                     const guint8           stream[SYNC_STREAM_ID_SIZE],
                                     GBytes                *state,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean sync_remote_get_state      (SyncRemote            *self,
                                     const guint8           stream[SYNC_STREAM_ID_SIZE],
                                     GBytes               **state,
                                     GCancellable          *cancellable,
                                     GError               **error);

G_END_DECLS
