/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *store_person_name_compose (const char *given,
                                     const char *middle,
                                     const char *family);
char     *store_person_name_key     (const char *name);
gboolean  store_person_name_has_han (const char *text);
gboolean  store_person_name_agrees  (const char *a_key,
                                     const char *b_key);

G_END_DECLS
