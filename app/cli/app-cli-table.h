/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-session.h"

G_BEGIN_DECLS

JsonNode *app_cli_table_to_json (GPtrArray        *records);
gboolean  app_cli_table_print   (GPtrArray        *records,
                                 const StoreKind  *kind,
                                 const char       *fields,
                                 AppCliSession    *session,
                                 GError          **error);

G_END_DECLS
