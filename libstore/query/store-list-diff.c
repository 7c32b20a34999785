/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a list, as few and small edits from its beginning to its end, so that a view keeps
 * its selection and its place. Rows keep their order but for those that came, went, or are known to
 * have changed; going through both lists at once, each difference must be one of these. Where one
 * is not, or where there are too many edits, the changed middle is told as a whole.
 */
#include "config.h"

#include "store-list-diff.h"

#include "store-row-set.h"

#define ROW(array, i) (g_array_index ((array), gint64, (i)))

static StoreRowSet *
make_set (GArray *rows,
          guint   first,
          guint   last)
{
  StoreRowSet *set = store_row_set_new ();

  for (guint i = first; i < last; i++)
    store_row_set_add (set, ROW (rows, i));
  return set;
}

static void
add_edit (GArray *edits,
          guint   position,
          guint   removed,
          guint   added)
{
  StoreListEdit *last =
    edits->len > 0 ? &g_array_index (edits, StoreListEdit, edits->len - 1) : NULL;
  StoreListEdit edit = { position, removed, added };

  if (last && last->position + last->added == position)
    {
      last->removed += removed;
      last->added += added;
    }
  else
    g_array_append_val (edits, edit);
}

/* FALSE where a difference cannot be explained. */
static gboolean
find_edits (GArray      *before,
            guint        first,
            guint        before_end,
            GArray      *after,
            guint        after_end,
            StoreRowSet *was,
            StoreRowSet *is,
            StoreRowSet *moved,
            GArray      *edits,
            guint        most_edits)
{
  guint i = first;
  guint k = first;

  while (i < before_end || k < after_end)
    {
      if (i < before_end && k < after_end && ROW (before, i) == ROW (after, k))
        {
          i++;
          k++;
        }
      else if (i < before_end && (store_row_set_contains (moved, ROW (before, i)) ||
                                  !store_row_set_contains (is, ROW (before, i))))
        {
          add_edit (edits, k, 1, 0);
          i++;
        }
      else if (k < after_end && (store_row_set_contains (moved, ROW (after, k)) ||
                                 !store_row_set_contains (was, ROW (after, k))))
        {
          add_edit (edits, k, 0, 1);
          k++;
        }
      else
        return FALSE;
      if (edits->len > most_edits)
        return FALSE;
    }
  return TRUE;
}

/**
 * store_list_diff:
 * @before: (element-type gint64): row numbers, each once
 * @after: (element-type gint64): row numbers, each once
 * @moved: (element-type gint64): rows that may have come to stand elsewhere
 * @most_edits: how many edits are still better than one
 *
 * Returns: (transfer full) (element-type StoreListEdit): the edits that make @after of @before, in
 *   order. Any thread.
 */
GArray *
store_list_diff (GArray *before,
                 GArray *after,
                 GArray *moved,
                 guint   most_edits)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (StoreListEdit));
  guint before_end = before->len;
  guint after_end = after->len;
  guint first = 0;
  g_autoptr (StoreRowSet) was = NULL;
  g_autoptr (StoreRowSet) is = NULL;
  g_autoptr (StoreRowSet) known = make_set (moved, 0, moved->len);

  while (first < before_end && first < after_end && ROW (before, first) == ROW (after, first))
    first++;
  while (before_end > first && after_end > first &&
         ROW (before, before_end - 1) == ROW (after, after_end - 1))
    {
      before_end--;
      after_end--;
    }
  if (first == before_end && first == after_end)
    return edits;

  was = make_set (before, first, before_end);
  is = make_set (after, first, after_end);
  if (!find_edits (before, first, before_end, after, after_end, was, is, known, edits, most_edits))
    {
      g_array_set_size (edits, 0);
      add_edit (edits, first, before_end - first, after_end - first);
    }
  return edits;
}
