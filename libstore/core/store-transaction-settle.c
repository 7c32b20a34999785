/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sides of a clash, and the choice of one of them. */
#include "config.h"

#include "store-transaction-private.h"

#include "store-error.h"
#include "store-heads.h"
#include "store-record-private.h"

#include <glib/gi18n-lib.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

static int
compare_heads (gconstpointer a,
               gconstpointer b)
{
  const StoreHead *left = *(const StoreHead *const *) a;
  const StoreHead *right = *(const StoreHead *const *) b;

  return store_write_mark_compare (&right->mark, &left->mark);
}

static StoreHead *
load_winner (StoreConnection  *connection,
             GArray           *streams,
             const StoreTable *table,
             const StoreId    *id,
             guint             group,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT clock, %s FROM \"%s\" WHERE id = ?1",
                                          table->columns, table->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  const StoreClockClass *class = NULL;
  StoreRowClock clock;
  StoreHead *head;
  StoreValue packed;
  gboolean row;

  if (statement == NULL)
    return NULL;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &row, error))
    return NULL;
  packed = row ? store_statement_get_value (statement, 0) : STORE_VALUE_INIT;
  if (packed.type == STORE_VALUE_BLOB &&
      store_row_clock_unpack (&clock, packed.data, packed.length))
    class = store_row_clock_find (&clock, group);
  if (class == NULL)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("This clash is settled already."));
      return NULL;
    }

  head = g_new0 (StoreHead, 1);
  head->mark.stamp = class->stamp;
  head->stream = class->stream;
  if (class->stream < streams->len)
    head->mark.stream = g_array_index (streams, StoreStreamId, class->stream);
  head->values = store_head_values_new ();
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (store_field_get_group (&table->kind->fields[i]) == group)
      {
        StoreValue value = store_statement_get_value (statement, (int) i + 1);
        StoreValue copy = store_value_copy (&value);

        g_array_append_val (head->values, copy);
      }
  return head;
}

GPtrArray *
store_transaction_list_sides (StoreConnection  *connection,
                              GArray           *streams,
                              const StoreTable *table,
                              const StoreId    *id,
                              guint             group,
                              GError          **error)
{
  g_autoptr (GPtrArray) sides = g_ptr_array_new_with_free_func ((GDestroyNotify) store_head_free);
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead *winner = load_winner (connection, streams, table, id, group, error);

  if (winner == NULL)
    return NULL;
  g_ptr_array_add (sides, winner);
  heads = store_heads_load (connection, streams, table, id, group, error);
  if (heads == NULL)
    return NULL;
  g_ptr_array_sort (heads, compare_heads);
  while (heads->len > 0)
    {
      StoreHead *head = g_ptr_array_steal_index (heads, 0);
      gboolean known = FALSE;

      for (guint i = 0; i < sides->len && !known; i++)
        known = store_head_equal (table, group, head, g_ptr_array_index (sides, i));
      if (known)
        store_head_free (head);
      else
        g_ptr_array_add (sides, head);
    }
  return g_steal_pointer (&sides);
}

char *
store_transaction_name_sides (GPtrArray *sides)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < sides->len; i++)
    {
      const StoreHead *side = g_ptr_array_index (sides, i);
      g_autofree char *stream = store_stream_id_to_string (&side->mark.stream);

      g_string_append_printf (name, "%s%" G_GINT64_MODIFIER "x-%s", i > 0 ? " " : "",
                              side->mark.stamp, stream);
    }
  return g_string_free (name, FALSE);
}

/* A value that came after the person looked must not be written over unseen. */
static gboolean
check_version (GPtrArray  *sides,
               const char *version,
               guint       side,
               GError    **error)
{
  g_autofree char *now = store_transaction_name_sides (sides);

  if (sides->len < 2 || side >= sides->len)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("This clash is settled already."));
      return FALSE;
    }
  if (g_str_equal (now, version))
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_EXISTS,
                       _("This clash has changed since it was shown. Look at it again."));
  return FALSE;
}

/**
 * store_transaction_settle:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @group: the number of a contested field group
 * @version: the version of the clash that was shown
 * @side: which of its sides to keep, 0 for what the row shows
 * @error: %STORE_ERROR_NOT_FOUND where there is no such clash or side, %STORE_ERROR_EXISTS where
 *   there is another side by now
 *
 * Writes the chosen value over every head of the group. Writer thread.
 */
gboolean
store_transaction_settle (StoreTransaction *self,
                          const StoreKind  *kind,
                          const StoreId    *id,
                          guint             group,
                          const char       *version,
                          guint             side,
                          GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreTable *table = store_transaction_get_table (self, kind);
  g_autoptr (GPtrArray) sides = NULL;
  g_autoptr (StoreRecord) record = NULL;
  StoreChange *change;
  const StoreHead *kept;
  guint at = 0;

  sides = store_transaction_list_sides (writer->connection, writer->streams, table, id, group,
                                        error);
  if (sides == NULL || !check_version (sides, version, side, error))
    return FALSE;
  record = store_transaction_load (self, kind, id, error);
  if (record == NULL)
    return FALSE;

  kept = g_ptr_array_index (sides, side);
  for (guint i = 0; i < kind->n_fields; i++)
    if (store_field_get_group (&kind->fields[i]) == group && at < kept->values->len)
      store_record_set_value (record, kind->fields[i].name,
                              &g_array_index (kept->values, StoreValue, at++));
  if (store_record_get_changed (record) == 0)
    {
      /* Even a choice for what the row shows is a write: it replaces the others. */
      change = store_capture_touch (&writer->capture, table, store_record_get_row (record), id);
      if (change->new_clock.type == STORE_VALUE_NULL)
        {
          change->old_clock = store_arena_keep (&writer->capture.arena,
                                                store_record_get_clock (record));
          change->new_clock = change->old_clock;
        }
    }
  else
    {
      if (!store_transaction_update (self, record, error))
        return FALSE;
      change = store_capture_find (&writer->capture, table, store_record_get_row (record));
    }
  change->settled |= BIT (group);
  return TRUE;
}
