/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The row of an edit: which fields it carries and which writes it replaces. A plain group replaces
 * what the row showed. Two cases are difficult: a contested group, where heads that say the same
 * go along (all heads, where a clash is settled), and a stale one, where the person saw something
 * else than what the row holds by now.
 */
#include "store-commit-private.h"

#include "store-heads.h"
#include "store-merge.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

/* Plain SQL shows the hook every column, but only what changed was kept; a group travels whole. */
static gboolean
complete_groups (StoreWriter *writer,
                 StoreChange *change,
                 guint64      mask,
                 GError     **error)
{
  const StoreKind *kind = change->table->kind;
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if ((mask & ~change->known) == 0)
    return TRUE;

  sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE n = ?1", change->table->columns, kind->name);
  statement = store_connection_prepare (writer->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, change->n);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      StoreValue value;

      if (!(mask & ~change->known & BIT (kind->fields[i].id)))
        continue;
      value = store_statement_get_value (statement, (int) i);
      change->new_values[i] = store_arena_keep (&writer->capture.arena, &value);
      change->old_values[i] = change->new_values[i];
      change->known |= BIT (kind->fields[i].id);
    }
  return TRUE;
}

static StoreWriteMark
get_mark (StoreWriter           *writer,
          const StoreClockClass *class)
{
  return (StoreWriteMark){ class->stamp, *store_writer_get_stream (writer, class->stream) };
}

static GArray *
pick_group_values (const StoreChange *change,
                   guint              group,
                   const StoreValue  *from)
{
  GArray *values = store_head_values_new ();

  for (guint i = 0; i < change->table->kind->n_fields; i++)
    if (store_field_get_group (&change->table->kind->fields[i]) == group)
      {
        StoreValue copy = store_value_copy (&from[i]);

        g_array_append_val (values, copy);
      }
  return values;
}

/* The writes that a write to a contested group replaces: what it showed, and what says the same as
 * that or as the new value; all of them where a clash is settled. */
static GArray *
find_contested_marks (StoreWriter           *writer,
                      const StoreChange     *change,
                      guint                  group,
                      const StoreClockClass *winner,
                      GError               **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  g_autoptr (GPtrArray) heads = NULL;
  StoreHead before = { .values = pick_group_values (change, group, change->old_values) };
  StoreHead after = { .values = pick_group_values (change, group, change->new_values) };

  heads = store_heads_load (writer->connection, writer->streams, change->table, &change->id, group,
                            error);
  if (winner)
    {
      StoreWriteMark mark = get_mark (writer, winner);

      g_array_append_val (marks, mark);
    }
  for (guint i = 0; heads && i < heads->len; i++)
    {
      StoreHead *head = g_ptr_array_index (heads, i);

      if ((change->settled & BIT (group)) ||
          store_head_equal (change->table, group, head, &before) ||
          store_head_equal (change->table, group, head, &after))
        g_array_append_val (marks, head->mark);
    }
  g_array_unref (before.values);
  g_array_unref (after.values);
  return heads ? g_steal_pointer (&marks) : NULL;
}

typedef struct
{
  guint64 groups;
  GArray *marks;
} HeadClass;

static void
head_class_clear (gpointer data)
{
  HeadClass *class = data;

  g_array_unref (class->marks);
}

static void
add_head_class (GArray               *classes,
                guint64               groups,
                const StoreWriteMark *mark)
{
  HeadClass class = { groups, g_array_new (FALSE, FALSE, sizeof (StoreWriteMark)) };

  g_array_append_val (class.marks, *mark);
  g_array_append_val (classes, class);
}

/* Groups where the person saw something else than what the row held before: the write replaces
 * what was seen, and what came meanwhile stays a head beside it. What this very transaction wrote
 * had seen the row. */
