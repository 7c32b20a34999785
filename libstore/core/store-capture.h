/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-arena.h"
#include "store-digest.h"
#include "store-table.h"

G_BEGIN_DECLS

/**
 * StoreChange:
 * @table: where
 * @n: the row
 * @id: the record
 * @inserted: whether the row is new in this transaction
 * @deleted: whether it goes to the trash
 * @restored: whether it comes back; the deletes that this ends are in @ended
 * @settled: bits of the groups whose every head is replaced, even where the value stays
 * @mask: bits of the fields whose value is another one at the end
 * @old_values: by position in the declaration, as before the transaction; only those in @known
 * @new_values: the same, as they are now
 * @known: bits of the fields held in the two arrays
 * @old_clock: the clock before the transaction
 * @new_clock: the clock as the row has it now
 * @shown_clock: the clock that the person's form showed, NULL where it is @old_clock
 * @ended: (element-type StoreWriteMark) (nullable): on a restore
 *
 * What a transaction does to one row, from first to last.
 */
typedef struct
{
  const StoreTable *table;
  gint64 n;
  StoreId id;
  gboolean inserted;
  gboolean deleted;
  gboolean restored;
  guint64 settled;
  guint64 mask;
  guint64 known;
  StoreValue *old_values;
  StoreValue *new_values;
  StoreValue old_clock;
  StoreValue new_clock;
  StoreValue shown_clock;
  GArray *ended;
} StoreChange;

typedef enum
{
  STORE_CAPTURE_OFF,
  STORE_CAPTURE_LOCAL,
  STORE_CAPTURE_MERGE,
} StoreCaptureMode;

/**
 * StoreCapture:
 * @mode: off, our own writes, or the merge of others' (then only digest and mask are kept)
 * @hint: bits of the fields that the next UPDATE may change; 0 for any
 * @digest: kept current with every write
 * @changes: (element-type StoreChange): what the transaction does, in order of first touch
 * @failed: (nullable): a write that cannot be logged
 *
 * Listens to every write on the writer connection through SQLite's preupdate hook.
 * Private to libstore; writer thread.
 */
typedef struct
{
  StoreConnection *connection;
  const StoreTableSet *tables;
  const StoreTable *latest;
  StoreCaptureMode mode;
  guint64 hint;
  StoreDigest digest;
  StoreArena arena;
  GPtrArray *changes;
  GHashTable *by_row;
  const char *failed;
} StoreCapture;

void         store_capture_init    (StoreCapture        *self,
                                    StoreConnection     *connection,
                                    const StoreTableSet *tables);
void         store_capture_clear   (StoreCapture        *self);
void         store_capture_begin   (StoreCapture        *self,
                                    StoreCaptureMode     mode);
StoreChange *store_capture_find    (StoreCapture        *self,
                                    const StoreTable    *table,
                                    gint64               n);
StoreChange *store_capture_touch   (StoreCapture        *self,
                                    const StoreTable    *table,
                                    gint64               n,
                                    const StoreId       *id);

G_END_DECLS
