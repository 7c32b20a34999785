/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every store begins with: the first pipeline, its stages, the first settings. They are one
 * record of a stream that nobody owns, with the same bytes on every device, so that two devices
 * that never met hold one of each, and an edit of one is no clash with the other's beginning. The
 * stream is never sent: whoever has a store has it. Names are English msgids; the desktop shows a
 * seeded name that nobody changed in the person's language.
 */
#include "config.h"

#include "store-seed.h"

#include "store-catalog.h"
#include "store-entry-writer.h"
#include "store-merge.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define SEED_STAMP (G_GUINT64_CONSTANT (1) << 16)

typedef struct
{
  const char *name;
  gint64 probability;
  gint64 rot_days;
  const char *outcome;
  const char *rank;
} SeedStage;

static const SeedStage stages[] = {
  { N_("New"), 10, 14, "open", "a" },
  { N_("Contacted"), 25, 14, "open", "c" },
  { N_("Proposal"), 50, 21, "open", "e" },
  { N_("Negotiation"), 75, 21, "open", "g" },
  { N_("Won"), 100, 0, "won", "i" },
  { N_("Lost"), 0, 0, "lost", "k" },
};

typedef struct
{
  StoreId id;
  const StoreKind *kind;
  StoreValue values[64];
} SeedRow;

static void
set (SeedRow    *row,
     const char *field,
     StoreValue  value)
{
  row->values[store_kind_get_field (row->kind, field)->id] = value;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const SeedRow *left = *(const SeedRow *const *) a;
  const SeedRow *right = *(const SeedRow *const *) b;

  if (left->kind->id != right->kind->id)
    return left->kind->id < right->kind->id ? -1 : 1;
  return store_id_compare (&left->id, &right->id);
}

static SeedRow *
add_row (GPtrArray  *rows,
         const char *kind,
         const char *name)
{
  SeedRow *row = g_new0 (SeedRow, 1);

  row->kind = store_catalog_find (kind);
  store_id_init_from_name (&row->id, kind, name);
  g_ptr_array_add (rows, row);
  return row;
}

static GPtrArray *
make_rows (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  SeedRow *pipeline = add_row (rows, "pipeline", "first");
  SeedRow *setting = add_row (rows, "setting", "currency");

  set (pipeline, "name", store_value_text (N_("Sales")));
  set (pipeline, "rank", store_value_text ("a"));
  set (setting, "name", store_value_text ("currency"));
  set (setting, "value", store_value_text ("EUR"));
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      SeedRow *stage = add_row (rows, "stage", stages[i].name);

      set (stage, "pipeline", store_value_id (&pipeline->id));
      set (stage, "name", store_value_text (stages[i].name));
      set (stage, "probability", store_value_integer (stages[i].probability));
      set (stage, "rot_days", store_value_integer (stages[i].rot_days));
      set (stage, "outcome", store_value_text (stages[i].outcome));
      set (stage, "rank", store_value_text (stages[i].rank));
    }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

static void
write_row (StoreEntryWriter *part,
           const SeedRow    *row)
{
  guint64 mask = 0;

  for (guint i = 0; i < row->kind->n_fields; i++)
    if (row->values[row->kind->fields[i].id].type != STORE_VALUE_NULL)
      mask |= G_GUINT64_CONSTANT (1) << row->kind->fields[i].id;
  mask = store_kind_widen_mask (row->kind, mask);
  store_entry_writer_begin_row (part, row->kind->id, &row->id, STORE_ENTRY_INSERT);
  store_entry_writer_add_mask (part, mask);
  for (guint i = 0; i < 64; i++)
    if (mask >> i & 1)
      store_entry_writer_add_value (part, &row->values[i], FALSE);
}

void
store_seed_get_stream (StoreStreamId *stream)
{
  static const char name[] = "clientele seed";

  crypto_generichash_state state;
  guint8 hash[crypto_generichash_BYTES_MIN];

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) name, strlen (name));
  crypto_generichash_final (&state, hash, sizeof hash);
  memcpy (stream->bytes, hash, sizeof stream->bytes);
}

static GBytes *
make_body (const StoreStreamId *stream)
{
  g_autoptr (GPtrArray) rows = make_rows ();
  StoreEntryWriter part;
  GBytes *body;

  store_entry_writer_init (&part, stream);
  part.number = 1;
  part.stamp = SEED_STAMP;
  part.level = 1;
  part.origin = STORE_ORIGIN_SEED;
  for (guint i = 0; i < rows->len; i++)
    write_row (&part, g_ptr_array_index (rows, i));
  body = store_entry_writer_finish (&part);
  store_entry_writer_clear (&part);
  return body;
}

/* Puts the seed into a store that has none, as its first log row. */
gboolean
store_seed_apply (StoreWriter *writer,
                  GError     **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) store_entry_free);
  g_autoptr (GPtrArray) backs = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (StoreStatement) count = NULL;
  StoreStreamId stream;
  StoreEntry *entry;
  guint32 idx;

  store_seed_get_stream (&stream);
  if (!store_writer_begin (writer, STORE_CAPTURE_MERGE, NULL, error))
    return FALSE;
  if (writer->seq > 0)
    {
      store_writer_rollback (writer);
      return TRUE;
    }

  body = make_body (&stream);
  entry = store_entry_decode (body, &stream, error);
  if (entry)
    g_ptr_array_add (parts, entry);
  if (entry == NULL || !store_writer_number_stream (writer, &stream, &idx, error))
    goto fail;
  backs = store_merge_transaction (writer, parts, error);
  if (backs == NULL || !store_writer_append_log (writer, idx, 1, 0, NULL, body,
                                                 g_ptr_array_index (backs, 0), error))
    goto fail;
  count = store_connection_prepare (writer->connection,
                                    "UPDATE stream SET number = 1, told = 1 WHERE idx = ?1", error);
  if (count == NULL)
    goto fail;
  sqlite3_bind_int64 (count->handle, 1, idx);
  if (!store_statement_run (count, error))
    goto fail;
  store_statement_release (g_steal_pointer (&count));
  return store_writer_commit (writer, NULL, NULL, error);

fail:
  g_clear_pointer (&count, store_statement_release);
  store_writer_rollback (writer);
  return FALSE;
}
