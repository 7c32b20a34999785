/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-value.h"

#include <string.h>

/**
 * store_value_integer:
 * @integer: a number
 *
 * Returns: the value. Any thread.
 */
StoreValue
store_value_integer (gint64 integer)
{
  return (StoreValue){ .type = STORE_VALUE_INTEGER, .integer = integer };
}

/**
 * store_value_text:
 * @text: (nullable): UTF-8 that outlives the value
 *
 * Returns: the value, NULL for no text. Any thread.
 */
StoreValue
store_value_text (const char *text)
{
  if (text == NULL)
    return STORE_VALUE_INIT;
  return (StoreValue){ .type = STORE_VALUE_TEXT,
                       .length = (guint32) strlen (text),
                       .data = (const guint8 *) text };
}

/**
 * store_value_blob:
 * @data: (nullable): bytes that outlive the value
 * @length: how many
 *
 * Returns: the value, NULL for no bytes. Any thread.
 */
StoreValue
store_value_blob (const guint8 *data,
                  gsize         length)
{
  if (data == NULL)
    return STORE_VALUE_INIT;
  return (StoreValue){ .type = STORE_VALUE_BLOB, .length = (guint32) length, .data = data };
}

/**
 * store_value_id:
 * @id: (nullable): an id that outlives the value
 *
 * Returns: a reference to that record. Any thread.
 */
StoreValue
store_value_id (const StoreId *id)
{
  return store_value_blob (id ? id->bytes : NULL, STORE_ID_SIZE);
}

/**
 * store_value_equal:
 * @a: a value
 * @b: another
 *
 * Returns: whether type and content are the same. Any thread.
 */
gboolean
store_value_equal (const StoreValue *a,
                   const StoreValue *b)
{
  if (a->type != b->type)
    return FALSE;
  if (a->type == STORE_VALUE_NULL)
    return TRUE;
  if (a->type == STORE_VALUE_INTEGER)
    return a->integer == b->integer;
  return a->length == b->length && (a->length == 0 || memcmp (a->data, b->data, a->length) == 0);
}

/**
 * store_value_copy:
 * @value: a value
 *
 * Returns: one that owns its bytes, NUL-terminated; free with store_value_clear(). Any thread.
 */
StoreValue
store_value_copy (const StoreValue *value)
{
  StoreValue copy = *value;
  guint8 *data;

  if (value->type != STORE_VALUE_TEXT && value->type != STORE_VALUE_BLOB)
    return copy;

  data = g_malloc (value->length + 1);
  if (value->length > 0)
    memcpy (data, value->data, value->length);
  data[value->length] = 0;
  copy.data = data;
  return copy;
}

/**
 * store_value_clear:
 * @value: a value made by store_value_copy()
 *
 * Frees what it owns and leaves NULL. Any thread.
 */
void
store_value_clear (StoreValue *value)
{
  if (value->type == STORE_VALUE_TEXT || value->type == STORE_VALUE_BLOB)
    g_free ((guint8 *) value->data);
  *value = STORE_VALUE_INIT;
}

/**
 * store_value_dup_text:
 * @value: a value
 *
 * Returns: (transfer full) (nullable): the raw text of a value: the number in decimal, an id in
 *   its 36 characters, other bytes in hexadecimal, %NULL for NULL. Any thread.
 */
char *
store_value_dup_text (const StoreValue *value)
{
  GString *hex;
  StoreId id;

  switch (value->type)
    {
    case STORE_VALUE_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case STORE_VALUE_TEXT:
      return g_strndup ((const char *) value->data, value->length);
    case STORE_VALUE_BLOB:
      if (store_value_get_id (value, &id))
        return store_id_to_string (&id);
      hex = g_string_sized_new (value->length * 2);
      for (guint32 i = 0; i < value->length; i++)
        g_string_append_printf (hex, "%02x", value->data[i]);
      return g_string_free (hex, FALSE);
    case STORE_VALUE_NULL:
    default:
      return NULL;
    }
}

/**
 * store_value_get_id:
 * @value: a value
 * @id: (out): the record it refers to
 *
 * Returns: %FALSE if @value is no reference. Any thread.
 */
gboolean
store_value_get_id (const StoreValue *value,
                    StoreId          *id)
{
  if (value->type != STORE_VALUE_BLOB || value->length != STORE_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, value->data, STORE_ID_SIZE);
  return TRUE;
}
