/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entity-scan-private.h"

G_BEGIN_DECLS

/* Days are counted from 1970-01-01; months are told by their first day. */
gint32 store_entity_get_day       (const GDate           *date);
void   store_entity_set_day       (GDate                 *date,
                                   gint32                 day);
gint32 store_entity_get_monday    (gint32                 day);
gint32 store_entity_get_month     (gint32                 day,
                                   int                    further);
gint32 store_entity_get_month_end (gint32                 first);

guint  store_entity_take_day       (StoreEntityScan       *scan,
                                    guint                  start,
                                    guint                  end,
                                    gint32                 day);
guint  store_entity_take_span      (StoreEntityScan       *scan,
                                    guint                  start,
                                    guint                  end,
                                    gint32                 first,
                                    gint32                 last);
guint  store_entity_take_month_day (StoreEntityScan       *scan,
                                    guint                  start,
                                    guint                  end,
                                    gint32                 first,
                                    int                    day);
guint  store_entity_match_month_day (const StoreFoldedText *text,
                                     guint                  at,
                                     int                   *day);

guint  store_entity_scan_day_word      (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_year_word     (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_step          (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_han_month     (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_han_day       (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_english_month (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_english_day   (StoreEntityScan   *scan,
                                        guint              at);
guint  store_entity_scan_written_date  (StoreEntityScan   *scan,
                                        guint              at);

G_END_DECLS