static guint64
find_stale_groups (StoreWriter         *writer,
                   const StoreChange   *change,
                   const StoreRowClock *now,
                   StoreRowClock       *shown,
                   guint64              groups)
{
  guint64 stale = 0;

  if (change->shown_clock.type != STORE_VALUE_BLOB ||
      !store_row_clock_unpack (shown, change->shown_clock.data, change->shown_clock.length))
    return 0;
  for (guint group = 1; group < 64; group++)
    {
      const StoreClockClass *then, *current;

      if (!(groups & BIT (group)))
        continue;
      then = store_row_clock_find (shown, group);
      current = store_row_clock_find (now, group);
      if (then && then->stamp == writer->stamp && then->stream == writer->own)
        continue;
      if (current && (then == NULL || then->stamp != current->stamp ||
                      then->stream != current->stream))
        stale |= BIT (group);
    }
  return stale;
}

static gboolean
merge_difficult (StoreWriter    *writer,
                 StoreChange    *change,
                 guint           group,
                 StoreRowClock  *clock,
                 GArray         *marks,
                 GError        **error)
{
  StoreWriteMark mine = { writer->stamp, *store_writer_get_stream (writer, writer->own) };
  StoreEntryHeads replaced = { BIT (group), marks->len, (StoreWriteMark *) marks->data };
  gsize size = change->table->kind->n_fields * sizeof (StoreValue);
  StoreValue *values = store_arena_take (&writer->capture.arena, size);
  guint64 mask = 0;

  memcpy (values, change->old_values, size);
  return store_merge_group (writer, change->table, &change->id, group, clock, values, &mask, &mine,
                            writer->own, change->new_values, &replaced, &writer->capture.arena,
                            error);
}

gboolean
store_commit_write_edit (StoreCommit        *self,
                         StoreChange   *change,
                         StoreRowClock *clock,
                         GError       **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = change->table->kind;
  guint64 groups = store_kind_get_groups (kind, change->mask) | change->settled;
  guint64 mask = 0;
  guint64 difficult, stale;
  g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (HeadClass));
  StoreRowClock shown;

  g_array_set_clear_func (classes, head_class_clear);
  for (guint i = 0; i < kind->n_fields; i++)
    if (groups & BIT (change->table->group_of[kind->fields[i].id]))
      mask |= BIT (kind->fields[i].id);
  if (!complete_groups (writer, change, mask, error))
    return FALSE;

  stale = find_stale_groups (writer, change, clock, &shown, groups);
  difficult = groups & (clock->contested | stale);
  for (guint i = 0; i < clock->n; i++)
    {
      guint64 plain = clock->classes[i].groups & groups & ~difficult;
      StoreWriteMark mark = get_mark (writer, &clock->classes[i]);

      if (plain)
        add_head_class (classes, plain, &mark);
    }
  for (guint group = 1; group < 64 && difficult; group++)
    {
      const StoreClockClass *seen;
      HeadClass class = { BIT (group), NULL };

      if (!(difficult & BIT (group)))
        continue;
      seen = store_row_clock_find (stale & BIT (group) ? &shown : clock, group);
      if (stale & BIT (group))
        {
          StoreWriteMark mark;

          class.marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
          if (seen)
            {
              mark = get_mark (writer, seen);
              g_array_append_val (class.marks, mark);
            }
        }
      else
        {
          class.marks = find_contested_marks (writer, change, group, seen, error);
          if (class.marks == NULL)
            return FALSE;
        }
      g_array_append_val (classes, class);
      if (!merge_difficult (writer, change, group, clock, class.marks, error))
        return FALSE;
    }
  store_row_clock_set (clock, groups & ~difficult, writer->stamp, writer->own);

  store_entry_writer_begin_row (&self->part, kind->id, &change->id, STORE_ENTRY_EDIT);
  store_entry_writer_add_mask (&self->part, mask);
  store_entry_writer_add_count (&self->part, classes->len);
  for (guint i = 0; i < classes->len; i++)
    {
      HeadClass *class = &g_array_index (classes, HeadClass, i);

      store_entry_writer_add_heads (&self->part, class->groups, class->marks->len);
      for (guint j = 0; j < class->marks->len; j++)
        store_entry_writer_add_mark (&self->part, &g_array_index (class->marks, StoreWriteMark, j));
    }
  return store_commit_write_values (self, change, mask, TRUE, error);
}
