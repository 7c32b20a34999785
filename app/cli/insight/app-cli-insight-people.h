/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-insight-view.h"

G_BEGIN_DECLS

gboolean app_cli_insight_find_person  (AppCliSession            *session,
                                       AppCliArguments          *arguments,
                                       const AppCliInsightView  *view,
                                       GError                  **error);
gboolean app_cli_insight_name_people  (AppCliSession            *session,
                                       AppCliArguments          *arguments,
                                       JsonNode                 *document,
                                       const AppCliInsightView  *view,
                                       GError                  **error);
gboolean app_cli_insight_knows_people (AppCliArguments          *arguments,
                                       const AppCliInsightView  *view);

G_END_DECLS
