/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

void app_trash_window_present (GtkWindow     *parent,
                               StoreDatabase *database);

G_END_DECLS
