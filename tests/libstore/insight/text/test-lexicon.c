/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <math.h>

#include "store-error.h"
#include "store-lexicon.h"

static double
get_weight (StoreLexicon *lexicon,
            const char   *message,
            const char   *label)
{
  g_autoptr (StoreFoldedText) text = store_folded_text_new (message, -1);
  g_autoptr (GArray) hits = store_lexicon_find (lexicon, text);
  double sum = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      const StoreLexiconHit *hit = &g_array_index (hits, StoreLexiconHit, i);

      g_assert_cmpuint (hit->start, <, hit->end);
      g_assert_cmpuint (hit->end, <=, text->n);
      if (g_str_equal (hit->label, label))
        sum += hit->weight;
    }
  return sum;
}

static gboolean
is_optout (const char *message)
{
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();
  g_autoptr (StoreFoldedText) text = store_folded_text_new (message, -1);
  StoreLexiconHit hit;

  return store_lexicon_find_optout (lexicon, text, &hit);
}

static void
test_opting_out_wins_in_every_form (void)
{
  static const char *const messages[] = {
    "TD", "td", "ＴＤ", "STOP", "Stop!!!", "ＳＴＯＰ", "S\xe2\x80\x8bTOP", "please stop", "quit",
    "STOP please, thanks",
    "END", "退订", "退訂", "退订。", "回复TD退订", "TD谢谢", "请退订，谢谢", "怎么退订短信", "unsubscribe",
    "Unsubscribe me please", "please unsubscribe me from this", "opt out",
    "remove me from your list",
    "Stop sending me these", "別再發廣告了", "别再给我发短信了", "don't contact me again", "STOP\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (!is_optout (messages[i]))
      g_test_fail_printf ("%s", messages[i]);
}

static void
test_other_words_are_no_opting_out (void)
{
  static const char *const messages[] = {
    "by the END of May", "nonstop flight", "the weekend", "stopwatch", "Where is the bus stop?",
    "I will stop by tomorrow", "dont unsubscribe me", "don't unsubscribe me", "不要退订", "别退订我",
    "LTD", "send the end piece", "", "   ", "...", "please", "谢谢", "quit smoking book", "T恤",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (is_optout (messages[i]))
      g_test_fail_printf ("%s", messages[i]);
}

static void
test_negation_turns_what_follows_it (void)
{
  static const struct
  {
    const char *message;
    const char *label;
    int sign;
  } cases[] = {
    { "很满意", "good", 1 },
    { "不满意", "good", -1 },
    { "不是不满意", "good", 1 },
    { "服务不错", "good", 1 },
    { "不，很满意", "good", 1 },
    { "不好意思", "good", 0 },
    { "不好意思", "bad", 0 },
    { "没有特别喜欢", "good", -1 },
    { "I am happy", "good", 1 },
    { "I am not happy", "good", -1 },
    { "not at all happy", "good", -1 },
    { "never been so happy", "good", -1 },
    { "I don’t like it but happy", "good", 1 },
    { "not bad", "bad", -1 },
    { "no problem", "bad", 0 },
    { "我要退货", "return", 1 },
    { "不要退货", "return", -1 },
    { "I don't want to return it", "return", -1 },
    { "the invoice has not come", "invoice", 1 },
    { "没收到发票", "invoice", 1 },
    { "reordering", "return", 0 },
  };
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double weight = get_weight (lexicon, cases[i].message, cases[i].label);

      if ((weight > 0) - (weight < 0) != cases[i].sign)
        g_test_fail_printf ("%s: %s %g", cases[i].message, cases[i].label, weight);
    }
}

static void
test_own_words_replace_those_of_the_list (void)
{
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();
  g_autoptr (StoreLexicon) other = store_lexicon_new ();
  g_autofree char *lines = NULL;

  g_assert_cmpfloat (get_weight (lexicon, "来一打飞机盒", "order"), ==, 0);
  g_assert_true (store_lexicon_set (lexicon, "飛機盒", "order 3", NULL));
  g_assert_true (store_lexicon_set (lexicon, "Gadget*", "price", NULL));
  g_assert_true (store_lexicon_set (lexicon, "happy", "none", NULL));
  g_assert_cmpfloat (get_weight (lexicon, "来一打飞机盒", "order"), ==, 3);
  g_assert_cmpfloat (get_weight (lexicon, "two gadgets", "price"), ==, 5);
  g_assert_cmpfloat (get_weight (lexicon, "happy", "good"), ==, 0);

  lines = store_lexicon_dup_own (lexicon);
  g_assert_true (store_lexicon_add_lines (other, lines, NULL));
  g_assert_cmpfloat (get_weight (other, "来一打飞机盒", "order"), ==, 3);
}

static void
test_entries_that_say_nothing_are_refused (void)
{
  static const char *const entries[][2] = {
    { "word", "" }, { "word", "order x" }, { "word", "order 1e9" }, { "word", "order nan" },
    { "word", "order 2 more" }, { "", "order 2" }, { "*", "order 2" }, { "\xcc\x81", "order 2" },
  };
  g_autoptr (StoreLexicon) lexicon = store_lexicon_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (store_lexicon_set (lexicon, entries[i][0], entries[i][1], &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lexicon/opting-out-wins-in-every-form", test_opting_out_wins_in_every_form);
  g_test_add_func ("/lexicon/other-words-are-no-opting-out", test_other_words_are_no_opting_out);
  g_test_add_func ("/lexicon/negation-turns-what-follows-it", test_negation_turns_what_follows_it);
  g_test_add_func ("/lexicon/own-words-replace-those-of-the-list",
                   test_own_words_replace_those_of_the_list);
  g_test_add_func ("/lexicon/entries-that-say-nothing-are-refused",
                   test_entries_that_say_nothing_are_refused);
  return g_test_run ();
}
