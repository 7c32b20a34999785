/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"

G_BEGIN_DECLS

/* Version of the file format, in SQLite's user_version; a file of a higher one is not opened. */
#define STORE_FILE_VERSION 1
/* "Clnt", in SQLite's application_id. */
#define STORE_APPLICATION_ID 0x436c6e74

gboolean store_schema_apply   (StoreConnection *connection,
                               GError         **error);
gboolean store_schema_verify  (StoreConnection *connection,
                               GError         **error);

G_END_DECLS
