/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean *store_hold_back (const double *kinds,
                           guint         n,
                           double        share,
                           guint64       seed,
                           guint64       stream);

G_END_DECLS
