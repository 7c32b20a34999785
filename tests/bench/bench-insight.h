/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

/* Seconds that somebody else's program took for a row, as measured on another day; where the peers
 * ran beside this one, what they took then is told instead. */
typedef struct
{
  const char *name;
  double seconds;
} BenchPeer;

typedef void (*BenchFunc) (gpointer data);

double              bench_measure       (BenchFunc            func,
                                         gpointer             data,
                                         guint                repeats);
void                bench_tell          (const char          *key,
                                         const char          *what,
                                         double               seconds,
                                         const char          *figure,
                                         const BenchPeer     *recorded);
void                bench_skip          (const char          *what);
char               *bench_find_data     (const char          *folder,
                                         const char          *name);
void                bench_write_numbers (const char          *folder,
                                         const char          *name,
                                         const double        *numbers,
                                         gsize                n);

StorePurchaseTable *bench_load_cdnow    (void);
StorePurchaseTable *bench_simulate      (guint                n,
                                         double               weeks_between,
                                         double               b);

/* A room each: its rows, and what its peers read. */
void                bench_lifetime      (void);
void                bench_segments      (void);
void                bench_baskets       (void);
void                bench_learning      (void);
void                bench_forecast      (void);
void                bench_text          (void);
void                bench_lifetime_write (const char         *folder);
void                bench_segments_write (const char         *folder);
void                bench_baskets_write  (const char         *folder);
void                bench_learning_write (const char         *folder);
void                bench_forecast_write (const char         *folder);
void                bench_text_write     (const char         *folder);

G_END_DECLS
