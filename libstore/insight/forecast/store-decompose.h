/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean store_decompose           (const double  *values,
                                    guint          n,
                                    guint          season,
                                    gboolean       by_factors,
                                    double        *figure);
double   store_decompose_get_trend (const double  *values,
                                    guint          t,
                                    guint          season);
void     store_line_fit            (const double  *values,
                                    guint          n,
                                    double        *at_zero,
                                    double        *slope);

G_END_DECLS
