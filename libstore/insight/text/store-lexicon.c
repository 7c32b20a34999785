/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of words itself: how it is read and kept. words/lexicon.txt explains its form, and
 * store-lexicon-find.c how it is used. */
#include "config.h"

#include "store-lexicon-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "store-error.h"

#define BUILT_IN "/org/clientele/store/text/lexicon.txt"
#define OWN_WEIGHT 5.0
#define MOST_WEIGHT 20.0

static void
free_entry (gpointer data)
{
  StoreLexiconEntry *entry = data;

  g_free (entry->word);
  g_free (entry);
}

/**
 * store_lexicon_new:
 *
 * Returns: (transfer full): the list that comes with the program. Any thread.
 */
StoreLexicon *
store_lexicon_new (void)
{
  StoreLexicon *self = g_new0 (StoreLexicon, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) lines = g_resources_lookup_data (BUILT_IN, 0, &error);

  g_atomic_ref_count_init (&self->refs);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->by_first = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  if (lines == NULL || !store_lexicon_add_lines (self, g_bytes_get_data (lines, NULL), &error))
    g_error ("%s", error->message);
  return self;
}

StoreLexicon *
store_lexicon_ref (StoreLexicon *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_lexicon_unref (StoreLexicon *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->by_first);
  g_free (self);
}

static StoreLexiconFamily
get_family (const char *label)
{
  static const char *const control[] = { "negation", "but", "none", NULL };

  if (g_strv_contains (control, label))
    return STORE_LEXICON_CONTROL;
  if (g_str_equal (label, STORE_LEXICON_GOOD) || g_str_equal (label, STORE_LEXICON_BAD))
    return STORE_LEXICON_MOOD;
  if (g_str_equal (label, "optout_phrase"))
    return STORE_LEXICON_OPTOUT;
  if (g_str_equal (label, "optout_message") || g_str_equal (label, "courtesy"))
    return STORE_LEXICON_MESSAGE;
  return STORE_LEXICON_INTENT;
}

static gunichar
get_first (const StoreLexiconEntry *entry)
{
  return g_utf8_get_char (entry->word);
}

static void
take_entry (StoreLexicon      *self,
            StoreLexiconEntry *entry)
{
  gpointer first = GUINT_TO_POINTER (get_first (entry));
  GPtrArray *same = g_hash_table_lookup (self->by_first, first);

  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->by_first, first, same);
    }
  g_ptr_array_add (same, entry);
  g_ptr_array_add (self->entries, entry);
}

/* Takes @word with an asterisk or without; nothing where nothing of it is left when folded. */
static void
add_word (StoreLexicon            *self,
          const char              *word,
          const StoreLexiconEntry *like)
{
  g_autofree char *plain = g_strstrip (g_strdup (word));
  gsize length = strlen (plain);
  StoreLexiconEntry *entry;
  gboolean open = length > 1 && plain[length - 1] == '*';

  if (open)
    plain[length - 1] = '\0';
  if (*plain == '\0')
    return;
  entry = g_memdup2 (like, sizeof *like);
  entry->word = store_fold_text (plain, -1);
  entry->n = (guint) g_utf8_strlen (entry->word, -1);
  entry->open = open;
  if (entry->n > 0)
    take_entry (self, entry);
  else
    free_entry (entry);
}

static gboolean
refuse (const char  *line,
        GError     **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” is no entry of the list of words. Write a label and a weight up to 20, for "
                 "example “order 3”."),
               line);
  return FALSE;
}

/* "order 2" or "price= 2"; the weight may be absent where @weight has one already. */
static gboolean
read_head (const char         *text,
           StoreLexiconEntry  *entry,
           const char        **rest,
           GError            **error)
{
  gsize length = strcspn (text, " \t");
  g_autofree char *label = g_strndup (text, length);
  const char *at = text + length + strspn (text + length, " \t");
  char *end = NULL;

  if (g_str_has_suffix (label, "="))
    {
      label[strlen (label) - 1] = '\0';
      entry->steady = TRUE;
    }
  if (*label == '\0' || strlen (label) > 64)
    return refuse (text, error);
  entry->label = g_intern_string (label);
  entry->family = get_family (entry->label);
  if (*at != '\0' || entry->weight == 0)
    {
      entry->weight = g_ascii_strtod (at, &end);
      if (end == at || !(entry->weight >= -MOST_WEIGHT && entry->weight <= MOST_WEIGHT))
        return refuse (text, error);
      at = end;
    }
  *rest = at;
  return TRUE;
}

