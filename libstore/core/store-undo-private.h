/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-history.h"
#include "store-transaction.h"

G_BEGIN_DECLS

/**
 * StoreUndo:
 * @group: what is taken back
 * @label: its label, not translated
 * @seqs: (element-type guint64): the log rows in which its transactions begin, oldest first
 * @report: what comes of it
 */
typedef struct
{
  char *group;
  char *label;
  GArray *seqs;
  StoreUndoReport *report;
} StoreUndo;

/* A #StoreWriteFunc; @data is a #StoreUndo. */
gboolean store_undo_group (StoreTransaction *transaction,
                           gpointer          data,
                           GError          **error);

G_END_DECLS
