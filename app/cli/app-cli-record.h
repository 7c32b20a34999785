/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-session.h"

G_BEGIN_DECLS

const StoreKind  *app_cli_record_find_kind  (const char         *name,
                                             const StoreAlias  **alias,
                                             GError            **error);
const StoreField *app_cli_record_find_field (const StoreKind    *kind,
                                             const char         *name,
                                             GError            **error);
StoreRecord      *app_cli_record_load       (StoreDatabase      *database,
                                             const char         *id,
                                             GError            **error);
gboolean          app_cli_record_assign     (StoreRecord        *record,
                                             StoreDatabase      *database,
                                             const char *const  *assignments,
                                             GError            **error);
void              app_cli_record_print      (StoreRecord        *record,
                                             AppCliSession      *session);
void              app_cli_record_build_json (StoreRecord        *record,
                                             JsonBuilder        *builder);

G_END_DECLS
