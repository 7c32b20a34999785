/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-writer.h"

G_BEGIN_DECLS

void     store_seed_get_stream (StoreStreamId *stream);
gboolean store_seed_apply      (StoreWriter   *writer,
                                GError       **error);

G_END_DECLS
