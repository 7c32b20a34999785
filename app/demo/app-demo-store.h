/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app-demo-day.h"

G_BEGIN_DECLS

/* @fraction runs from 0 to 1; called on the thread that makes the store. */
typedef void (*AppDemoProgress) (double   fraction,
                                 gpointer data);

gboolean app_demo_store_make (const char      *path,
                              gint             today,
                              GCancellable    *cancellable,
                              AppDemoProgress  progress,
                              gpointer         data,
                              GError         **error);

G_END_DECLS
