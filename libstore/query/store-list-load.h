/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-query.h"

G_BEGIN_DECLS

/**
 * StoreListLoad:
 *
 * The reading of a list's row numbers on a thread of its own, told to the main context piece by
 * piece. Everything but the reading is the main thread's.
 */
typedef struct _StoreListLoad StoreListLoad;

/**
 * StoreListNews:
 * @load: which reading
 * @rows: (element-type gint64) (nullable): a new list: a piece of it, to be put behind the pieces
 *   before; a list read again: all of it
 * @edits: (element-type StoreListEdit) (nullable): a list read again: how it came of what it was
 * @last: whether nothing follows
 * @complete: whether words were looked for in all that is written
 * @error: (nullable): what went wrong; then @last is %TRUE
 */
typedef struct
{
  StoreListLoad *load;
  GArray *rows;
  GArray *edits;
  gboolean last;
  gboolean complete;
  GError *error;
} StoreListNews;

typedef void (*StoreListNewsFunc) (const StoreListNews *news,
                                   gpointer             data);

/* @before: (nullable): the list as it is, not changed while the reading lasts; %NULL for a new one.
 * @changed: (nullable) (element-type StoreId): records that may have moved in it. */
StoreListLoad *store_list_load_start  (StoreDatabase     *database,
                                       StoreQuery        *query,
                                       GArray            *before,
                                       GArray            *changed,
                                       guint              first_piece,
                                       StoreListNewsFunc  func,
                                       gpointer           data);
void           store_list_load_cancel (StoreListLoad     *self);

G_END_DECLS
