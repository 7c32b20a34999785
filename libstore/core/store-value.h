/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-id.h"

G_BEGIN_DECLS

/**
 * StoreValueType:
 * @STORE_VALUE_NULL: nothing was written, or it was emptied
 * @STORE_VALUE_INTEGER: a signed 64-bit number
 * @STORE_VALUE_TEXT: UTF-8 without NUL
 * @STORE_VALUE_BLOB: bytes; references to records are 16 of them
 *
 * The four shapes a field's value has on disk and in the log. The numbers are part of the format.
 */
typedef enum
{
  STORE_VALUE_NULL = 0,
  STORE_VALUE_INTEGER = 1,
  STORE_VALUE_TEXT = 2,
  STORE_VALUE_BLOB = 3,
} StoreValueType;

/**
 * StoreValue:
 * @type: which of the others counts
 * @length: bytes in @data
 * @integer: the number
 * @data: text (not always NUL-terminated) or bytes, borrowed from whoever made the value
 *
 * A value on the stack, borrowing its bytes. store_value_copy() makes one that owns them.
 */
typedef struct
{
  StoreValueType type;
  guint32 length;
  union
  {
    gint64 integer;
    const guint8 *data;
  };
} StoreValue;

#define STORE_VALUE_INIT ((StoreValue){ .type = STORE_VALUE_NULL })

StoreValue store_value_integer (gint64            integer);
StoreValue store_value_text    (const char       *text);
StoreValue store_value_blob    (const guint8     *data,
                                gsize             length);
StoreValue store_value_id      (const StoreId    *id);
gboolean   store_value_equal   (const StoreValue *a,
                                const StoreValue *b);
StoreValue store_value_copy    (const StoreValue *value);
void       store_value_clear   (StoreValue       *value);
char      *store_value_dup_text (const StoreValue *value);
gboolean   store_value_get_id  (const StoreValue *value,
                                StoreId          *id);

G_END_DECLS
