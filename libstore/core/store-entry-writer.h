/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-entry.h"

G_BEGIN_DECLS

/**
 * StoreEntryWriter:
 *
 * Packs one record of a stream; set the public part, add rows, finish. Private to libstore's core.
 */
typedef struct
{
  guint64 number;
  guint part;
  gboolean last;
  guint64 stamp;
  gint64 wall_time;
  guint level;
  StoreEntryOrigin origin;
  const char *group;
  const char *undoes;
  const char *label;

  StoreStreamId own;
  GArray *streams;
  GByteArray *seen;
  guint n_seen;
  GByteArray *rows;
  guint n_rows;
  gboolean personal;
} StoreEntryWriter;

void    store_entry_writer_init       (StoreEntryWriter      *self,
                                       const StoreStreamId   *own);
void    store_entry_writer_clear      (StoreEntryWriter      *self);
void    store_entry_writer_add_seen   (StoreEntryWriter      *self,
                                       const StoreStreamId   *stream,
                                       guint64                number);
gsize   store_entry_writer_get_size   (const StoreEntryWriter *self);

/* A row is begun, then follow its heads (edit: after the count, each class; restore: the marks),
 * then its values in the order of the mask's bits (insert: new; edit: old, new). */
void    store_entry_writer_begin_row  (StoreEntryWriter      *self,
                                       guint                  kind,
                                       const StoreId         *id,
                                       StoreEntryAction       action);
void    store_entry_writer_add_mask   (StoreEntryWriter      *self,
                                       guint64                mask);
void    store_entry_writer_add_count  (StoreEntryWriter      *self,
                                       guint                  count);
void    store_entry_writer_add_heads  (StoreEntryWriter      *self,
                                       guint64                groups,
                                       guint                  n_marks);
void    store_entry_writer_add_mark   (StoreEntryWriter      *self,
                                       const StoreWriteMark  *mark);
void    store_entry_writer_add_value  (StoreEntryWriter      *self,
                                       const StoreValue      *value,
                                       gboolean               personal);
GBytes *store_entry_writer_finish     (StoreEntryWriter      *self);

G_END_DECLS
