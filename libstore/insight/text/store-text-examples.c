/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-text-examples.h"

#include <string.h>

typedef struct
{
  StoreFoldedText *text;
  char *cell;
  double importance;
  gboolean tested;
} Example;

StoreTextExamples *
store_text_examples_new (void)
{
  return g_new0 (StoreTextExamples, 1);
}

void
store_text_examples_free (StoreTextExamples *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      store_folded_text_free (self->texts[i]);
      g_free (self->cells[i]);
    }
  g_free (self->texts);
  g_free (self->cells);
  g_free (self->importance);
  g_free (self->tested);
  g_free (self->priors);
  g_free (self);
}

/**
 * store_text_examples_take:
 * @text: (transfer full): a message
 * @cell: its label, or several
 * @importance: how much it counts
 * @tested: whether answers shall be tried on it
 */
void
store_text_examples_take (StoreTextExamples *self,
                          StoreFoldedText   *text,
                          const char        *cell,
                          double             importance,
                          gboolean           tested)
{
  /* Room doubles at each power of two. */
  if ((self->n & (self->n - 1)) == 0)
    {
      gsize room = MAX (self->n * 2, 1);

      self->texts = g_renew (StoreFoldedText *, self->texts, room);
      self->cells = g_renew (char *, self->cells, room);
      self->importance = g_renew (double, self->importance, room);
      self->tested = g_renew (gboolean, self->tested, room);
    }
  self->texts[self->n] = text;
  self->cells[self->n] = g_strdup (cell != NULL ? cell : "");
  self->importance[self->n] = importance;
  self->tested[self->n++] = tested;
}

static int
compare_texts (const StoreFoldedText *left,
               const StoreFoldedText *right)
{
  guint n = MIN (left->n, right->n);

  for (guint i = 0; i < n; i++)
    if (left->chars[i] != right->chars[i])
      return left->chars[i] < right->chars[i] ? -1 : 1;
  return (left->n > right->n) - (left->n < right->n);
}

static int
compare_examples (gconstpointer a,
                  gconstpointer b)
{
  const Example *left = a;
  const Example *right = b;
  int order = strcmp (left->cell, right->cell);

  if (order == 0)
    order = compare_texts (left->text, right->text);
  if (order == 0)
    order = (left->importance > right->importance) - (left->importance < right->importance);
  return order != 0 ? order : left->tested - right->tested;
}

/**
 * store_text_examples_sort:
 *
 * Brings the messages into one order, whatever order they came in, so that what is learnt does not
 * depend on it. To be called before @priors are filled in.
 */
void
store_text_examples_sort (StoreTextExamples *self)
{
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (Example), self->n);

  g_return_if_fail (self->priors == NULL);

  for (guint i = 0; i < self->n; i++)
    {
      Example row = { self->texts[i], self->cells[i], self->importance[i], self->tested[i] };

      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_examples);
  for (guint i = 0; i < self->n; i++)
    {
      const Example *row = &g_array_index (rows, Example, i);

      self->texts[i] = row->text;
      self->cells[i] = row->cell;
      self->importance[i] = row->importance;
      self->tested[i] = row->tested;
    }
}

/**
 * store_text_examples_is_same:
 *
 * Returns: whether examples @a and @b have the same text
 */
gboolean
store_text_examples_is_same (const StoreTextExamples *self,
                             guint                    a,
                             guint                    b)
{
  return compare_texts (self->texts[a], self->texts[b]) == 0;
}

/**
 * store_text_examples_has_several:
 *
 * Returns: whether a message has more than one label; then having none is an answer too
 */
gboolean
store_text_examples_has_several (const StoreTextExamples *self)
{
  for (guint i = 0; i < self->n; i++)
    if (strstr (self->cells[i], STORE_TEXT_LABEL_SEPARATOR) != NULL)
      return TRUE;
  return FALSE;
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * store_text_examples_dup_labels:
 *
 * Returns: (transfer full) (array zero-terminated=1): the labels that occur, each once, sorted by
 *   bytes
 */
char **
store_text_examples_dup_labels (const StoreTextExamples *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char **keys = NULL;
  guint n;

  for (guint i = 0; i < self->n; i++)
    {
      g_auto (GStrv) labels = g_strsplit (self->cells[i], STORE_TEXT_LABEL_SEPARATOR, -1);

      for (guint j = 0; labels[j] != NULL; j++)
        if (*labels[j] != '\0')
          g_hash_table_add (seen, g_strdup (labels[j]));
    }
  keys = (char **) g_hash_table_get_keys_as_array (seen, &n);
  qsort (keys, n, sizeof *keys, compare_labels);
  return g_strdupv (keys);
}

/**
 * store_text_examples_dup_truth:
 * @labels: from store_text_examples_dup_labels()
 *
 * Returns: (transfer full): for each message and each label, 1 where it has it
 */
guint8 *
store_text_examples_dup_truth (const StoreTextExamples *self,
                               char                   **labels)
{
  guint n_labels = g_strv_length (labels);
  guint8 *truth = g_new0 (guint8, (gsize) self->n * n_labels + 1);

  for (guint i = 0; i < self->n; i++)
    {
      g_auto (GStrv) cells = g_strsplit (self->cells[i], STORE_TEXT_LABEL_SEPARATOR, -1);

      for (guint k = 0; k < n_labels; k++)
        truth[(gsize) i * n_labels + k] =
          g_strv_contains ((const char *const *) cells, labels[k]);
    }
  return truth;
}
