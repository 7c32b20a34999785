/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define APP_TYPE_SIDE_BY_SIDE (app_side_by_side_get_type ())
G_DECLARE_FINAL_TYPE (AppSideBySide, app_side_by_side, APP, SIDE_BY_SIDE, GtkLayoutManager)

GtkLayoutManager *app_side_by_side_new (void);

G_END_DECLS
