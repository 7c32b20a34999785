/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <string.h>

static void
test_wrong_usage_ends_with_2 (CliFolder     *folder,
                              gconstpointer  data)
{
  cli_fails (folder, 2, NULL);
  cli_fails (folder, 2, "fly", NULL);
  cli_fails (folder, 2, "--fly", NULL);
  cli_fails (folder, 2, "insight", NULL);
  cli_fails (folder, 2, "insight", "moon", NULL);
  cli_fails (folder, 2, "insight", "clv", "too", "many", NULL);
  cli_fails (folder, 2, "insight", "clv", "--fly", NULL);
  cli_fails (folder, 2, "insight", "clv", "--model", NULL);
  cli_fails (folder, 2, "insight", "clv", "--model", "crystal", NULL);
  cli_fails (folder, 2, "insight", "clv", "--horizon", "-5", NULL);
  cli_fails (folder, 2, "insight", "clv", "--horizon=soon", NULL);
  cli_fails (folder, 2, "insight", "rfm", "--orders", "orders.csv", "--until", "someday", NULL);
  cli_fails (folder, 2, "--store=", "init", NULL);
  cli_fails (folder, 2, "list", "party", "--limit", "0", NULL);
  cli_fails (folder, 2, "--json=yes", "insight", "rfm", NULL);
}

static void
test_bytes_that_are_no_text_are_refused (CliFolder     *folder,
                                         gconstpointer  data)
{
  cli_fails (folder, 2, "insight", "\xff\xfe", NULL);
}

/* Every verb that the overview names has a help of its own, in full, without a store. */
static void
test_help_covers_every_verb (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *overview = cli_answer (folder, "--help", NULL);
  g_auto (GStrv) lines = g_strsplit (overview, "\n", -1);
  guint n_verbs = 0;

  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (!g_str_has_prefix (lines[i], "  ") || g_strv_length (words) < 3 ||
          !g_ascii_islower (words[2][0]))
        continue;

      gboolean pair = g_str_equal (words[2], "insight") || g_str_equal (words[2], "account");
      g_autofree char *help = pair ? cli_answer (folder, words[2], words[3], "--help", NULL)
                                   : cli_answer (folder, words[2], "--help", NULL);
      g_autofree char *start =
        g_strconcat ("Usage: clientele-cli [--store FILE] [--json] ", words[2], NULL);

      g_assert_true (g_str_has_prefix (help, start));
      n_verbs++;
    }
  g_assert_cmpuint (n_verbs, >=, 3);
}

static void
test_version_is_told (CliFolder     *folder,
                      gconstpointer  data)
{
  g_autofree char *version = cli_answer (folder, "--version", NULL);

  g_assert_true (g_str_has_prefix (version, "clientele-cli 0."));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-usage/" name, CliFolder, NULL, cli_folder_set_up, func, cli_folder_tear_down)
  ADD ("wrong-usage-ends-with-2", test_wrong_usage_ends_with_2);
  ADD ("bytes-that-are-no-text-are-refused", test_bytes_that_are_no_text_are_refused);
  ADD ("help-covers-every-verb", test_help_covers_every_verb);
  ADD ("version-is-told", test_version_is_told);
  return g_test_run ();
}
