/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-field.h"

G_BEGIN_DECLS

/**
 * StoreMergeKind:
 * @STORE_MERGE_FIELDS: field group by field group
 * @STORE_MERGE_APPEND: written once; corrected by a reversing record
 * @STORE_MERGE_SET: a link, there or not; an add wins over a removal that had not seen it
 * @STORE_MERGE_FROZEN: field by field until issued, then an edit is a clash
 * @STORE_MERGE_LOCAL: never leaves this device
 */
typedef enum
{
  STORE_MERGE_FIELDS,
  STORE_MERGE_APPEND,
  STORE_MERGE_SET,
  STORE_MERGE_FROZEN,
  STORE_MERGE_LOCAL,
} StoreMergeKind;

/**
 * StoreKind:
 * @id: never reused; part of the format
 * @name: the table, the command line's and JSON's name
 * @label: for one record (msgid)
 * @plural: for many (msgid)
 * @merge: see #StoreMergeKind
 * @title: the name of the field that a person knows a record by
 * @key: (nullable): the field whose folded value gives the id, so that two devices that make
 *   the same thing make one
 * @pair: (nullable): the two references whose pair gives the id, ended by %NULL
 * @fields: the declaration
 * @n_fields: how many
 *
 * A kind of record. Static data; any thread.
 */
typedef struct
{
  guint id;
  const char *name;
  const char *label;
  const char *plural;
  StoreMergeKind merge;
  const char *title;
  const char *key;
  const char *const *pair;
  const StoreField *fields;
  guint n_fields;
} StoreKind;

const StoreField *store_kind_get_field       (const StoreKind  *kind,
                                              const char       *name);
const StoreField *store_kind_get_field_by_id (const StoreKind  *kind,
                                              guint             id);
guint             store_kind_get_position    (const StoreKind  *kind,
                                              const StoreField *field);
guint64           store_kind_get_group_mask  (const StoreKind  *kind,
                                              guint             group);
guint64           store_kind_widen_mask      (const StoreKind  *kind,
                                              guint64           mask);
guint64           store_kind_get_groups      (const StoreKind  *kind,
                                              guint64           mask);
const StoreField *store_kind_get_title_field (const StoreKind  *kind);
const char       *store_kind_get_label       (const StoreKind  *kind);
const char       *store_kind_get_plural      (const StoreKind  *kind);

G_END_DECLS
