/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SYNC_JSON_MAX_SIZE (64 * 1024)
#define SYNC_JSON_MAX_DEPTH 8

JsonObject *sync_json_parse      (const void  *bytes,
                                  gsize        size);
const char *sync_json_get_string (JsonObject  *object,
                                  const char  *name);
gboolean    sync_json_get_number (JsonObject  *object,
                                  const char  *name,
                                  guint64     *number);

G_END_DECLS
