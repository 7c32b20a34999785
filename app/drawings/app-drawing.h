/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "app-chart-scene.h"

G_BEGIN_DECLS

/* What drawings read out of the document of an analysis: what is missing or null is NAN or "". */

void        app_drawing_set_empty  (GError     **error);
JsonArray  *app_drawing_get_list   (JsonObject  *object,
                                    const char  *member,
                                    GError     **error);
double      app_drawing_get_number (JsonObject  *object,
                                    const char  *member);
const char *app_drawing_get_text   (JsonObject  *object,
                                    const char  *member);
const char *app_drawing_get_person (JsonObject  *object);
double      app_drawing_get_day    (JsonObject  *object,
                                    const char  *member);
char       *app_drawing_dup_number (double       value);

G_END_DECLS
