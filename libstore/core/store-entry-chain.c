/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chain of a stream over content with salted digests; defined at the head of store-entry.c. */
#include "config.h"

#include "store-entry-private.h"
#include "store-error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

typedef struct
{
  StoreUnpacker in;
  crypto_generichash_state hash;
  const guint8 *done;
  const guint8 *secret;
  guint64 n_personal;
} Chainer;

static void
add (Chainer      *self,
     const guint8 *data,
     gsize         length)
{
  crypto_generichash_update (&self->hash, data, length);
}

/* Everything up to @until goes into the hash as it lies there. */
static void
flush (Chainer      *self,
       const guint8 *until)
{
  if (until > self->done)
    add (self, self->done, (gsize) (until - self->done));
  self->done = until;
}

static void
digest_value (Chainer               *self,
              const StoreEntryToken *token,
              guint8                 digest[STORE_DIGEST_SIZE])
{
  crypto_generichash_state state;
  guint8 type = token->tag & STORE_ENTRY_TAG_TYPE;
  guint8 derived[STORE_SECRET_SIZE];
  const guint8 *salt = token->salt;
  guint8 packed[10];

  if (salt == NULL)
    {
      guint n = store_pack_number_into (packed, self->n_personal);

      crypto_generichash (derived, sizeof derived, packed, n, self->secret, STORE_SECRET_SIZE);
      salt = derived;
    }
  crypto_generichash_init (&state, salt, STORE_SECRET_SIZE, STORE_DIGEST_SIZE);
  crypto_generichash_update (&state, &type, 1);
  crypto_generichash_update (&state, token->payload, (gsize) (self->in.at - token->payload));
  crypto_generichash_final (&state, digest, STORE_DIGEST_SIZE);
}

static void
chain_value (Chainer *self)
{
  guint8 digest[STORE_DIGEST_SIZE];
  StoreEntryToken token;
  guint8 tag;

  if (!store_entry_next_token (&self->in, &token))
    return;
  if (!(token.tag & STORE_ENTRY_TAG_PERSONAL))
    return;

  flush (self, token.start);
  if (token.digest == NULL && token.salt == NULL && self->secret == NULL)
    {
      self->in.failed = TRUE;
      return;
    }
  if (token.digest)
    memcpy (digest, token.digest, sizeof digest);
  else
    digest_value (self, &token, digest);
  tag = (token.tag & STORE_ENTRY_TAG_TYPE) | STORE_ENTRY_TAG_PERSONAL;
  add (self, &tag, 1);
  add (self, digest, sizeof digest);
  self->done = self->in.at;
  self->n_personal++;
}

static void
skip_group (Chainer *self)
{
  switch (store_unpack_byte (&self->in))
    {
    case STORE_ENTRY_GROUP_NONE:
      break;
    case STORE_ENTRY_GROUP_ID:
      store_unpack_bytes (&self->in, STORE_ID_SIZE);
      break;
    case STORE_ENTRY_GROUP_SINGLE:
      store_unpack_bytes (&self->in, STORE_STREAM_ID_SIZE);
      store_unpack_number (&self->in);
      break;
    default:
      self->in.failed = TRUE;
      break;
    }
}

static void
skip_marks (Chainer *self)
{
  guint64 n_marks = store_unpack_number (&self->in);

  for (guint64 i = 0; i < n_marks && !self->in.failed; i++)
    {
      store_unpack_number (&self->in);
      store_unpack_number (&self->in);
    }
}

static void
chain_row (Chainer *self)
{
  guint64 mask = 0;
  guint64 n_classes = 0;
  guint n_values;
  guint8 action;

  store_unpack_number (&self->in);
  store_unpack_bytes (&self->in, STORE_ID_SIZE);
  action = store_unpack_byte (&self->in);
  if (action == STORE_ENTRY_INSERT || action == STORE_ENTRY_EDIT)
    mask = store_unpack_number (&self->in);
  if (action == STORE_ENTRY_EDIT)
    n_classes = store_unpack_number (&self->in);
  for (guint64 i = 0; i < n_classes && !self->in.failed; i++)
    {
      store_unpack_number (&self->in);
      skip_marks (self);
    }
  if (action == STORE_ENTRY_RESTORE)
    skip_marks (self);

  n_values = (guint) __builtin_popcountll (mask) * (action == STORE_ENTRY_EDIT ? 2 : 1);
  for (guint i = 0; i < n_values && !self->in.failed; i++)
    chain_value (self);
}

