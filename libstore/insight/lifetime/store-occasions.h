/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

/* A week stands for an occasion, and a table of purchases takes so many before its cut. */
#define STORE_OCCASIONS_MOST 19305

StorePurchaseTable *store_occasions_new (const StorePurchaseTable *table,
                                         guint                     days);

G_END_DECLS
