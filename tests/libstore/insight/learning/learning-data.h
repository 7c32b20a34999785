/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-rows.h"

G_BEGIN_DECLS

/* Rows of a plain CSV file (no quotes) with the columns of id and outcome by name; finished. */
StoreRows *rows_load (const char *path,
                      const char *id,
                      const char *label);

/* 300 customers whose outcome depends on age, plan and chance; every seventh age is unknown. Read
 * from the last to the first if @backwards. */
StoreRows *rows_make (guint    n,
                      gboolean backwards);

G_END_DECLS
