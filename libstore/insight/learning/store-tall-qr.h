/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     store_tall_qr_fold   (double        *r,
                               guint          p,
                               double        *rows,
                               guint          n);
void     store_tall_qr_merge  (double        *r,
                               guint          p,
                               const double  *other);
gboolean store_tall_qr_solve  (const double  *r,
                               guint          p,
                               double        *solution);
double  *store_tall_qr_invert (const double  *r,
                               guint          p);

G_END_DECLS
