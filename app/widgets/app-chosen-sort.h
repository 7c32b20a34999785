/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void        app_chosen_sort_add_field (GtkColumnViewColumn *column,
                                       const char          *field);
const char *app_chosen_sort_get_field (GtkColumnView       *view,
                                       gboolean            *descending);

G_END_DECLS
