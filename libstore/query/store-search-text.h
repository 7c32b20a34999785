/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"

G_BEGIN_DECLS

gboolean store_search_text_write (StoreConnection  *connection,
                                  gint64            number,
                                  gboolean          fresh,
                                  GError          **error);

G_END_DECLS
