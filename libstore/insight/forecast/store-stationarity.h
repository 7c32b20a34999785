/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean store_stationarity_is_constant      (const double  *values,
                                              guint          n);
double   store_stationarity_test             (const double  *values,
                                              guint          n);
guint    store_stationarity_find_differences (const double  *values,
                                              guint          n,
                                              guint          most);

G_END_DECLS
