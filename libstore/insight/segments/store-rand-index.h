/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double store_rand_index_get (const guint32 *one,
                             const guint32 *other,
                             guint          n,
                             guint          k);

G_END_DECLS
