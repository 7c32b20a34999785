/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-demand.h"

G_BEGIN_DECLS

StoreDemand *store_demand_alloc  (StoreRows                 *rows,
                                  const StoreDemandOptions  *options);
double      *store_demand_read_y (const StoreRows           *rows,
                                  GError                   **error);
double       store_demand_to_own (const StoreDemand         *self,
                                  double                     value);
gboolean     store_demand_score  (StoreDemand               *self,
                                  GError                   **error);

G_END_DECLS
