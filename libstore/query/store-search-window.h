/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"

G_BEGIN_DECLS

/**
 * StoreSearchWindow:
 * @after: the log row before the first to look at
 * @end: (inout): the last one to look at, 0 for as many as are good at once; then the one reached
 * @numbers: (element-type gint64): (out): the documents that may be other than they were, sorted
 *
 * A stretch of the log, and what it touched.
 */
typedef struct
{
  gint64 after;
  gint64 end;
  GArray *numbers;
} StoreSearchWindow;

gboolean store_search_window_collect (StoreConnection  *connection,
                                      gpointer          window,
                                      GError          **error);

G_END_DECLS
