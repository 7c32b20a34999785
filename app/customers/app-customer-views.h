/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-filter.h"

G_BEGIN_DECLS

GListModel  *app_customer_views_new_model  (void);
StoreFilter *app_customer_views_dup_filter (guint view);

G_END_DECLS
