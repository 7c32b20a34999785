/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-writer.h"

G_BEGIN_DECLS

/* Puts one group of a row into the state it has with one more write. @clock is changed; values
 * of the winner that differ from @values (by position in the declaration) are put there and their
 * bits set in @mask. */
gboolean store_merge_group  (StoreWriter          *writer,
                             const StoreTable     *table,
                             const StoreId        *id,
                             guint                 group,
                             StoreRowClock        *clock,
                             StoreValue           *values,
                             guint64              *mask,
                             const StoreWriteMark *mark,
                             guint32               stream,
                             const StoreValue     *written,
                             const StoreEntryHeads *replaced,
                             StoreArena           *arena,
                             GError              **error);
/* Applies the parts (element-type StoreEntry) of one transaction, ours or another's, that begins in
 * log row @writer->first_seq. Returns: (element-type GByteArray): the back-pointers of each part. */
GPtrArray *store_merge_transaction (StoreWriter   *writer,
                                    GPtrArray     *parts,
                                    GError       **error);
/* Ends a delete: every record that no other delete covers comes back. */
gboolean store_merge_end_delete (StoreWriter      *writer,
                             const StoreWriteMark *mark,
                             GError              **error);

/* Parts of the merge that speak of deletes; see store-merge-delete.c. */
gboolean store_merge_decide_delete     (StoreWriter         *writer,
                                        GPtrArray           *parts,
                                        guint32              stream,
                                        gboolean            *stands,
                                        GError             **error);
gboolean store_merge_open_delete       (StoreWriter         *writer,
                                        const StoreEntry    *entry,
                                        guint32              stream,
                                        const StoreEntryRow *row,
                                        const StoreTable    *table,
                                        GError             **error);
gboolean store_merge_end_named_deletes (StoreWriter         *writer,
                                        const StoreEntryRow *row,
                                        GError             **error);
gboolean store_merge_keep_alive        (StoreWriter         *writer,
                                        const StoreEntry    *entry,
                                        const StoreEntryRow *row,
                                        guint32              stream,
                                        const StoreTable    *table,
                                        GError             **error);

G_END_DECLS
