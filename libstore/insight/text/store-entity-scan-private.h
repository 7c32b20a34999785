/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entities.h"
#include "store-text-number.h"

G_BEGIN_DECLS

/**
 * StoreEntityScan:
 * @text: the message
 * @today: days since 1970, from which "tomorrow" counts
 * @taken: for each character, whether it belongs to something found already
 * @found: (element-type StoreEntity): what was found
 *
 * One search. Each scanner below looks for its kinds from position @at on, and returns the position
 * behind what it found, or 0.
 */
typedef struct
{
  const StoreFoldedText *text;
  gint32 today;
  guint8 *taken;
  GPtrArray *found;
} StoreEntityScan;

typedef guint (*StoreEntityScanner) (StoreEntityScan *scan,
                                     guint            at);

guint    store_entity_scan_email    (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_order    (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_phone    (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_date     (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_time     (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_share    (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_amount   (StoreEntityScan *scan,
                                     guint            at);
guint    store_entity_scan_quantity (StoreEntityScan *scan,
                                     guint            at);

guint    store_entity_scan_take     (StoreEntityScan *scan,
                                     StoreEntityKind  kind,
                                     guint            start,
                                     guint            end,
                                     char            *value,
                                     double           number,
                                     const char      *unit);
guint    store_entity_scan_spaces   (StoreEntityScan *scan,
                                     guint            at);
gboolean store_entity_scan_behind   (StoreEntityScan   *scan,
                                     guint              at,
                                     const char *const *words);
char    *store_entity_dup_number    (double             number);

G_END_DECLS
