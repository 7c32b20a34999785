/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

#include "sync-server-invite.h"
#include "sync-server.h"

/* The program: clientele-server --address A --port P --data DIR, and clientele-server invite. The
 * first line on standard output is where it listens; everything else goes to standard error.
 */

#define EXIT_USAGE 2
#define MAX_PORT 65535
#define MAX_INVITE_DAYS 365

typedef struct
{
  char *address;
  int port;
  char *directory;
  char **origins;
  int quota;
  int days;
  gboolean show_version;
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->address, g_free);
  g_clear_pointer (&options->directory, g_free);
  g_clear_pointer (&options->origins, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options   *options,
               char    ***arguments,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options->address,
      N_("Listen on this IP address (127.0.0.1)"), N_("ADDRESS") },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port,
      N_("Listen on this port (8743; 0 for a free one)"), N_("PORT") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->directory,
      N_("Keep everything in this folder"), N_("FOLDER") },
    { "origin", 'o', 0, G_OPTION_ARG_STRING_ARRAY, &options->origins,
      N_("Clients call the server by this address (behind a proxy); may be repeated"), N_("URL") },
    { "quota", 0, 0, G_OPTION_ARG_INT, &options->quota,
      N_("Megabytes that one account may store (4096)"), N_("MEGABYTES") },
    { "days", 0, 0, G_OPTION_ARG_INT, &options->days,
      N_("With invite: how many days the code is good (7)"), N_("DAYS") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->show_version, N_("Show the version"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("[invite]"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context,
    _("Keeps the encrypted changes of Clientele for its devices.\n"
      "“clientele-server invite --data FOLDER” prints a code that makes one account."));
  return g_option_context_parse_strv (context, arguments, error);
}

static char *
dup_default_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "clientele-server", NULL);
}

static int
fail (const GError *error)
{
  fprintf (stderr, "clientele-server: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
invite (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncServerDatabase) database = NULL;
  g_autofree char *code = NULL;

  database = sync_server_database_open (options->directory, TRUE, &error);
  if (database != NULL)
    code = sync_server_invite_make (database, options->days, &error);
  if (code == NULL)
    return fail (error);

  printf ("%s\n", code);
  return EXIT_SUCCESS;
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static SyncServer *
start (const Options  *options,
       GError        **error)
{
  g_autoptr (SyncServer) server = NULL;
  SyncServerLimits limits;

  sync_server_limits_init (&limits);
  limits.quota = (guint64) options->quota << 20;
  server = sync_server_new (options->directory, &limits, error);
  if (server == NULL)
    return NULL;

  for (guint i = 0; options->origins != NULL && options->origins[i] != NULL; i++)
    sync_server_add_origin (server, options->origins[i]);

  if (!sync_server_listen (server, options->address, options->port, error))
    return NULL;

  return g_steal_pointer (&server);
}

static int
serve (const Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncServer) server = start (options, &error);

  if (server == NULL)
    return fail (error);

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);

  printf ("%s\n", sync_server_get_uri (server));
  fflush (stdout);
  g_main_loop_run (loop);

  sync_server_stop (server);
  return EXIT_SUCCESS;
}

static gboolean
are_sound (const Options *options,
           char         **arguments)
{
  guint n_arguments = g_strv_length (arguments);

  return n_arguments <= 2 &&
         (n_arguments < 2 || g_str_equal (arguments[1], "invite")) &&
         options->port >= 0 && options->port <= MAX_PORT &&
         options->quota > 0 &&
         options->days > 0 && options->days <= MAX_INVITE_DAYS;
}

static void
print_utf8 (const char *text)
{
  fputs (text, stdout);
}

/* Text is UTF-8 in every locale; an uninstalled server finds the translations in its build folder. */
static void
speak_language (void)
{
  gboolean uninstalled = g_file_test (CLIENTELE_BUILD_LOCALEDIR, G_FILE_TEST_IS_DIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, uninstalled ? CLIENTELE_BUILD_LOCALEDIR : CLIENTELE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_print_handler (print_utf8);
}

int
main (int    argc,
      char **argv)
{
  g_auto (Options) options = { .port = 8743, .quota = 4096, .days = 7 };
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  speak_language ();
  g_log_writer_default_set_use_stderr (TRUE);

  if (!parse_options (&options, &arguments, &error))
    {
      fail (error);
      return EXIT_USAGE;
    }

  if (options.show_version)
    {
      printf ("clientele-server %s\n", CLIENTELE_VERSION);
      return EXIT_SUCCESS;
    }

  if (!are_sound (&options, arguments))
    {
      fprintf (stderr, "%s\n", _("clientele-server: see --help for what can be asked of it"));
      return EXIT_USAGE;
    }

  if (options.directory == NULL)
    options.directory = dup_default_directory ();
  if (options.address == NULL)
    options.address = g_strdup ("127.0.0.1");

  return arguments[1] != NULL ? invite (&options) : serve (&options);
}
