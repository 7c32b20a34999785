/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double store_auc_get (const double   *scores,
                      const gboolean *outcomes,
                      guint           n);

G_END_DECLS
