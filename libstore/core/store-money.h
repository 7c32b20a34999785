/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint    store_money_get_digits (const char *currency);
gboolean store_money_parse      (const char *text,
                                 const char *currency,
                                 gint64     *minor);
char    *store_money_to_text    (gint64      minor,
                                 const char *currency);
gboolean store_decimal_parse    (const char *text,
                                 guint       digits,
                                 gint64     *number);
char    *store_decimal_to_text  (gint64      number,
                                 guint       digits);

G_END_DECLS
