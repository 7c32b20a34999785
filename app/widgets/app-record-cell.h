/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store-list.h"

G_BEGIN_DECLS

GtkListItemFactory *app_record_cell_new_factory      (const char *field);
GtkListItemFactory *app_record_cell_new_star_factory (void);

G_END_DECLS
