/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-row-set.h"

#include <string.h>

struct _StoreRowSet
{
  guint64 *words;
  gsize n_words;
  guint size;
};

/**
 * store_row_set_new:
 *
 * Returns: (transfer full): an empty set.
 */
StoreRowSet *
store_row_set_new (void)
{
  return g_new0 (StoreRowSet, 1);
}

/**
 * store_row_set_free:
 * @self: a set
 */
void
store_row_set_free (StoreRowSet *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

static void
grow (StoreRowSet *self,
      gsize        n_words)
{
  gsize wanted = MAX (n_words, self->n_words * 2);

  self->words = g_renew (guint64, self->words, wanted);
  memset (self->words + self->n_words, 0, (wanted - self->n_words) * sizeof (guint64));
  self->n_words = wanted;
}

/**
 * store_row_set_add:
 * @self: a set
 * @row: a row number, at least 0
 */
void
store_row_set_add (StoreRowSet *self,
                   gint64       row)
{
  gsize word = (gsize) row / 64;
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);

  g_return_if_fail (row >= 0);

  if (word >= self->n_words)
    grow (self, word + 1);
  if (self->words[word] & bit)
    return;
  self->words[word] |= bit;
  self->size++;
}

/**
 * store_row_set_contains:
 * @self: a set
 * @row: a row number
 *
 * Returns: whether @row is in it.
 */
gboolean
store_row_set_contains (StoreRowSet *self,
                        gint64       row)
{
  gsize word = (gsize) row / 64;

  return row >= 0 && word < self->n_words && (self->words[word] >> (row % 64) & 1);
}

/**
 * store_row_set_get_size:
 * @self: a set
 *
 * Returns: how many rows are in it.
 */
guint
store_row_set_get_size (StoreRowSet *self)
{
  return self->size;
}

/**
 * store_row_set_dup_json:
 * @self: a set
 *
 * Returns: (transfer full): its rows as an array in JSON, which SQL can go through
 */
char *
store_row_set_dup_json (StoreRowSet *self)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (gsize i = 0; i < self->n_words; i++)
    for (guint64 word = self->words[i]; word != 0; word &= word - 1)
      g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, text->len > 1 ? "," : "",
                              i * 64 + (gsize) __builtin_ctzll (word));
  g_string_append_c (text, ']');
  return g_strdup (text->str);
}
