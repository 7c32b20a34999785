/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-writer.h"

G_BEGIN_DECLS

/**
 * StoreHead: one write of a field group that no other write names.
 * @mark: which write
 * @stream: the local number of its stream
 * @values: (element-type StoreValue): one a field of the group, in the order of bits; owned
 */
typedef struct
{
  StoreWriteMark mark;
  guint32 stream;
  GArray *values;
} StoreHead;

void       store_head_free        (StoreHead        *head);
gboolean   store_head_equal       (const StoreTable *table,
                                   guint             group,
                                   const StoreHead  *a,
                                   const StoreHead  *b);
GArray    *store_head_values_new  (void);

/* The heads of a group that did not win. (element-type StoreHead) */
GPtrArray *store_heads_load       (StoreConnection  *connection,
                                   GArray           *streams,
                                   const StoreTable *table,
                                   const StoreId    *id,
                                   guint             group,
                                   GError          **error);
gboolean   store_heads_replace    (StoreConnection  *connection,
                                   const StoreTable *table,
                                   const StoreId    *id,
                                   guint             group,
                                   GPtrArray        *heads,
                                   GError          **error);

G_END_DECLS
