/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model.h"

G_BEGIN_DECLS

double store_pareto_nbd_get_discounted (const StorePurchaseModel *self,
                                        double                    x,
                                        double                    t_x,
                                        double                    T,
                                        double                    rate);

G_END_DECLS
