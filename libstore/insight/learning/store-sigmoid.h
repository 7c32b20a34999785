/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreSigmoid:
 * @constant: log odds at a decision of 0
 * @slope: how they grow with it
 *
 * Turns the decision of a vector machine, which has no scale, into a probability.
 */
typedef struct
{
  double constant;
  double slope;
} StoreSigmoid;

gboolean store_sigmoid_fit (StoreSigmoid        *self,
                            const double        *decisions,
                            const double        *y,
                            guint                n,
                            GCancellable        *cancellable,
                            GError             **error);
double   store_sigmoid_get (const StoreSigmoid  *self,
                            double               decision);

G_END_DECLS
