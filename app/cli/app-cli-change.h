/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-session.h"

#include "store-history.h"

G_BEGIN_DECLS

char *app_cli_change_dup_time   (gint64                    unix_ms);
char *app_cli_change_dup_value  (const StoreField         *field,
                                 const StoreValue         *value,
                                 const char               *currency);
char *app_cli_change_dup_currency (GPtrArray              *changes,
                                 const StoreHistoryChange *change,
                                 StoreDatabase            *database);
void  app_cli_change_print      (const StoreHistoryChange *change,
                                 const char               *currency,
                                 AppCliSession            *session);
void  app_cli_change_build_json (const StoreHistoryChange *change,
                                 const char               *currency,
                                 JsonBuilder              *builder);

G_END_DECLS
