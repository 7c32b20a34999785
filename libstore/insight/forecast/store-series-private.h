/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-series.h"

G_BEGIN_DECLS

gboolean store_series_init            (StoreSeries        *self,
                                       StoreSeriesPeriod   every,
                                       guint               season,
                                       gint32              first_day,
                                       gint32              last_day,
                                       GError            **error);
void     store_series_leave_out_parts (StoreSeries        *self,
                                       gint32              first_day,
                                       gint32              last_day);

G_END_DECLS
