/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words typed, the tokenizer and the index together, on a plain database in memory. */
#include <glib.h>
#include <sqlite3.h>

#include "store-match.h"
#include "store-number-words.h"
#include "store-query-functions.h"
#include "store-words.h"

typedef struct
{
  sqlite3 *handle;
} Fixture;

static void
execute (sqlite3    *handle,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &fixture->handle), ==, SQLITE_OK);
  store_query_functions_attach (fixture->handle, &error);
  g_assert_no_error (error);
  execute (fixture->handle, "CREATE VIRTUAL TABLE words USING fts5"
                            " (text, tokenize = 'clientele', prefix = '1 2 3')");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sqlite3_close (fixture->handle);
}

static void
add (Fixture    *fixture,
     const char *text)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->handle, "INSERT INTO words VALUES (?)", -1,
                                       &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, text, -1, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* How many texts the index finds, of those that meet @match. */
static int
count_found (Fixture    *fixture,
             const char *expression,
             StoreMatch *match)
{
  sqlite3_stmt *statement;
  int n = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->handle,
                                       "SELECT text FROM words WHERE words MATCH ?", -1, &statement,
                                       NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, expression, -1, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    if (!match || store_match_is_met (match, (const char *) sqlite3_column_text (statement, 0)))
      n++;
  sqlite3_finalize (statement);
  return n;
}

/* How many of the texts are found; -1 where nothing could be looked for. */
static int
count (Fixture    *fixture,
       const char *typed)
{
  g_autoptr (StoreMatch) match = store_match_new (typed);
  g_autofree char *exact = NULL;
  g_autofree char *coarse = NULL;
  int n;

  if (match == NULL)
    return -1;
  exact = store_match_dup_expression (match);
  coarse = store_match_dup_coarse (match);
  n = count_found (fixture, exact, NULL);
  /* What the coarse expression finds, compared, is what the exact one finds. */
  g_assert_cmpint (count_found (fixture, coarse, match), ==, n);
  return n;
}

static void
test_one_chinese_character (Fixture       *fixture,
                            gconstpointer  data)
{
  add (fixture, "王小明");
  add (fixture, "明月王府");
  g_assert_cmpint (count (fixture, "明"), ==, 2);
  g_assert_cmpint (count (fixture, "小明"), ==, 1);
  g_assert_cmpint (count (fixture, "王明"), ==, 0);
  g_assert_cmpint (count (fixture, "王 明"), ==, 2);
}

static void
test_traditional_and_simplified (Fixture       *fixture,
                                 gconstpointer  data)
{
  add (fixture, "陳偉");
  add (fixture, "陈伟");
  g_assert_cmpint (count (fixture, "陈伟"), ==, 2);
  g_assert_cmpint (count (fixture, "陳"), ==, 2);
}

static void
test_start_of_words (Fixture       *fixture,
                     gconstpointer  data)
{
  add (fixture, "Anna-Lena Müller");
  g_assert_cmpint (count (fixture, "a"), ==, 1);
  g_assert_cmpint (count (fixture, "ann mull"), ==, 1);
  g_assert_cmpint (count (fixture, "MÜLLER"), ==, 1);
  g_assert_cmpint (count (fixture, "uller"), ==, 0);
  g_assert_cmpint (count (fixture, "anna lena"), ==, 1);
  g_assert_cmpint (count (fixture, "anna-len"), ==, 1);
  g_assert_cmpint (count (fixture, "lena-anna"), ==, 0);
}

static void
test_parts_of_an_email (Fixture       *fixture,
                        gconstpointer  data)
{
  add (fixture, "anna.smith@example.com");
  g_assert_cmpint (count (fixture, "smith"), ==, 1);
  g_assert_cmpint (count (fixture, "smith@exam"), ==, 1);
  g_assert_cmpint (count (fixture, "anna.smith@example.com"), ==, 1);
  g_assert_cmpint (count (fixture, "example.com"), ==, 1);
  g_assert_cmpint (count (fixture, "anna@example"), ==, 0);
}

static void
add_number (Fixture    *fixture,
            const char *number)
{
  g_autoptr (GString) text = g_string_new (number);

  store_number_words_add (text, number);
  add (fixture, text->str);
}

