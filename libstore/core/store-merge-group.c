/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field group with one more write: heads in, named heads out, the winner shown. The rule stands at
 * the head of store-merge.c. */
#include "store-merge.h"

#include "store-heads.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

static StoreHead *
head_of_row (StoreWriter           *writer,
             const StoreTable      *table,
             guint                  group,
             const StoreClockClass *winner,
             const StoreValue      *values)
{
  StoreHead *head = g_new0 (StoreHead, 1);

  head->mark.stamp = winner->stamp;
  head->mark.stream = *store_writer_get_stream (writer, winner->stream);
  head->stream = winner->stream;
  head->values = store_head_values_new ();
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (store_field_get_group (&table->kind->fields[i]) == group)
      {
        StoreValue copy = store_value_copy (&values[i]);

        g_array_append_val (head->values, copy);
      }
  return head;
}

static gboolean
is_named (const StoreEntryHeads *replaced,
          const StoreWriteMark  *mark)
{
  for (guint i = 0; replaced && i < replaced->n_marks; i++)
    if (store_write_mark_compare (&replaced->marks[i], mark) == 0)
      return TRUE;
  return FALSE;
}

static void
show_values (const StoreTable *table,
             guint             group,
             StoreValue       *values,
             guint64          *mask,
             GArray           *shown,
             StoreArena       *arena)
{
  guint at = 0;

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];
      const StoreValue *value;

      if (store_field_get_group (field) != group || at >= shown->len)
        continue;
      value = &g_array_index (shown, StoreValue, at++);
      if (store_value_equal (&values[i], value))
        continue;
      values[i] = store_arena_keep (arena, value);
      *mask |= BIT (field->id);
    }
}

static void
write_values (const StoreTable *table,
              guint             group,
              StoreValue       *values,
              guint64          *mask,
              const StoreValue *written)
{
  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];

      if (store_field_get_group (field) != group || store_value_equal (&values[i], &written[i]))
        continue;
      values[i] = written[i];
      *mask |= BIT (field->id);
    }
}

/* The general case: more than one head before or after. */
static gboolean
merge_contested (StoreWriter           *writer,
                 const StoreTable      *table,
                 const StoreId         *id,
                 guint                  group,
                 StoreRowClock         *clock,
                 StoreValue            *values,
                 guint64               *mask,
                 const StoreWriteMark  *mark,
                 guint32                stream,
                 const StoreValue      *written,
                 const StoreEntryHeads *replaced,
                 StoreArena            *arena,
                 GError               **error)
{
  const StoreClockClass *winner = store_row_clock_find (clock, group);
  StoreClockClass mine = { mark->stamp, stream, BIT (group) };
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead *best;

  heads = store_heads_load (writer->connection, writer->streams, table, id, group, error);
  if (heads == NULL)
    return FALSE;
  if (winner)
    g_ptr_array_add (heads, head_of_row (writer, table, group, winner, values));
  for (guint i = 0; i < heads->len;)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if (is_named (replaced, &head->mark))
        g_ptr_array_remove_index_fast (heads, i);
      else
        i++;
    }
  g_ptr_array_add (heads, head_of_row (writer, table, group, &mine, written));

  best = g_ptr_array_index (heads, 0);
  for (guint i = 1; i < heads->len; i++)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if (store_write_mark_compare (&head->mark, &best->mark) > 0)
        best = head;
    }
  show_values (table, group, values, mask, best->values, arena);
  store_row_clock_set (clock, BIT (group), best->mark.stamp, best->stream);
  g_ptr_array_remove_fast (heads, best);
  if (heads->len > 0)
    clock->contested |= BIT (group);
  else
    clock->contested &= ~BIT (group);
  return store_heads_replace (writer->connection, table, id, group, heads, error);
}

gboolean
store_merge_group (StoreWriter           *writer,
                   const StoreTable      *table,
                   const StoreId         *id,
                   guint                  group,
                   StoreRowClock         *clock,
                   StoreValue            *values,
                   guint64               *mask,
                   const StoreWriteMark  *mark,
                   guint32                stream,
                   const StoreValue      *written,
                   const StoreEntryHeads *replaced,
                   StoreArena            *arena,
                   GError               **error)
{
  const StoreClockClass *winner = store_row_clock_find (clock, group);
  StoreWriteMark shown;

  if (winner)
    {
      shown.stamp = winner->stamp;
      shown.stream = *store_writer_get_stream (writer, winner->stream);
    }
  if ((clock->contested & BIT (group)) || (winner && !is_named (replaced, &shown)))
    return merge_contested (writer, table, id, group, clock, values, mask, mark, stream, written,
                            replaced, arena, error);

  write_values (table, group, values, mask, written);
  store_row_clock_set (clock, BIT (group), mark->stamp, stream);
  return TRUE;
}
