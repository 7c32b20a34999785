/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-value.h"

G_BEGIN_DECLS

#define STORE_ENTRY_FORMAT 1
#define STORE_STREAM_ID_SIZE 8
#define STORE_HASH_SIZE 32
#define STORE_SECRET_SIZE 16
#define STORE_DIGEST_SIZE 16

/* Stamps beyond the year 2200 come from damage, not from clocks. */
#define STORE_STAMP_MAX ((guint64) 7258118400000 << 16)

/**
 * StoreStreamId: the name of one device's append-only stream.
 */
typedef struct
{
  guint8 bytes[STORE_STREAM_ID_SIZE];
} StoreStreamId;

/**
 * StoreWriteMark:
 * @stamp: the hybrid logical clock of the entry
 * @stream: the device that wrote it
 *
 * Names one write of one device; ordered by stamp, then by stream.
 */
typedef struct
{
  guint64 stamp;
  StoreStreamId stream;
} StoreWriteMark;

/**
 * StoreEntryAction: what an entry did to a row. The numbers are part of the format.
 */
typedef enum
{
  STORE_ENTRY_INSERT = 1,
  STORE_ENTRY_EDIT = 2,
  STORE_ENTRY_DELETE = 3,
  STORE_ENTRY_RESTORE = 4,
} StoreEntryAction;

/**
 * StoreEntryOrigin: on whose behalf an entry was written. The numbers are part of the format.
 */
typedef enum
{
  STORE_ORIGIN_PERSON = 0,
  STORE_ORIGIN_RULE = 1,
  STORE_ORIGIN_IMPORT = 2,
  STORE_ORIGIN_SEED = 3,
  STORE_ORIGIN_OUTSIDE = 4,
} StoreEntryOrigin;

/**
 * StoreEntryHeads:
 * @groups: bits of the field groups (0 on a restore)
 * @n_marks: how many writes
 * @marks: the writes that this one replaces in those groups; on a restore, the deletes it ends
 */
typedef struct
{
  guint64 groups;
  guint n_marks;
  StoreWriteMark *marks;
} StoreEntryHeads;

/**
 * StoreEntryRow:
 * @kind: number of the kind, known to this version or not
 * @id: which record
 * @action: see #StoreEntryAction
 * @mask: bits of the fields carried
 * @n_values: how many bits that are
 * @old_values: one a field, in the order of bits; what the writer saw
 * @new_values: one a field
 * @n_heads: entries in @heads
 * @heads: what is replaced
 */
typedef struct
{
  guint kind;
  StoreId id;
  StoreEntryAction action;
  guint64 mask;
  guint n_values;
  StoreValue *old_values;
  StoreValue *new_values;
  guint n_heads;
  StoreEntryHeads *heads;
} StoreEntryRow;

/**
 * StoreSeen: how far the writer had applied another stream.
 */
typedef struct
{
  StoreStreamId stream;
  guint64 number;
} StoreSeen;

/**
 * StoreEntry:
 *
 * One record of a stream, decoded. Values borrow from @body, all else from the entry.
 */
typedef struct
{
  GBytes *body;
  StoreStreamId stream;
  guint64 number;
  guint part;
  gboolean last;
  guint64 stamp;
  gint64 wall_time;
  guint level;
  StoreEntryOrigin origin;
  char *group;
  char *undoes;
  char *label;
  guint n_seen;
  StoreSeen *seen;
  guint n_rows;
  StoreEntryRow *rows;
  GPtrArray *chunks;
} StoreEntry;

StoreEntry *store_entry_decode        (GBytes               *body,
                                       const StoreStreamId  *stream,
                                       GError              **error);
void        store_entry_free          (StoreEntry           *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEntry, store_entry_free)

const StoreValue *store_entry_row_get_new (const StoreEntryRow *row,
                                           guint                field);
const StoreValue *store_entry_row_get_old (const StoreEntryRow *row,
                                           guint                field);
StoreWriteMark    store_entry_get_mark    (const StoreEntry    *entry);

void        store_entry_chain_start   (const guint8          chain_key[STORE_HASH_SIZE],
                                       const StoreStreamId  *stream,
                                       guint8                hash[STORE_HASH_SIZE]);
gboolean    store_entry_chain         (const guint8          chain_key[STORE_HASH_SIZE],
                                       const guint8          before[STORE_HASH_SIZE],
                                       GBytes               *body,
                                       guint8                after[STORE_HASH_SIZE],
                                       GError              **error);

int         store_write_mark_compare  (const StoreWriteMark *a,
                                       const StoreWriteMark *b);
int         store_stream_id_compare   (const StoreStreamId  *a,
                                       const StoreStreamId  *b);
char       *store_stream_id_to_string (const StoreStreamId  *stream);
gboolean    store_stream_id_parse     (StoreStreamId        *stream,
                                       const char           *text);

G_END_DECLS
