/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The type of the pointer when one is bound to a statement. */
#define STORE_ROW_SET_POINTER "store-row-set"

/**
 * StoreRowSet:
 *
 * A set of local row numbers, a bit each: 1,000,000 rows are 125 kB. One thread.
 */
typedef struct _StoreRowSet StoreRowSet;

StoreRowSet *store_row_set_new      (void);
void         store_row_set_free     (StoreRowSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRowSet, store_row_set_free)

void         store_row_set_add      (StoreRowSet *self,
                                     gint64       row);
gboolean     store_row_set_contains (StoreRowSet *self,
                                     gint64       row);
guint        store_row_set_get_size (StoreRowSet *self);
char        *store_row_set_dup_json (StoreRowSet *self);

G_END_DECLS
