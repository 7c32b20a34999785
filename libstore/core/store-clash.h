/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * StoreClashSide:
 * @device: the stream id in hexadecimal
 * @own: whether it was written on this device
 * @time: UTC milliseconds by the clock of the device that wrote it
 * @values: (element-type StoreValue): a value for each field of the group, in order of fields
 *
 * One of the values that were written without sight of each other.
 */
typedef struct
{
  char *device;
  gboolean own;
  gint64 time;
  GArray *values;
} StoreClashSide;

/**
 * StoreClash:
 * @name: what `settle` takes: stable on every device
 * @version: names the sides; another one as soon as a side comes or goes
 * @kind: the kind of the record
 * @id: which record
 * @group: the field group
 * @fields: (element-type StoreField): the fields of the group
 * @sides: (element-type StoreClashSide): the winner, which the row shows, first; then the others
 *
 * A field group that holds more than one value nobody has chosen between.
 */
typedef struct
{
  char *name;
  char *version;
  const StoreKind *kind;
  StoreId id;
  guint group;
  GPtrArray *fields;
  GPtrArray *sides;
} StoreClash;

void       store_clash_free         (StoreClash           *clash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreClash, store_clash_free)

GPtrArray *store_clash_list         (StoreDatabase        *database,
                                     GError              **error);
gboolean   store_clash_count        (StoreDatabase        *database,
                                     guint                *count,
                                     GError              **error);
/* @version: of the clash as it was shown; @side: the index in its sides of the value to keep. */
gboolean   store_clash_settle       (StoreDatabase        *database,
                                     const char           *name,
                                     const char           *version,
                                     guint                 side,
                                     char                **group_out,
                                     GError              **error);

G_END_DECLS
