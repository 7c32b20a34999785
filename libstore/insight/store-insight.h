/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-clv.h"
#include "store-rfm.h"
#include "store-segments.h"

G_BEGIN_DECLS

/* The analyses as JSON documents, one function for each verb of `clientele-cli insight`. Each takes
 * a finished table; the desktop uses store_rfm_new(), store_segments_new() and store_clv_new()
 * directly, whose arrays are parallel to the rows of the table. */

JsonNode *store_insight_rfm      (StorePurchaseTable          *table,
                                  StoreRfmFrequency            frequency,
                                  GError                     **error);
JsonNode *store_insight_segments (StorePurchaseTable          *table,
                                  const StoreSegmentsOptions  *options,
                                  GCancellable                *cancellable,
                                  GError                     **error);
JsonNode *store_insight_clv      (StorePurchaseTable          *table,
                                  const StoreClvOptions       *options,
                                  GCancellable                *cancellable,
                                  GError                     **error);

G_END_DECLS
