/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model.h"

G_BEGIN_DECLS

double store_nbd_get_p_at_most (const StorePurchaseModel *self,
                                double                    x,
                                double                    T,
                                double                    weeks,
                                guint                     purchases);

G_END_DECLS
