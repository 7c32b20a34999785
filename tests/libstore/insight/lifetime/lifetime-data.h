/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shared-data.h"
#include "store-purchase-model.h"

G_BEGIN_DECLS

/**
 * LifetimeData:
 * @whole: all purchases
 * @past: those up to the cut
 * @patterns: of the past
 * @days: from the cut to the end
 *
 * One of the data sets that the references were made of.
 */
typedef struct
{
  StorePurchaseTable *whole;
  StorePurchaseTable *past;
  StorePurchasePatterns *patterns;
  guint days;
} LifetimeData;

/* "cdnow_sample", "grocery" or "online_retail"; NULL, with the test marked as skipped, where the
 * data are not at hand. */
LifetimeData          *lifetime_data_load       (const char         *name);
void                   lifetime_data_free       (LifetimeData       *data);

/* A number of a reference; the path is formatted. */
double                 reference_number         (JsonNode           *reference,
                                                 const char         *format,
                                                 ...) G_GNUC_PRINTF (2, 3);
gboolean               reference_has            (JsonNode           *reference,
                                                 const char         *format,
                                                 ...) G_GNUC_PRINTF (2, 3);
/* The numbers of an object by the names of the model's parameters. */
StorePurchaseModel     reference_model          (JsonNode           *reference,
                                                 const char         *path,
                                                 StorePurchaseModelKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LifetimeData, lifetime_data_free)

G_END_DECLS
