/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A classification tree grown from the root down (Breiman, Friedman, Olshen and Stone 1984): at each
 * node the cut that lowers Gini's impurity most. The impurity of two sides is least where
 * yes(l)^2 / n(l) + yes(r)^2 / n(r) is greatest. Many rows are counted by bin; a few are sorted by
 * bin, which then costs less than going over all bins. */

#include "config.h"

#include <string.h>

#include "store-counter-random.h"
#include "store-tree.h"

#define MOST_BINS 256
#define FEW_ROWS 96

/* Part of a tree that still has to grow: its rows and the draws it may make. */
typedef struct
{
  guint32 node;
  guint first;
  guint n;
  guint depth;
} Task;

typedef struct
{
  const StoreTreeBins *bins;
  const guint8 *y;
  guint32 *rows;
  const StoreTreeGrowth *growth;
  guint64 n_drawn;
  guint *columns;
  GArray *nodes;
  GArray *tasks;
} Grower;

typedef struct
{
  double gain;
  gint32 column;
  guint8 bin;
} Cut;

/* Rows in the upper half of a count, those with "yes" in the lower. */
#define ONE_ROW (G_GUINT64_CONSTANT (1) << 32)

static void
consider (Cut     *best,
          guint64  left,
          guint64  all,
          guint    min_leaf,
          gint32   column,
          guint8   bin)
{
  guint64 right = all - left;
  double n_left = (double) (left >> 32);
  double n_right = (double) (right >> 32);
  double yes_left = (double) (left & G_MAXUINT32);
  double yes_right = (double) (right & G_MAXUINT32);
  double gain;

  if (n_left < min_leaf || n_right < min_leaf)
    return;
  gain = yes_left * yes_left / n_left + yes_right * yes_right / n_right;
  if (gain > best->gain)
    *best = (Cut) { gain, column, bin };
}

static gboolean
try_by_counting (const Grower *self,
                 const Task   *task,
                 guint         column,
                 guint64       all,
                 Cut          *best)
{
  const guint8 *bins = self->bins->bins + (gsize) column * self->bins->n;
  const guint32 *rows = self->rows + task->first;
  guint64 counts[MOST_BINS];
  guint64 left = 0;
  guint n_bins = self->bins->n_bins[column];

  memset (counts, 0, n_bins * sizeof *counts);
  for (guint i = 0; i < task->n; i++)
    counts[bins[rows[i]]] += ONE_ROW + self->y[rows[i]];
  for (guint bin = 0; bin + 1 < n_bins; bin++)
    {
      left += counts[bin];
      if (counts[bin] != 0 && left != all)
        consider (best, left, all, self->growth->min_leaf, (gint32) column, (guint8) bin);
    }
  return counts[bins[rows[0]]] >> 32 != task->n;
}

static gboolean
try_by_sorting (const Grower *self,
                const Task   *task,
                guint         column,
                guint64       all,
                Cut          *best)
{
  const guint8 *bins = self->bins->bins + (gsize) column * self->bins->n;
  const guint32 *rows = self->rows + task->first;
  guint16 keys[FEW_ROWS];
  guint64 left = 0;

  for (guint i = 0; i < task->n; i++)
    {
      guint16 key = (guint16) (bins[rows[i]] << 1 | self->y[rows[i]]);
      guint at = i;

      for (; at > 0 && keys[at - 1] > key; at--)
        keys[at] = keys[at - 1];
      keys[at] = key;
    }
  for (guint i = 0; i + 1 < task->n; i++)
    {
      left += ONE_ROW + (keys[i] & 1);
      if (keys[i] >> 1 != keys[i + 1] >> 1)
        consider (best, left, all, self->growth->min_leaf, (gint32) column,
                  (guint8) (keys[i] >> 1));
    }
  return keys[0] >> 1 != keys[task->n - 1] >> 1;
}

