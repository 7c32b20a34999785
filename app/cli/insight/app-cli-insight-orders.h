/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "store-purchase-table.h"

G_BEGIN_DECLS

StorePurchaseTable *app_cli_insight_read_orders    (AppCliSession    *session,
                                                    AppCliArguments  *arguments,
                                                    GError          **error);
StorePurchaseTable *app_cli_insight_read_customers (AppCliSession    *session,
                                                    AppCliArguments  *arguments,
                                                    GError          **error);
gboolean            app_cli_insight_get_until      (AppCliArguments  *arguments,
                                                    const char       *file_option,
                                                    gint32           *until,
                                                    GError          **error);

G_END_DECLS
