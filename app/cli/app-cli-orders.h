/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

gint32              app_cli_orders_get_today (void);
gboolean            app_cli_orders_parse_day (const char       *text,
                                              gint32           *day,
                                              GError          **error);
StorePurchaseTable *app_cli_orders_read_file (AppCliSession    *session,
                                              AppCliArguments  *arguments,
                                              gint32            until,
                                              GError          **error);

G_END_DECLS
