/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean store_stl_decompose         (const double  *values,
                                      guint          n,
                                      guint          season,
                                      double        *seasonal,
                                      double        *trend);
double   store_stl_seasonal_strength (const double  *values,
                                      guint          n,
                                      guint          season);
double   store_stl_trend_strength    (const double  *values,
                                      guint          n,
                                      guint          season);

G_END_DECLS
