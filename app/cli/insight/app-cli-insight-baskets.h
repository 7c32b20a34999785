/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "store-baskets.h"

G_BEGIN_DECLS

StoreBaskets *app_cli_insight_read_baskets (AppCliSession    *session,
                                            AppCliArguments  *arguments,
                                            GError          **error);

G_END_DECLS
