/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-commit.h"
#include "store-entry-writer.h"

G_BEGIN_DECLS

/**
 * StoreCommit: the entry in the making.
 * @part: the part that is being filled
 * @back: its pointers to the transactions before
 * @number: its number in our stream
 * @n_parts: parts begun so far
 */
typedef struct
{
  StoreWriter *writer;
  StoreEntryWriter part;
  GByteArray *back;
  guint64 number;
  guint n_parts;
} StoreCommit;

/* The values of the fields in @mask, in the order of bits; an edit has the old ones too. */
gboolean store_commit_write_values (StoreCommit       *self,
                                    const StoreChange *change,
                                    guint64            mask,
                                    gboolean           with_old,
                                    GError           **error);
/* An edit row; @clock becomes what the row's clock is to be. */
gboolean store_commit_write_edit   (StoreCommit       *self,
                                    StoreChange       *change,
                                    StoreRowClock     *clock,
                                    GError           **error);

G_END_DECLS
