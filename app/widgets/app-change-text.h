/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-history.h"

G_BEGIN_DECLS

char *app_change_to_text  (const StoreHistoryChange *change);
char *app_changes_to_text (const StoreHistoryEntry  *entry,
                           guint                     max_lines);

G_END_DECLS
