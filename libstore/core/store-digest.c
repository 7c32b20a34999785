/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The digest of a store is the sum, modulo 2^128, of SipHash-2-4-128 over (kind as two bytes
 * big-endian, id, field as one byte, type as one byte, value) of every field that is not NULL of
 * every record that is not in the trash; numbers are eight bytes big-endian. A sum does not depend
 * on order and is kept with each write: the old value's hash goes, the new one's comes. (Bellare
 * and Micciancio, "A new paradigm for collision-free hashing", 1997.) The key is fixed: the digest
 * compares devices that trust each other, and leaves them only sealed.
 */
#include "store-digest.h"

#include <sodium.h>
#include <string.h>

#define HEAD_SIZE (2 + STORE_ID_SIZE + 1 + 1)

static const guint8 key[crypto_shorthash_siphashx24_KEYBYTES] = "clientele digest";

static unsigned __int128
hash_field (guint             kind,
            const StoreId    *id,
            guint             field,
            const StoreValue *value)
{
  guint8 small[512];
  g_autofree guint8 *large = NULL;
  guint8 *data = small;
  gsize length = HEAD_SIZE + (value->type == STORE_VALUE_INTEGER ? 8 : value->length);
  guint64 number;
  unsigned __int128 hash;

  if (length > sizeof small)
    data = large = g_malloc (length);

  data[0] = (guint8) (kind >> 8);
  data[1] = (guint8) kind;
  memcpy (data + 2, id->bytes, STORE_ID_SIZE);
  data[18] = (guint8) field;
  data[19] = (guint8) value->type;
  if (value->type == STORE_VALUE_INTEGER)
    {
      number = GUINT64_TO_BE ((guint64) value->integer);
      memcpy (data + HEAD_SIZE, &number, sizeof number);
    }
  else if (value->length > 0)
    {
      memcpy (data + HEAD_SIZE, value->data, value->length);
    }

  crypto_shorthash_siphashx24 ((guint8 *) &hash, data, length, key);
  return hash;
}

void
store_digest_add (StoreDigest      *self,
                  guint             kind,
                  const StoreId    *id,
                  guint             field,
                  const StoreValue *value)
{
  if (value->type != STORE_VALUE_NULL)
    self->sum += hash_field (kind, id, field, value);
}

void
store_digest_subtract (StoreDigest      *self,
                       guint             kind,
                       const StoreId    *id,
                       guint             field,
                       const StoreValue *value)
{
  if (value->type != STORE_VALUE_NULL)
    self->sum -= hash_field (kind, id, field, value);
}

void
store_digest_get_bytes (const StoreDigest *self,
                        guint8             bytes[STORE_DIGEST_SIZE])
{
  memcpy (bytes, &self->sum, STORE_DIGEST_SIZE);
}

void
store_digest_set_bytes (StoreDigest  *self,
                        const guint8  bytes[STORE_DIGEST_SIZE])
{
  memcpy (&self->sum, bytes, STORE_DIGEST_SIZE);
}
