/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-rows.h"

G_BEGIN_DECLS

void store_rows_column_settle (StoreRowsColumn *column,
                               guint            n);

G_END_DECLS
