/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-prediction.h"

G_BEGIN_DECLS

StorePrediction *store_seasonal_naive_predict   (const double  *values,
                                                 guint          n,
                                                 guint          season,
                                                 guint          horizon);
double           store_seasonal_naive_get_scale (const double  *values,
                                                 guint          n,
                                                 guint          season);

G_END_DECLS
