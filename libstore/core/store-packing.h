/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The packing of numbers in everything that libstore writes as bytes: unsigned numbers are LEB128
 * (seven bits a byte, least significant first, at most ten bytes), signed ones go through zigzag
 * (0, -1, 1, -2 ...), fixed ones are big-endian. The reader never runs over its end: a fault sets
 * @failed and everything after reads as zero, so that a caller checks once.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline void
store_pack_byte (GByteArray *out,
                 guint8      byte)
{
  g_byte_array_append (out, &byte, 1);
}

static inline void
store_pack_bytes (GByteArray   *out,
                  gconstpointer data,
                  gsize         length)
{
  g_byte_array_append (out, data, (guint) length);
}

static inline guint
store_pack_number_into (guint8 *at,
                        guint64 number)
{
  guint n = 0;

  while (number >= 0x80)
    {
      at[n++] = (guint8) number | 0x80;
      number >>= 7;
    }
  at[n++] = (guint8) number;
  return n;
}

static inline void
store_pack_number (GByteArray *out,
                   guint64     number)
{
  guint8 packed[10];

  g_byte_array_append (out, packed, store_pack_number_into (packed, number));
}

static inline guint64
store_zigzag (gint64 number)
{
  return ((guint64) number << 1) ^ (guint64) (number >> 63);
}

static inline gint64
store_unzigzag (guint64 number)
{
  return (gint64) (number >> 1) ^ -(gint64) (number & 1);
}

static inline void
store_pack_signed (GByteArray *out,
                   gint64      number)
{
  store_pack_number (out, store_zigzag (number));
}

static inline void
store_pack_fixed (GByteArray *out,
                  guint64     number)
{
  guint64 big = GUINT64_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean failed;
} StoreUnpacker;

static inline StoreUnpacker
store_unpacker (const guint8 *data,
                gsize         length)
{
  return (StoreUnpacker){ .at = data, .end = data + length };
}

static inline gsize
store_unpack_left (const StoreUnpacker *in)
{
  return (gsize) (in->end - in->at);
}

static inline const guint8 *
store_unpack_bytes (StoreUnpacker *in,
                    gsize          length)
{
  const guint8 *bytes = in->at;

  if (in->failed || store_unpack_left (in) < length)
    {
      in->failed = TRUE;
      return NULL;
    }
  in->at += length;
  return bytes;
}

static inline guint8
store_unpack_byte (StoreUnpacker *in)
{
  const guint8 *byte = store_unpack_bytes (in, 1);

  return byte ? *byte : 0;
}

static inline guint64
store_unpack_number (StoreUnpacker *in)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte = store_unpack_byte (in);

      /* The tenth byte has room for one bit only, and no number ends in an empty byte. */
      if (in->failed || (shift == 63 && byte > 1) || (byte == 0 && shift > 0))
        break;
      number |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return number;
    }
  in->failed = TRUE;
  return 0;
}

static inline gint64
store_unpack_signed (StoreUnpacker *in)
{
  return store_unzigzag (store_unpack_number (in));
}

static inline guint64
store_unpack_fixed (StoreUnpacker *in)
{
  const guint8 *bytes = store_unpack_bytes (in, 8);
  guint64 big;

  if (bytes == NULL)
    return 0;
  memcpy (&big, bytes, sizeof big);
  return GUINT64_FROM_BE (big);
}

G_END_DECLS
