/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identifiers follow RFC 9562. Version 7: 48 bits of Unix milliseconds, then 74 random bits, so
 * that new records lie together in the index. Version 8: BLAKE2b-128 of a domain and a name (or of
 * a domain and two other ids), with the version and variant bits set; the same cause gives the
 * same id on every device.
 */
#include "store-id.h"

#include <sodium.h>
#include <string.h>

static void
set_version (StoreId *id,
             guint8   version)
{
  id->bytes[6] = (id->bytes[6] & 0x0f) | (version << 4);
  id->bytes[8] = (id->bytes[8] & 0x3f) | 0x80;
}

/**
 * store_id_init_new:
 * @id: (out): the new id
 * @unix_ms: the time to carry, in milliseconds since 1970
 *
 * Makes a UUIDv7. Any thread.
 */
void
store_id_init_new (StoreId *id,
                   gint64   unix_ms)
{
  guint64 ms = (guint64) MAX (unix_ms, 0);

  g_return_if_fail (id != NULL);

  randombytes_buf (id->bytes, sizeof id->bytes);
  for (int i = 0; i < 6; i++)
    id->bytes[i] = (guint8) (ms >> (40 - 8 * i));
  set_version (id, 7);
}

/**
 * store_id_init_from_name:
 * @id: (out): the id
 * @domain: what kind of cause this is, for example "stage"
 * @name: the name within the domain
 *
 * Makes the UUIDv8 that every device gives this name. Any thread.
 */
void
store_id_init_from_name (StoreId    *id,
                         const char *domain,
                         const char *name)
{
  crypto_generichash_state state;

  g_return_if_fail (id != NULL && domain != NULL && name != NULL);

  crypto_generichash_init (&state, NULL, 0, sizeof id->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain) + 1);
  crypto_generichash_update (&state, (const guint8 *) name, strlen (name));
  crypto_generichash_final (&state, id->bytes, sizeof id->bytes);
  set_version (id, 8);
}

/**
 * store_id_init_from_pair:
 * @id: (out): the id
 * @domain: what kind of link this is, for example "tagging"
 * @a: the first end
 * @b: the second end
 *
 * Makes the UUIDv8 of a link between two records, the same on every device. Any thread.
 */
void
store_id_init_from_pair (StoreId       *id,
                         const char    *domain,
                         const StoreId *a,
                         const StoreId *b)
{
  crypto_generichash_state state;

  g_return_if_fail (id != NULL && domain != NULL && a != NULL && b != NULL);

  crypto_generichash_init (&state, NULL, 0, sizeof id->bytes);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain) + 1);
  crypto_generichash_update (&state, a->bytes, sizeof a->bytes);
  crypto_generichash_update (&state, b->bytes, sizeof b->bytes);
  crypto_generichash_final (&state, id->bytes, sizeof id->bytes);
  set_version (id, 8);
}

/**
 * store_id_parse:
 * @id: (out): the id
 * @text: 36 characters, hexadecimal with hyphens, either case
 *
 * Returns: %FALSE if @text is no UUID; @id is then untouched. Any thread.
 */
gboolean
store_id_parse (StoreId    *id,
                const char *text)
{
  StoreId parsed;
  int at = 0;

  g_return_val_if_fail (id != NULL && text != NULL, FALSE);

  if (strlen (text) != STORE_ID_STRING_LENGTH)
    return FALSE;

  for (int i = 0; i < STORE_ID_STRING_LENGTH;)
    {
      int high, low;

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i++] != '-')
            return FALSE;
          continue;
        }
      high = g_ascii_xdigit_value (text[i++]);
      low = g_ascii_xdigit_value (text[i++]);
      if (high < 0 || low < 0)
        return FALSE;
      parsed.bytes[at++] = (guint8) (high << 4 | low);
    }

  *id = parsed;
  return TRUE;
}

/**
 * store_id_print:
 * @id: an id
 * @text: (out): room for 36 characters and the end
 *
 * Any thread.
 */
void
store_id_print (const StoreId *id,
                char           text[STORE_ID_STRING_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";
  char *at = text;

  g_return_if_fail (id != NULL && text != NULL);

  for (int i = 0; i < STORE_ID_SIZE; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *at++ = '-';
      *at++ = digits[id->bytes[i] >> 4];
      *at++ = digits[id->bytes[i] & 15];
    }
  *at = '\0';
}

/**
 * store_id_to_string:
 * @id: an id
 *
 * Returns: (transfer full): its 36 characters. Any thread.
 */
char *
store_id_to_string (const StoreId *id)
{
  char *text;

  g_return_val_if_fail (id != NULL, NULL);

  text = g_malloc (STORE_ID_STRING_LENGTH + 1);
  store_id_print (id, text);
  return text;
}

/**
 * store_id_is_nil:
 * @id: an id
 *
 * Returns: whether all bits are zero. Any thread.
 */
gboolean
store_id_is_nil (const StoreId *id)
{
  g_return_val_if_fail (id != NULL, TRUE);

  return sodium_is_zero (id->bytes, sizeof id->bytes);
}

/**
 * store_id_compare:
 * @a: an id
 * @b: another
 *
 * Returns: less than, equal to or greater than 0, by bytes. Any thread.
 */
int
store_id_compare (const StoreId *a,
                  const StoreId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

/**
 * store_id_hash:
 * @id: a #StoreId
 *
 * Returns: a hash for #GHashTable; the tail bytes are random in every version. Any thread.
 */
guint
store_id_hash (gconstpointer id)
{
  const StoreId *self = id;
  guint hash;

  memcpy (&hash, self->bytes + 12, sizeof hash);
  return hash;
}

/**
 * store_id_equal:
 * @a: a #StoreId
 * @b: another
 *
 * Returns: whether they are the same. Any thread.
 */
gboolean
store_id_equal (gconstpointer a,
                gconstpointer b)
{
  return store_id_compare (a, b) == 0;
}
