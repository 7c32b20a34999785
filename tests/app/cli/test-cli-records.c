/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <glib/gstdio.h>
#include <string.h>

static void
set_up (CliFolder     *folder,
        gconstpointer  data)
{
  cli_folder_set_up (folder, data);
  g_free (cli_answer (folder, "init", NULL));
}

static char *
add_party (CliFolder  *folder,
           const char *name)
{
  g_autofree char *assignment = g_strconcat ("display_name=", name, NULL);

  return cli_answer (folder, "add", "party", "kind=person", assignment, NULL);
}

static char *
show (CliFolder  *folder,
      const char *id,
      const char *field)
{
  g_autofree char *text = cli_answer (folder, "show", id, NULL);
  g_autofree char *start = g_strconcat (field, ": ", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], start))
      return g_strdup (lines[i] + strlen (start));
  return NULL;
}

static void
assert_field (CliFolder  *folder,
              const char *id,
              const char *field,
              const char *expected)
{
  g_autofree char *value = show (folder, id, field);

  g_assert_cmpstr (value, ==, expected);
}

/* What was typed comes back letter by letter, in a locale that knows no letter beyond ASCII. */
static void
test_text_survives_the_c_locale (CliFolder     *folder,
                                 gconstpointer  data)
{
  const char *names[] = { "欧阳娜娜", "Zoë Müller-Łukasz", "👩‍👩‍👧 Familie", "a=b=c", " spaced ",
                          "-dash", "tab\there", "1\n2\n\n3" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = add_party (folder, names[i]);
      g_autoptr (JsonNode) record = cli_json (folder, "show", id, NULL);

      g_assert_cmpuint (strlen (id), ==, 36);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (record),
                                                      "display_name"), ==, names[i]);
    }
}

/* What `show` prints for a field, `set` takes, for every type of field. */
static void
test_raw_values_go_round (CliFolder     *folder,
                          gconstpointer  data)
{
  g_autofree char *party = add_party (folder, "Ada");
  const struct
  {
    const char *kind;
    const char *base;
    const char *assignment;
  } cases[] = {
    { "party", "kind=person display_name=x", "notes=line one; line two" },
    { "party", "kind=person display_name=x", "birthday=1815-12-10" },
    { "party", "kind=person display_name=x", "birthday=--02-29" },
    { "party", "kind=person display_name=x", "touch_every=30" },
    { "party", "kind=person display_name=x", "star=1" },
    { "party", "kind=company display_name=x", "lifecycle=customer" },
    { "party", "kind=person display_name=x", "language=zh" },
    { "order", "date=2026-01-31", "total=1234.50" },
    { "order", "date=2026-01-31", "total=-0.05" },
    { "order", "currency=JPY", "total=1200" },
    { "activity", "kind=call", "start=2026-03-01T09:30:00Z" },
    { "document_line", "", "quantity=2.5" },
    { "saved_view", "name=x kind=party", "filter={\"a\":[1,2]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
      g_auto (GStrv) base = *cases[i].base ? g_strsplit (cases[i].base, " ", -1) : NULL;
      g_autofree char *reference = NULL;
      g_auto (GStrv) pair = g_strsplit (cases[i].assignment, "=", 2);

      g_strv_builder_add (words, "add");
      g_strv_builder_add (words, cases[i].kind);
      if (base)
        g_strv_builder_addv (words, (const char **) base);
      if (g_str_equal (cases[i].kind, "document_line"))
        {
          g_autofree char *order = cli_answer (folder, "add", "order", "date=2026-01-01", NULL);

          reference = g_strconcat ("document=", order, NULL);
          g_strv_builder_add (words, reference);
        }
      g_strv_builder_add (words, cases[i].assignment);

      g_auto (GStrv) argv = g_strv_builder_end (words);
      g_autoptr (CliRun) added = cli_run_strv (folder, (const char *const *) argv);

      g_test_message ("%s %s: %s", cases[i].kind, cases[i].assignment, added->err);
      g_assert_cmpint (added->status, ==, 0);

      char *id = g_strchomp (added->out);
      g_autofree char *shown = show (folder, id, pair[0]);
      g_autofree char *again = g_strconcat (pair[0], "=", shown, NULL);

      g_assert_nonnull (shown);
      g_free (cli_answer (folder, "set", id, again, NULL));
      assert_field (folder, id, pair[0], shown);
    }

  g_autofree char *link = g_strconcat ("referred_by=", party, NULL);
  g_autofree char *friend = cli_answer (folder, "add", "person", "display_name=Bob", link, NULL);

  assert_field (folder, friend, "referred_by", party);
}

/* An amount is written in major units beside its currency, and stays so. */
static void
test_money_is_in_major_units (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *euro =
    cli_answer (folder, "add", "order", "total=1234.5", "currency=EUR", NULL);
  g_autofree char *yen = cli_answer (folder, "add", "order", "currency=JPY", "total=500", NULL);
  g_autofree char *own = cli_answer (folder, "add", "order", "total=3", NULL);
  g_autofree char *own_currency = show (folder, own, "currency");

  assert_field (folder, euro, "kind", "order");
  assert_field (folder, euro, "total", "1234.50");
  assert_field (folder, yen, "total", "500");
  g_assert_cmpuint (strlen (own_currency), ==, 3);
  cli_fails (folder, 1, "add", "order", "total=12.345", "currency=EUR", NULL);
  cli_fails (folder, 1, "add", "order", "total=1.5", "currency=JPY", NULL);
  cli_fails (folder, 1, "add", "order", "total=much", NULL);
}

/* A new customer needs one name and nothing else. */
static void
test_a_name_is_enough (CliFolder     *folder,
                       gconstpointer  data)
{
  g_autofree char *party = cli_answer (folder, "add", "party", "display_name=Ada", NULL);
  g_autofree char *firm =
    cli_answer (folder, "add", "party", "display_name=Acme", "kind=company", NULL);
  g_autofree char *note = cli_answer (folder, "add", "activity", "subject=Called back", NULL);

  assert_field (folder, party, "kind", "person");
  assert_field (folder, firm, "kind", "company");
  assert_field (folder, note, "kind", "note");
}

static void
test_bad_input_changes_nothing (CliFolder     *folder,
                                gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "Ada");

  cli_fails (folder, 1, "add", "spaceship", "name=x", NULL);
  cli_fails (folder, 1, "add", "party", "kind=person", "wings=2", NULL);
  cli_fails (folder, 1, "add", "party", "kind=person", NULL);
  cli_fails (folder, 1, "add", "party", "display_name=x", "kind=person", "birthday=tomorrow", NULL);
  cli_fails (folder, 2, "add", "party", NULL);
  cli_fails (folder, 2, "add", "party", "kind", NULL);
  cli_fails (folder, 1, "set", id, "display_name=New", "birthday=31.31.31", NULL);
  cli_fails (folder, 1, "set", "12", "display_name=New", NULL);
  cli_fails (folder, 1, "show", "01890000-0000-7000-8000-000000000000", NULL);
  cli_fails (folder, 1, "delete", "01890000-0000-7000-8000-000000000000", NULL);
  cli_fails (folder, 1, "init", NULL);
  assert_field (folder, id, "display_name", "Ada");
}

