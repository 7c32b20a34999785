/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreListEdit:
 * @position: where, counted when all edits before this one are done
 * @removed: how many rows go there
 * @added: how many come
 */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} StoreListEdit;

/* More edits than these are told as one; small under test. */
#define STORE_LIST_MOST_EDITS 64

GArray *store_list_diff (GArray *before,
                         GArray *after,
                         GArray *moved,
                         guint   most_edits);

G_END_DECLS
