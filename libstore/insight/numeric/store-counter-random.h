/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 store_counter_random_bits (guint64 seed,
                                   guint64 stream,
                                   guint64 counter);
double  store_counter_random      (guint64 seed,
                                   guint64 stream,
                                   guint64 counter);

G_END_DECLS
