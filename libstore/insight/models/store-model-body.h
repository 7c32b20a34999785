/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading and writing what a model holds. A file may hold anything: whatever is not as it must be
 * is %STORE_ERROR_DAMAGED with the name of the member. Texts and objects are borrowed. A number
 * that is not finite is null, read as NaN. Any thread. */

gboolean store_model_body_read_number  (JsonObject   *object,
                                        const char   *name,
                                        double       *value,
                                        GError      **error);
gboolean store_model_body_read_numbers (JsonObject   *object,
                                        const char   *name,
                                        double       *values,
                                        guint         n,
                                        GError      **error);
double  *store_model_body_dup_numbers  (JsonObject   *object,
                                        const char   *name,
                                        guint        *n,
                                        GError      **error);
gboolean store_model_body_read_count   (JsonObject   *object,
                                        const char   *name,
                                        gint64        lowest,
                                        gint64        highest,
                                        gint64       *value,
                                        GError      **error);
gboolean store_model_body_read_truth   (JsonObject   *object,
                                        const char   *name,
                                        gboolean     *value,
                                        GError      **error);
gboolean store_model_body_read_text    (JsonObject   *object,
                                        const char   *name,
                                        const char  **value,
                                        GError      **error);
gboolean store_model_body_read_object  (JsonObject   *object,
                                        const char   *name,
                                        JsonObject  **value,
                                        GError      **error);
gboolean store_model_body_read_array   (JsonObject   *object,
                                        const char   *name,
                                        JsonArray   **value,
                                        GError      **error);
char   **store_model_body_dup_texts    (JsonObject   *object,
                                        const char   *name,
                                        guint        *n,
                                        GError      **error);
void     store_model_body_add_numbers  (JsonBuilder  *builder,
                                        const char   *name,
                                        const double *values,
                                        guint         n);

G_END_DECLS
