/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entry.h"

G_BEGIN_DECLS

#define STORE_ROW_CLOCK_MAX_SIZE 1600

/**
 * StoreClockClass: the field groups of a row that one write gave.
 * @stamp: when
 * @stream: the local number of the stream that wrote
 * @groups: bits of the groups
 */
typedef struct
{
  guint64 stamp;
  guint32 stream;
  guint64 groups;
} StoreClockClass;

/**
 * StoreRowClock:
 * @last: the log row in which the last transaction on the row begins; 0 for none
 * @contested: bits of the groups with more heads than the winner
 * @n: classes in use
 * @classes: the winners of all groups ever written, by stamp, then stream
 *
 * What a row's clock column holds, unpacked. Private to libstore.
 */
typedef struct
{
  guint64 last;
  guint64 contested;
  guint n;
  StoreClockClass classes[64];
} StoreRowClock;

gboolean               store_row_clock_unpack (StoreRowClock       *self,
                                               const guint8        *data,
                                               gsize                length);
gsize                  store_row_clock_pack   (const StoreRowClock *self,
                                               guint8               data[STORE_ROW_CLOCK_MAX_SIZE]);
void                   store_row_clock_set    (StoreRowClock       *self,
                                               guint64              groups,
                                               guint64              stamp,
                                               guint32              stream);
const StoreClockClass *store_row_clock_find   (const StoreRowClock *self,
                                               guint                group);

G_END_DECLS