static void
test_trash_gives_back (CliFolder     *folder,
                       gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "Ada");

  g_free (cli_answer (folder, "delete", id, NULL));
  assert_field (folder, id, "trashed", "true");
  g_free (cli_answer (folder, "restore", id, NULL));
  assert_field (folder, id, "trashed", NULL);
  assert_field (folder, id, "display_name", "Ada");
}

static void
test_no_store_is_told (CliFolder     *folder,
                       gconstpointer  data)
{
  cli_fails (folder, 1, "show", "01890000-0000-7000-8000-000000000000", NULL);
  cli_fails (folder, 1, "add", "person", "display_name=Ada", NULL);
  g_assert_false (g_file_test (folder->store, G_FILE_TEST_EXISTS));
}

static void
test_broken_store_is_told (CliFolder     *folder,
                           gconstpointer  data)
{
  g_assert_true (g_file_set_contents (folder->store, "This is no database, not at all, never.",
                                      -1, NULL));
  cli_fails (folder, 1, "add", "person", "display_name=Ada", NULL);
  cli_fails (folder, 1, "init", NULL);

  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (folder->store, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "This is no database, not at all, never.");
}

/* A disk that is full: a sentence, exit status 1, and the store is as it was. */
static void
test_full_disk_is_told (CliFolder     *folder,
                        gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "Ada");
  g_autofree char *word = g_strnfill (120000, 'x');
  g_autofree char *notes = g_strconcat ("notes=", word, NULL);

  folder->file_limit = 100000;
  cli_fails (folder, 1, "set", id, notes, NULL);
  folder->file_limit = 0;
  assert_field (folder, id, "display_name", "Ada");
  assert_field (folder, id, "notes", NULL);
  g_free (cli_answer (folder, "set", id, "notes=short", NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-records/" name, CliFolder, NULL, set_up, func, cli_folder_tear_down)
  ADD ("text-survives-the-c-locale", test_text_survives_the_c_locale);
  ADD ("raw-values-go-round", test_raw_values_go_round);
  ADD ("money-is-in-major-units", test_money_is_in_major_units);
  ADD ("a-name-is-enough", test_a_name_is_enough);
  ADD ("bad-input-changes-nothing", test_bad_input_changes_nothing);
  ADD ("trash-gives-back", test_trash_gives_back);
  ADD ("full-disk-is-told", test_full_disk_is_told);
#undef ADD
#define ADD(name, func) \
  g_test_add ("/cli-records/" name, CliFolder, NULL, cli_folder_set_up, func, cli_folder_tear_down)
  ADD ("no-store-is-told", test_no_store_is_told);
  ADD ("broken-store-is-told", test_broken_store_is_told);
  return g_test_run ();
}
