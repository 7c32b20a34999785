/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-change-set.h"

G_BEGIN_DECLS

StoreChangeSet *store_change_set_new   (void);
void            store_change_set_add   (StoreChangeSet  *self,
                                        const StoreKind *kind,
                                        const StoreId   *id,
                                        guint64          fields);

G_END_DECLS
