/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void store_wilson_interval (double  successes,
                            double  trials,
                            double *low,
                            double *high);

G_END_DECLS
