/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The type of the pointer when a sorted GArray of StoreId is bound to a statement. */
#define STORE_ID_ARRAY_POINTER "store-id-array"

gboolean store_query_functions_attach (sqlite3  *handle,
                                       GError  **error);

G_END_DECLS
