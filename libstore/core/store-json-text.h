/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *store_json_text_parse (const char *text,
                                 gssize      length,
                                 guint       max_depth);
char     *store_json_text_print (JsonNode   *node,
                                 gboolean    pretty);

G_END_DECLS