static void
test_number_typed_in_many_ways (Fixture       *fixture,
                                gconstpointer  data)
{
  static const char *const stored[] = {
    "13800138000", "138 0013 8000", "+86 138-0013-8000", "008613800138000", "＋８６１３８００１３８０００",
  };
  static const char *const typed[] = {
    "13800138000", "138 0013 8000",  "+86 138 0013 8000", "+8613800138000", "0086 138 0013 8000",
    "138",         "1380013",        "138-0013",          "8000",           "１３８００１３８０００",
    "138 0013",    "(138) 0013.8000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    add_number (fixture, stored[i]);
  add_number (fixture, "139 9999 1111");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_test_message ("typed: %s", typed[i]);
      g_assert_cmpint (count (fixture, typed[i]), ==, G_N_ELEMENTS (stored));
    }
}

static void
test_number_with_and_without_foreign_code (Fixture       *fixture,
                                           gconstpointer  data)
{
  add_number (fixture, "+49 170 1234567");
  g_assert_cmpint (count (fixture, "0170 1234567"), ==, 1);
  g_assert_cmpint (count (fixture, "anna 0170 1234567"), ==, 0);
}

static void
test_boundary_stops_a_run (Fixture       *fixture,
                           gconstpointer  data)
{
  add (fixture, "小王\x1e" "明日");
  g_assert_cmpint (count (fixture, "王明"), ==, 0);
  g_assert_cmpint (count (fixture, "小王"), ==, 1);
}

static void
test_what_is_typed_is_never_syntax (Fixture       *fixture,
                                    gconstpointer  data)
{
  static const char *const nasty[] = {
    "\"", "* OR", "a\" OR \"b", "NEAR(", "text:", "-x", "a AND", "NOT", "^", "{", "\x1e" "a", "\\",
    "' --", "0000000", "+", "((((((((", "\xff\xfe" "x",
  };

  add (fixture, "simply harmless");
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    g_assert_cmpint (count (fixture, nasty[i]), <=, 0);
  g_assert_cmpint (count (fixture, ""), ==, -1);
  g_assert_cmpint (count (fixture, " \t　… "), ==, -1);
}

static void
test_long_words_still_meet (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *word = g_strnfill (5000, 'x');

  add (fixture, word);
  g_assert_cmpint (count (fixture, word), ==, 1);
  word[200] = 0;
  g_assert_cmpint (count (fixture, word), ==, 1);
}

static char *
dup_random_text (int most)
{
  static const char *const pieces[] = {
    "an", "na", "ann", "anna", "王", "小", "明", " ", " ", "-", "@", "é", "\x1e", "1", "38", "00",
    "+86 ", "13800138000", "陳", "陈",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (1, most); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_strdup (text->str);
}

/* The index and the comparison of one text agree, whatever is written and whatever is typed. */
static void
test_random_texts_and_words (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 150; i++)
    {
      char *text = dup_random_text (12);

      g_ptr_array_add (texts, text);
      add (fixture, text);
    }
  for (int round = 0; round < 300; round++)
    {
      g_autofree char *typed = dup_random_text (6);
      g_autoptr (StoreMatch) match = store_match_new (typed);
      int expected = 0;

      for (guint i = 0; match && i < texts->len; i++)
        expected += store_match_is_met (match, texts->pdata[i]);
      g_test_message ("%s", typed);
      g_assert_cmpint (count (fixture, typed), ==, match ? expected : -1);
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/match/one-chinese-character", test_one_chinese_character);
  ADD ("/match/traditional-and-simplified", test_traditional_and_simplified);
  ADD ("/match/start-of-words", test_start_of_words);
  ADD ("/match/parts-of-an-email", test_parts_of_an_email);
  ADD ("/match/number-typed-in-many-ways", test_number_typed_in_many_ways);
  ADD ("/match/number-with-and-without-foreign-code", test_number_with_and_without_foreign_code);
  ADD ("/match/boundary-stops-a-run", test_boundary_stops_a_run);
  ADD ("/match/what-is-typed-is-never-syntax", test_what_is_typed_is_never_syntax);
  ADD ("/match/long-words-still-meet", test_long_words_still_meet);
  ADD ("/match/random-texts-and-words", test_random_texts_and_words);
  return g_test_run ();
}
