/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_ID_SIZE 16
#define STORE_ID_STRING_LENGTH 36

/**
 * StoreId:
 *
 * The key of a record on every device: a UUIDv7 (RFC 9562) for what a person makes, a UUIDv8 from
 * a hash for what one cause makes on any device. A plain value; copy it freely.
 */
typedef struct
{
  guint8 bytes[STORE_ID_SIZE];
} StoreId;

void     store_id_init_new       (StoreId       *id,
                                  gint64         unix_ms);
void     store_id_init_from_name (StoreId       *id,
                                  const char    *domain,
                                  const char    *name);
void     store_id_init_from_pair (StoreId       *id,
                                  const char    *domain,
                                  const StoreId *a,
                                  const StoreId *b);
gboolean store_id_parse          (StoreId       *id,
                                  const char    *text);
char    *store_id_to_string      (const StoreId *id);
void     store_id_print          (const StoreId *id,
                                  char           text[STORE_ID_STRING_LENGTH + 1]);
gboolean store_id_is_nil         (const StoreId *id);
int      store_id_compare        (const StoreId *a,
                                  const StoreId *b);
guint    store_id_hash           (gconstpointer  id);
gboolean store_id_equal          (gconstpointer  a,
                                  gconstpointer  b);

G_END_DECLS
