/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char store_csv_sniff_delimiter (const char *text,
                                gsize       length);

G_END_DECLS
