/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void store_purchase_sort (guint64 *words,
                          gsize    n);

G_END_DECLS
