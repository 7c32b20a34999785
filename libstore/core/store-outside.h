/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-writer.h"

G_BEGIN_DECLS

/* Logs what other programs wrote to the file since it was last looked at here: on opening, and
 * before each write of ours, which must not go over a row that the log does not know. */
gboolean store_outside_log (StoreWriter  *writer,
                            GError      **error);

G_END_DECLS
