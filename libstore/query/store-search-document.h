/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-kind.h"

G_BEGIN_DECLS

gboolean          store_search_document_exists    (const StoreKind  *kind);
const StoreField *store_search_document_get_whole (const StoreKind  *kind);
char             *store_search_document_make      (StoreConnection  *connection,
                                                   const StoreKind  *kind,
                                                   gint64            row,
                                                   GError          **error);

/* Documents are numbered so that newest first, which the index gives for nothing, begins with the
 * customers: the kind, from the last to the first, and below it the local row number. */
#define STORE_SEARCH_KIND_BITS 40
#define STORE_SEARCH_LAST_KIND 255

gint64            store_search_document_number    (const StoreKind  *kind,
                                                   gint64            row);
const StoreKind  *store_search_document_get_kind  (gint64            number);
gint64            store_search_document_get_row   (gint64            number);

G_END_DECLS
