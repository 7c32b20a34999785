/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-rate.h"

/* A bucket of tokens for each account: a request takes one, time brings them back, and the bucket
 * holds as many as may be spent at once. Buckets that are full again say nothing and are dropped
 * when there are many.
 */

#define BUCKETS_MAX 4096

typedef struct
{
  double tokens;
  gint64 time;
} Bucket;

struct _SyncServerRate
{
  GHashTable *buckets;
  double per_second;
  double burst;
};

/**
 * sync_server_rate_new:
 * @per_second: requests of one account that may last
 * @burst: requests of one account at once
 *
 * Returns: (transfer full): a new measure
 */
SyncServerRate *
sync_server_rate_new (guint per_second,
                      guint burst)
{
  SyncServerRate *self = g_new0 (SyncServerRate, 1);

  self->buckets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->per_second = per_second;
  self->burst = burst;
  return self;
}

static double
get_tokens (SyncServerRate *self,
            const Bucket   *bucket,
            gint64          now)
{
  double seconds = (double) (now - bucket->time) / G_USEC_PER_SEC;

  return MIN (self->burst, bucket->tokens + seconds * self->per_second);
}

static void
drop_full (SyncServerRate *self,
           gint64          now)
{
  GHashTableIter iter;
  gpointer bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    if (get_tokens (self, bucket, now) >= self->burst)
      g_hash_table_iter_remove (&iter);
}

static Bucket *
ensure_bucket (SyncServerRate *self,
               gint64          account,
               gint64          now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, &account);

  if (bucket != NULL)
    return bucket;

  if (g_hash_table_size (self->buckets) >= BUCKETS_MAX)
    drop_full (self, now);

  bucket = g_new0 (Bucket, 1);
  bucket->tokens = self->burst;
  bucket->time = now;
  g_hash_table_insert (self->buckets, g_memdup2 (&account, sizeof account), bucket);
  return bucket;
}

/**
 * sync_server_rate_take:
 * @self: a measure
 * @account: whose request
 * @now: monotonic time in microseconds
 *
 * Returns: 0 if the request may go on, else after how many seconds the next one may
 */
guint
sync_server_rate_take (SyncServerRate *self,
                       gint64          account,
                       gint64          now)
{
  Bucket *bucket = ensure_bucket (self, account, now);

  bucket->tokens = get_tokens (self, bucket, now);
  bucket->time = now;
  if (bucket->tokens < 1)
    return 1 + (guint) ((1 - bucket->tokens) / self->per_second);

  bucket->tokens -= 1;
  return 0;
}

/**
 * sync_server_rate_free:
 * @self: (transfer full): a measure
 */
void
sync_server_rate_free (SyncServerRate *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}
