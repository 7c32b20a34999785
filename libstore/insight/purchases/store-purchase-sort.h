/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

void store_purchase_sort (StorePurchase *events,
                          gsize          n);

G_END_DECLS
