/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *app_settings_get         (void);
gboolean   app_settings_get_boolean (const char *key,
                                     gboolean    otherwise);
int        app_settings_get_int     (const char *key,
                                     int         otherwise);
char      *app_settings_dup_string  (const char *key,
                                     const char *otherwise);
void       app_settings_set_boolean (const char *key,
                                     gboolean    value);
void       app_settings_set_int     (const char *key,
                                     int         value);
void       app_settings_set_string  (const char *key,
                                     const char *value);

G_END_DECLS
