/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-writer.h"

G_BEGIN_DECLS

/* Turns what the capture heard into the one entry of the log, stamps the rows, and counts the
 * stream on. @empty: nothing was changed, nothing was logged. */
gboolean store_commit_log (StoreWriter *writer,
                           gboolean    *empty,
                           GError     **error);

G_END_DECLS
