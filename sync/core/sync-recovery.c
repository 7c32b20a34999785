/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The account's root key as words for a sheet of paper: BIP-39's coding of 256 bits. The key and
 * the first byte of its SHA-256 are 264 bits; each 11 bits, from the front, are the number of a
 * word in the English list. (What BIP-39 derives from the words by PBKDF2 is not used: the words
 * are the key.)
 *
 * Reading forgives case, line breaks, stray digits and punctuation (a numbered list), and words
 * cut after four letters, since no two words share those.
 */
#include "config.h"

#include "sync-recovery.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "sync-error.h"
#include "sync-recovery-words.h"

#define BITS_A_WORD 11
#define CODED_SIZE (SYNC_ROOT_KEY_SIZE + 1)
#define LETTERS_THAT_DECIDE 4

static guint8
checksum (const guint8 root[SYNC_ROOT_KEY_SIZE])
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, root, SYNC_ROOT_KEY_SIZE);
  return hash[0];
}

static guint
get_word_bits (const guint8 coded[CODED_SIZE],
               guint        word)
{
  guint bits = 0;

  for (guint i = word * BITS_A_WORD; i < (word + 1) * BITS_A_WORD; i++)
    bits = bits << 1 | (coded[i / 8] >> (7 - i % 8) & 1);

  return bits;
}

static void
set_word_bits (guint8 coded[CODED_SIZE],
               guint  word,
               guint  bits)
{
  for (guint i = 0; i < BITS_A_WORD; i++)
    {
      guint at = word * BITS_A_WORD + i;

      if (bits >> (BITS_A_WORD - 1 - i) & 1)
        coded[at / 8] |= 1 << (7 - at % 8);
    }
}

/**
 * sync_recovery_to_words:
 * @root: an account's root key
 *
 * Returns: (transfer full): 24 words on one line, between single spaces
 */
char *
sync_recovery_to_words (const guint8 root[SYNC_ROOT_KEY_SIZE])
{
  GString *words = g_string_new (NULL);
  guint8 coded[CODED_SIZE];

  memcpy (coded, root, SYNC_ROOT_KEY_SIZE);
  coded[SYNC_ROOT_KEY_SIZE] = checksum (root);

  for (guint i = 0; i < SYNC_RECOVERY_WORDS; i++)
    {
      if (i > 0)
        g_string_append_c (words, ' ');
      g_string_append (words, sync_recovery_words[get_word_bits (coded, i)]);
    }

  sodium_memzero (coded, sizeof coded);
  return g_string_free (words, FALSE);
}

static int
compare_word (const void *key,
              const void *entry)
{
  const char *typed = key;
  const char *word = *(const char *const *) entry;

  if (strlen (typed) >= LETTERS_THAT_DECIDE && g_str_has_prefix (word, typed))
    return 0;

  return strcmp (typed, word);
}

static gboolean
find_word (const char *typed,
           guint      *index)
{
  const char *const *found = bsearch (typed,
                                      sync_recovery_words,
                                      SYNC_RECOVERY_LIST_SIZE,
                                      sizeof *sync_recovery_words,
                                      compare_word);

  if (found == NULL)
    return FALSE;

  *index = found - sync_recovery_words;
  return TRUE;
}

static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *end = text;

      while (g_ascii_isalpha (*end) || (guint8) *end >= 0x80)
        end++;

      if (end > text)
        {
          g_autofree char *word = g_strndup (text, end - text);

          g_ptr_array_add (words, g_ascii_strdown (word, -1));
          text = end;
        }
      else
        {
          text++;
        }
    }

  return words;
}

static gboolean
decode_words (GPtrArray  *words,
              guint8      coded[CODED_SIZE],
              GError    **error)
{
  if (words->len != SYNC_RECOVERY_WORDS)
    {
      g_set_error (error,
                   SYNC_ERROR,
                   SYNC_ERROR_INVALID,
                   _("A recovery key has %d words; there are %u here."),
                   SYNC_RECOVERY_WORDS,
                   words->len);
      return FALSE;
    }

  memset (coded, 0, CODED_SIZE);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      guint bits;

      if (!find_word (word, &bits))
        {
          g_set_error (error,
                       SYNC_ERROR,
                       SYNC_ERROR_INVALID,
                       _("Word %u of the recovery key is not in the list; look at it again."),
                       i + 1);
          return FALSE;
        }

      set_word_bits (coded, i, bits);
    }

  return TRUE;
}

/**
 * sync_recovery_from_words:
 * @words: what a person typed or pasted
 * @root: (out caller-allocates): the root key
 * @error: %SYNC_ERROR_INVALID, with a sentence that names the word to look at
 *
 * The inverse of sync_recovery_to_words(), forgiving in form and strict in
 * content: a mistyped or swapped word is found by the checksum with 255 in 256.
 *
 * Returns: whether @root is set
 */
gboolean
sync_recovery_from_words (const char  *words,
                          guint8       root[SYNC_ROOT_KEY_SIZE],
                          GError     **error)
{
  g_autoptr (GPtrArray) split = NULL;
  guint8 coded[CODED_SIZE];
  gboolean ok;

  g_return_val_if_fail (words != NULL, FALSE);

  split = split_words (words);
  if (!decode_words (split, coded, error))
    return FALSE;

  ok = coded[SYNC_ROOT_KEY_SIZE] == checksum (coded);
  if (ok)
    memcpy (root, coded, SYNC_ROOT_KEY_SIZE);
  else
    g_set_error_literal (error,
                         SYNC_ERROR,
                         SYNC_ERROR_INVALID,
                         _("These words do not belong together; "
                           "compare them with the sheet, also their order."));

  sodium_memzero (coded, sizeof coded);
  return ok;
}