static gboolean
add_line (StoreLexicon  *self,
          const char    *line,
          GError       **error)
{
  StoreLexiconEntry entry = { 0 };
  g_auto (GStrv) words = NULL;
  const char *rest;

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (!read_head (line, &entry, &rest, error))
    return FALSE;
  words = g_strsplit (rest, "|", -1);
  for (guint i = 0; words[i] != NULL; i++)
    add_word (self, words[i], &entry);
  return TRUE;
}

/**
 * store_lexicon_add_lines:
 * @lines: in the form of words/lexicon.txt
 * @error: %STORE_ERROR_INVALID with a sentence
 *
 * Returns: whether all lines were understood
 */
gboolean
store_lexicon_add_lines (StoreLexicon  *self,
                         const char    *lines,
                         GError       **error)
{
  g_return_val_if_fail (self != NULL && lines != NULL, FALSE);

  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (!add_line (self, g_strstrip (parts[i]), error))
      return FALSE;
  return TRUE;
}

static void
forget_word (StoreLexicon *self,
             const char   *folded)
{
  gpointer first = GUINT_TO_POINTER (g_utf8_get_char (folded));
  GPtrArray *same = g_hash_table_lookup (self->by_first, first);

  for (guint i = same != NULL ? same->len : 0; i-- > 0;)
    {
      StoreLexiconEntry *entry = g_ptr_array_index (same, i);

      if (g_str_equal (entry->word, folded))
        {
          g_ptr_array_remove_index (same, i);
          g_ptr_array_remove (self->entries, entry);
        }
    }
}

/**
 * store_lexicon_set:
 * @word: as a person wrote it, perhaps with an asterisk at its end
 * @value: a label, and a weight in log odds (5 where there is none); the label "none" silences
 *   the word
 * @error: %STORE_ERROR_INVALID with a sentence
 *
 * Puts an entry of the person's in place of all that the list has for the word.
 *
 * Returns: whether it was understood
 */
gboolean
store_lexicon_set (StoreLexicon  *self,
                   const char    *word,
                   const char    *value,
                   GError       **error)
{
  g_return_val_if_fail (self != NULL && word != NULL && value != NULL, FALSE);

  StoreLexiconEntry entry = { .weight = OWN_WEIGHT, .own = TRUE };
  g_autofree char *plain = g_strstrip (g_strdup (word));
  g_autofree char *head = g_strstrip (g_strdup (value));
  g_autofree char *folded = NULL;
  const char *rest;
  gssize length;

  if (!read_head (head, &entry, &rest, error))
    return FALSE;
  length = (gssize) strlen (plain) - g_str_has_suffix (plain, "*");
  folded = store_fold_text (plain, length);
  if (*folded == '\0' || *rest != '\0')
    return refuse (value, error);
  forget_word (self, folded);
  add_word (self, plain, &entry);
  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * store_lexicon_dup_own:
 *
 * Returns: (transfer full): the person's own entries as lines for store_lexicon_add_lines(), sorted
 */
char *
store_lexicon_dup_own (const StoreLexicon *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const StoreLexiconEntry *entry = g_ptr_array_index (self->entries, i);
      char weight[G_ASCII_DTOSTR_BUF_SIZE];

      if (entry->own)
        g_ptr_array_add (lines, g_strdup_printf ("%s%s %s %s%s", entry->label,
                                                 entry->steady ? "=" : "",
                                                 g_ascii_dtostr (weight, sizeof weight,
                                                                 entry->weight),
                                                 entry->word, entry->open ? "*" : ""));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
