/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  app_device_names_take (GHashTable *names);
char *app_device_to_text    (const char *device,
                             gboolean    own);

G_END_DECLS
