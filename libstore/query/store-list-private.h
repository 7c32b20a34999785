/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-list.h"

G_BEGIN_DECLS

/* Rows loaded at once, and rows kept that no view holds; small under test. */
#define STORE_LIST_PAGE 128
#define STORE_LIST_KEPT (16 * STORE_LIST_PAGE)

StoreList *store_list_new_sized      (StoreDatabase *database,
                                      StoreQuery    *query,
                                      guint          page,
                                      guint          kept);
gboolean   store_list_is_settled     (StoreList     *self);
guint      store_list_count_living   (StoreList     *self);

G_END_DECLS
