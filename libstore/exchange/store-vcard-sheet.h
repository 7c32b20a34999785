/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-sheet.h"

G_BEGIN_DECLS

gboolean    store_vcard_sheet_is_card (const char     *head,
                                       gsize           length);
StoreSheet *store_vcard_sheet_new     (GInputStream   *stream,
                                       GCancellable   *cancellable,
                                       GError        **error);

G_END_DECLS
