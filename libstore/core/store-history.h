/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * StoreHistoryChange:
 * @kind: (nullable): the kind of the record, %NULL where this version does not know it
 * @id: which record
 * @field: (nullable): the field, %NULL for a record that came, went or came back
 * @action: "add", "edit", "delete", "restore"
 * @old_value: what it was (owned)
 * @new_value: what it became (owned)
 */
typedef struct
{
  const StoreKind *kind;
  StoreId id;
  const StoreField *field;
  const char *action;
  StoreValue old_value;
  StoreValue new_value;
} StoreHistoryChange;

/**
 * StoreHistoryEntry:
 * @group: what undo takes
 * @label: what was done, translated
 * @undoes: (nullable): the group that this one took back
 * @undone: whether a later group took this one back (history of the whole store only)
 * @device: the stream id in hexadecimal
 * @own: whether it was made on this device
 * @time: UTC milliseconds by the clock of the device
 * @changes: (element-type StoreHistoryChange): of one record, or of all in the entry
 * @n_records: how many records it touched
 */
typedef struct
{
  char *group;
  char *label;
  char *undoes;
  gboolean undone;
  char *device;
  gboolean own;
  gint64 time;
  GPtrArray *changes;
  guint n_records;
} StoreHistoryEntry;

void       store_history_entry_free  (StoreHistoryEntry    *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHistoryEntry, store_history_entry_free)

GPtrArray *store_history_of_record   (StoreDatabase        *database,
                                      const StoreKind      *kind,
                                      const StoreId        *id,
                                      guint                 limit,
                                      GError              **error);
GPtrArray *store_history_of_store    (StoreDatabase        *database,
                                      guint                 limit,
                                      GError              **error);

/**
 * StoreUndoReport:
 * @group: the group that was taken back
 * @new_group: the group that did so; undo it to redo
 * @label: what was taken back, translated
 * @undone: field groups and records put back
 * @kept: (element-type StoreHistoryChange): what was not, since it was changed afterwards
 */
typedef struct
{
  char *group;
  char *new_group;
  char *label;
  guint undone;
  GPtrArray *kept;
} StoreUndoReport;

void             store_undo_report_free (StoreUndoReport      *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreUndoReport, store_undo_report_free)

/* @group NULL: the newest group of this device that is not taken back yet. */
StoreUndoReport *store_undo             (StoreDatabase        *database,
                                         const char           *group,
                                         GError              **error);
void             store_undo_async       (StoreDatabase        *database,
                                         const char           *group,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
StoreUndoReport *store_undo_finish      (StoreDatabase        *database,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
