/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_NEAREST (app_nearest_get_type ())
G_DECLARE_FINAL_TYPE (AppNearest, app_nearest, APP, NEAREST, GObject)

AppNearest *app_nearest_new         (StoreDatabase        *database);
void        app_nearest_look_async  (AppNearest           *self,
                                     const StoreId        *party,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char       *app_nearest_look_finish (AppNearest           *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