/* Draws columns until enough of them could decide anything. */
static void
find_cut (Grower     *self,
          const Task *task,
          guint64     all,
          Cut        *best)
{
  guint p = self->bins->p;
  guint n_wanted = self->growth->columns_a_node > 0 ? self->growth->columns_a_node : p;

  for (guint k = 0; k < p && n_wanted > 0; k++)
    {
      guint column = k;

      if (self->growth->columns_a_node > 0)
        {
          guint64 bits = store_counter_random_bits (self->growth->seed, self->growth->stream,
                                                    self->n_drawn++);
          guint at = k + (guint) ((bits >> 32) * (p - k) >> 32);

          column = self->columns[at];
          self->columns[at] = self->columns[k];
          self->columns[k] = column;
        }
      n_wanted -= task->n <= FEW_ROWS ? try_by_sorting (self, task, column, all, best)
                                      : try_by_counting (self, task, column, all, best);
    }
}

static guint64
count_rows (const Grower *self,
            const Task   *task)
{
  guint64 all = 0;

  for (guint i = 0; i < task->n; i++)
    all += ONE_ROW + self->y[self->rows[task->first + i]];
  return all;
}

/* The rows of the left side first; returns how many. */
static guint
divide (Grower     *self,
        const Task *task,
        const Cut  *cut)
{
  const guint8 *bins = self->bins->bins + (gsize) cut->column * self->bins->n;
  guint32 *rows = self->rows + task->first;
  guint low = 0;
  guint high = task->n;

  while (low < high)
    if (bins[rows[low]] <= cut->bin)
      low++;
    else
      {
        guint32 row = rows[--high];

        rows[high] = rows[low];
        rows[low] = row;
      }
  return low;
}

static guint32
add_node (Grower *self)
{
  StoreTreeNode node = { -1, 0, 0.0, 0.0 };

  g_array_append_val (self->nodes, node);
  return self->nodes->len - 1;
}

static void
split (Grower     *self,
       const Task *task,
       const Cut  *cut)
{
  guint n_left = divide (self, task, cut);
  guint32 left = add_node (self);
  StoreTreeNode *node;
  Task sides[2] = {
    { left, task->first, n_left, task->depth + 1 },
    { left + 1, task->first + n_left, task->n - n_left, task->depth + 1 },
  };

  add_node (self);
  node = &g_array_index (self->nodes, StoreTreeNode, task->node);
  node->column = cut->column;
  node->cut = self->bins->cuts[(gsize) cut->column * MOST_BINS + cut->bin];
  node->left = left;
  g_array_append_vals (self->tasks, sides, 2);
}

static void
grow_node (Grower     *self,
           const Task *task)
{
  guint64 all = count_rows (self, task);
  double yes = (double) (all & G_MAXUINT32);
  Cut best = { yes * yes / task->n * (1.0 + 1e-12), -1, 0 };

  g_array_index (self->nodes, StoreTreeNode, task->node).share = yes / task->n;
  if (yes <= 0.0 || yes >= task->n || task->n < 2 * self->growth->min_leaf ||
      task->depth >= self->growth->max_depth)
    return;
  find_cut (self, task, all, &best);
  if (best.column >= 0)
    split (self, task, &best);
}

/**
 * store_tree_grow:
 * @self: (out): the tree; free it with store_tree_clear()
 * @bins: the columns
 * @y: for each row of @bins, 0 or 1
 * @rows: rows to learn from; a row may occur several times; reordered
 * @n_rows: how many, at least 1
 * @growth: when to stop
 *
 * The same bits for the same arguments. Any thread.
 */
void
store_tree_grow (StoreTree             *self,
                 const StoreTreeBins   *bins,
                 const guint8          *y,
                 guint32               *rows,
                 guint                  n_rows,
                 const StoreTreeGrowth *growth)
{
  g_autofree guint *columns = g_new (guint, bins->p + 1);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (StoreTreeNode));
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  Grower grower = { bins, y, rows, growth, 0, columns, nodes, tasks };
  Task root = { add_node (&grower), 0, n_rows, 0 };

  for (guint j = 0; j < bins->p; j++)
    columns[j] = j;
  g_array_append_val (tasks, root);
  while (tasks->len > 0)
    {
      Task task = g_array_index (tasks, Task, tasks->len - 1);

      g_array_set_size (tasks, tasks->len - 1);
      grow_node (&grower, &task);
    }
  self->n_nodes = nodes->len;
  self->nodes = g_memdup2 (nodes->data, nodes->len * sizeof (StoreTreeNode));
}
