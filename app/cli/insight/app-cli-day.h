/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-date-text.h"

G_BEGIN_DECLS

gint32   app_cli_day_from_date (const StoreDateText  *date);
gboolean app_cli_day_from_year (const char           *text,
                                gint32               *day);
gboolean app_cli_day_parse     (const char           *text,
                                gint32               *day,
                                GError              **error);

G_END_DECLS