static void
chain_header (Chainer *self)
{
  const guint8 *secret;

  store_unpack_byte (&self->in);
  store_unpack_number (&self->in);
  store_unpack_number (&self->in);
  store_unpack_byte (&self->in);
  store_unpack_fixed (&self->in);
  store_unpack_number (&self->in);
  store_unpack_number (&self->in);
  store_unpack_byte (&self->in);
  skip_group (self);
  skip_group (self);

  /* The secret does not count: a redaction takes it away. */
  secret = self->in.at;
  flush (self, secret);
  if (store_unpack_byte (&self->in) == STORE_ENTRY_SECRET_HERE)
    self->secret = store_unpack_bytes (&self->in, STORE_SECRET_SIZE);
  self->done = self->in.at;
  chain_value (self);
}

static void
skip_streams_and_seen (Chainer *self)
{
  guint64 n = store_unpack_number (&self->in);

  if (n > store_unpack_left (&self->in))
    self->in.failed = TRUE;
  else
    store_unpack_bytes (&self->in, n * STORE_STREAM_ID_SIZE);
  n = store_unpack_number (&self->in);
  for (guint64 i = 0; i < n && !self->in.failed; i++)
    {
      store_unpack_number (&self->in);
      store_unpack_number (&self->in);
    }
}

/**
 * store_entry_chain_start:
 * @chain_key: the account's key
 * @stream: a stream
 * @hash: (out): its hash before the first record
 *
 * Any thread.
 */
void
store_entry_chain_start (const guint8         chain_key[STORE_HASH_SIZE],
                         const StoreStreamId *stream,
                         guint8               hash[STORE_HASH_SIZE])
{
  static const char domain[] = "clientele stream 1";
  crypto_generichash_state state;

  crypto_generichash_init (&state, chain_key, STORE_HASH_SIZE, STORE_HASH_SIZE);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, stream->bytes, sizeof stream->bytes);
  crypto_generichash_final (&state, hash, STORE_HASH_SIZE);
}

/**
 * store_entry_chain:
 * @chain_key: the account's key
 * @before: the hash before this record
 * @body: the record's bytes
 * @after: (out): the hash after it; may be @before
 * @error: %STORE_ERROR_DAMAGED for bytes that do not parse
 *
 * A body of a later format is chained as it lies, since nothing of it is known. Any thread.
 */
gboolean
store_entry_chain (const guint8 chain_key[STORE_HASH_SIZE],
                   const guint8 before[STORE_HASH_SIZE],
                   GBytes      *body,
                   guint8       after[STORE_HASH_SIZE],
                   GError     **error)
{
  Chainer chainer = { 0 };
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  chainer.in = store_unpacker (data, size);
  chainer.done = data;
  crypto_generichash_init (&chainer.hash, chain_key, STORE_HASH_SIZE, STORE_HASH_SIZE);
  add (&chainer, before, STORE_HASH_SIZE);

  if (size > 0 && data[0] == STORE_ENTRY_FORMAT)
    {
      guint64 n_rows;

      chain_header (&chainer);
      skip_streams_and_seen (&chainer);
      n_rows = store_unpack_number (&chainer.in);
      for (guint64 i = 0; i < n_rows && !chainer.in.failed; i++)
        chain_row (&chainer);
    }
  else
    {
      store_unpack_bytes (&chainer.in, size);
    }
  if (chainer.in.failed || store_unpack_left (&chainer.in) != 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("A change is damaged and cannot be read."));
      return FALSE;
    }
  flush (&chainer, chainer.in.at);
  crypto_generichash_final (&chainer.hash, after, STORE_HASH_SIZE);
  return TRUE;
}
