/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

StorePurchaseTable *store_occasions_new (const StorePurchaseTable *table,
                                         guint                     days);

G_END_DECLS
