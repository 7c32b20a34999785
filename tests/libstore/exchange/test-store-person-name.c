/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-person-name.h"

static void
assert_key (const char *name,
            const char *expected)
{
  g_autofree char *key = store_person_name_key (name);

  g_assert_cmpstr (key, ==, expected);
}

static void
test_ways_of_writing_a_name_are_one_name (void)
{
  assert_key ("Burgett, Gills", "burgett gills");
  assert_key (" GILLS  BURGETT ", "burgett gills");
  assert_key ("谢 轩嘉", "谢轩嘉");
  assert_key ("謝軒嘉", "谢轩嘉");
  assert_key ("乌日娜·阿布", "乌日娜阿布");
  assert_key ("O'Neil", "oneil");
  assert_key ("Ｍüller", "müller");
  assert_key ("???", "");
  assert_key ("", "");
}

static gboolean
agree (const char *a,
       const char *b)
{
  g_autofree char *a_key = store_person_name_key (a);
  g_autofree char *b_key = store_person_name_key (b);

  g_assert_cmpint (store_person_name_agrees (a_key, b_key), ==,
                   store_person_name_agrees (b_key, a_key));
  return store_person_name_agrees (a_key, b_key);
}

static void
test_different_people_do_not_agree (void)
{
  g_assert_true (agree ("Ann Lee", "Lee, Ann"));
  g_assert_true (agree ("Ann", "Ann Lee"));
  g_assert_true (agree ("", "Ann Lee"));
  g_assert_false (agree ("Ann Lee", "Bob Lee"));
  g_assert_false (agree ("Ann Lee", "Anna Lee"));
  g_assert_false (agree ("张伟", "张静"));
  g_assert_false (agree ("张", "张静"));
}

static void
assert_composed (const char *given,
                 const char *middle,
                 const char *family,
                 const char *expected)
{
  g_autofree char *name = store_person_name_compose (given, middle, family);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_parts_are_put_in_the_order_of_their_language (void)
{
  assert_composed ("Ann", "B.", "Lee", "Ann B. Lee");
  assert_composed ("静", NULL, "张", "张静");
  assert_composed ("朱萍明", "", "", "朱萍明");
  assert_composed ("", "", "Lee", "Lee");
  assert_composed ("Ann", "", "张", "Ann 张");
  assert_composed (NULL, NULL, NULL, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-name/ways-of-writing-a-name-are-one-name",
                   test_ways_of_writing_a_name_are_one_name);
  g_test_add_func ("/person-name/different-people-do-not-agree",
                   test_different_people_do_not_agree);
  g_test_add_func ("/person-name/parts-are-put-in-the-order-of-their-language",
                   test_parts_are_put_in_the_order_of_their_language);

  return g_test_run ();
}
