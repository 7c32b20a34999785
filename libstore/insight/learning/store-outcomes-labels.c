/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which word of the outcomes stands for "yes": what was asked for, else the one of two that is a
 * yes in a language of the program, else the rarer one. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-outcomes-private.h"

#define MOST_WORDS 3

static const char *const yes_words[] = {
  "yes", "y", "true", "t", "1", "1.0", "是", "有", "已流失", "流失", "churn", "churned", "lost",
  "left", "responded", "bought", "won", "ja", "oui", NULL,
};

typedef struct
{
  const char *words[MOST_WORDS];
  guint counts[MOST_WORDS];
  guint n;
} Words;

static void
count_word (Words      *self,
            const char *word)
{
  guint i = 0;

  while (i < self->n && !g_str_equal (self->words[i], word))
    i++;
  if (i == MOST_WORDS)
    return;
  self->words[i] = word;
  self->counts[i]++;
  self->n = MAX (self->n, i + 1);
}

static gboolean
is_yes (const char *word)
{
  g_autofree char *small = g_utf8_strdown (word, -1);

  return g_strv_contains (yes_words, small);
}

static const char *
choose (const Words *words)
{
  guint n_yes = 0;
  guint chosen = 0;

  /* Nothing but "no". */
  if (words->n == 1 && !is_yes (words->words[0]))
    return "yes";
  for (guint i = 0; i < words->n; i++)
    if (is_yes (words->words[i]))
      {
        n_yes++;
        chosen = i;
      }
  if (n_yes == 1 || words->n < 2)
    return words->words[chosen];
  if (words->counts[0] == words->counts[1])
    return strcmp (words->words[0], words->words[1]) > 0 ? words->words[0] : words->words[1];
  return words->words[words->counts[0] < words->counts[1] ? 0 : 1];
}

/* FALSE with an error where the outcomes are not of two kinds. */
gboolean
store_outcomes_find_yes (StoreOutcomes    *self,
                         const StoreRows  *rows,
                         GError          **error)
{
  const StoreRowsColumn *labels = store_rows_get_labels (rows);
  Words words = { { NULL } };

  if (labels->texts == NULL)
    {
      self->yes = g_strdup ("1");
      return TRUE;
    }
  for (guint i = 0; i < store_rows_get_n (rows); i++)
    if (labels->texts[i] != NULL)
      count_word (&words, labels->texts[i]);
  if (self->options.yes != NULL)
    self->yes = g_strdup (self->options.yes);
  else if (words.n < MOST_WORDS)
    self->yes = g_strdup (words.n > 0 ? choose (&words) : "yes");
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                 _("The outcomes are of more than two kinds (“%s”, “%s”, “%s” …). Say which one "
                   "counts as yes."), words.words[0], words.words[1], words.words[2]);
  return self->yes != NULL;
}

/* 1 for yes, 0 for any other outcome, NAN where there is none. */
double *
store_outcomes_read_y (const StoreOutcomes *self,
                       const StoreRows     *rows)
{
  const StoreRowsColumn *labels = store_rows_get_labels (rows);
  guint n = store_rows_get_n (rows);
  double *y = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    if (labels->numbers != NULL)
      y[i] = labels->numbers[i];
    else if (labels->texts == NULL || labels->texts[i] == NULL)
      y[i] = NAN;
    else
      y[i] = g_str_equal (labels->texts[i], self->yes);
  return y;
}
