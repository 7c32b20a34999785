/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

void
cli_run_free (CliRun *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
cli_folder_set_up (CliFolder     *folder,
                   gconstpointer  data)
{
  folder->path = g_dir_make_tmp ("clientele-cli-XXXXXX", NULL);
  folder->store = g_build_filename (folder->path, "业务.clientele", NULL);
}

void
cli_folder_tear_down (CliFolder     *folder,
                      gconstpointer  data)
{
  remove_folder (folder->path);
  g_free (folder->path);
  g_free (folder->store);
}

static void
limit_child (gpointer data)
{
  guint64 limit = *(guint64 *) data;
  struct rlimit bytes = { limit, limit };

  if (limit == 0)
    return;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &bytes);
}

GSubprocess *
cli_start (CliFolder         *folder,
           const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
    G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("CLIENTELE_CLI");

  g_assert_nonnull (program);
  g_ptr_array_add (argv, (gpointer) program);
  g_ptr_array_add (argv, (gpointer) "--store");
  g_ptr_array_add (argv, folder->store);
  for (guint i = 0; arguments[i]; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_setenv (launcher, "LC_ALL", folder->locale ? folder->locale : "C", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder->path, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "HOME");
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_set_child_setup (launcher, limit_child, &folder->file_limit, NULL);

  GSubprocess *process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);

  g_assert_no_error (error);
  return process;
}

static char *
dup_text (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  return size ? g_strndup (g_bytes_get_data (bytes, NULL), size) : g_strdup ("");
}

CliRun *
cli_run_strv (CliFolder         *folder,
              const char *const *arguments)
{
  g_autoptr (GSubprocess) process = cli_start (folder, arguments);
  const char *words = folder->input ? folder->input : "";
  g_autoptr (GBytes) input = g_bytes_new_static (words, strlen (words));
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;
  CliRun *run = g_new0 (CliRun, 1);

  g_subprocess_communicate (process, input, NULL, &out, &err, &error);
  g_assert_no_error (error);
  run->out = dup_text (out);
  run->err = dup_text (err);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;

  g_assert_true (g_utf8_validate (run->out, -1, NULL));
  g_assert_true (g_utf8_validate (run->err, -1, NULL));
  if (strstr (run->err, "Sanitizer"))
    g_error ("%s", run->err);
  return run;
}

static GPtrArray *
collect (const char *first,
         va_list     rest)
{
  GPtrArray *arguments = g_ptr_array_new ();
  const char *word;

  if (first)
    g_ptr_array_add (arguments, (gpointer) first);
  while ((word = va_arg (rest, const char *)))
    g_ptr_array_add (arguments, (gpointer) word);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

CliRun *
cli_run (CliFolder *folder,
         ...)
{
  va_list words;

  va_start (words, folder);
  g_autoptr (GPtrArray) arguments = collect (NULL, words);
  va_end (words);

  return cli_run_strv (folder, (const char *const *) arguments->pdata);
}

static CliRun *
run_well (CliFolder *folder,
          GPtrArray *arguments)
{
  CliRun *run = cli_run_strv (folder, (const char *const *) arguments->pdata);

  if (run->status != 0)
    g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 0);
  return run;
}

char *
cli_answer (CliFolder *folder,
            ...)
{
  va_list words;

  va_start (words, folder);
  g_autoptr (GPtrArray) arguments = collect (NULL, words);
  va_end (words);

  g_autoptr (CliRun) run = run_well (folder, arguments);

  if (g_str_has_suffix (run->out, "\n"))
    run->out[strlen (run->out) - 1] = '\0';
  return g_steal_pointer (&run->out);
}

JsonNode *
cli_json (CliFolder *folder,
          ...)
{
  va_list words;

  va_start (words, folder);
  g_autoptr (GPtrArray) arguments = collect ("--json", words);
  va_end (words);

  g_autoptr (CliRun) run = run_well (folder, arguments);
  g_autoptr (GError) error = NULL;
  JsonNode *document = json_from_string (run->out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

void
cli_fails (CliFolder *folder,
           int        status,
           ...)
{
  va_list words;

  va_start (words, status);
  g_autoptr (GPtrArray) arguments = collect (NULL, words);
  va_end (words);

  g_autoptr (CliRun) run = cli_run_strv (folder, (const char *const *) arguments->pdata);

  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, status);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "clientele-cli: "));
  g_assert_cmpuint (strlen (run->err), >, strlen ("clientele-cli: ") + 8);
}
