/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean store_query_functions_attach (sqlite3  *handle,
                                       GError  **error);

G_END_DECLS
