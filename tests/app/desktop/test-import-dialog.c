/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-import-dialog.h"
#include "desktop-fixture.h"

static GtkWidget *
open_dialog (DesktopFixture *fixture,
             const char     *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  dialog = desktop_find_window (APP_TYPE_IMPORT_DIALOG);
  g_assert_nonnull (dialog);
  app_import_dialog_take_file (APP_IMPORT_DIALOG (dialog), file);

  return dialog;
}

static void
go_on (GtkWidget *dialog)
{
  gtk_widget_activate_action (dialog, "import.next", NULL);
}

static void
rehearse (GtkWidget *dialog)
{
  go_on (dialog);
  desktop_wait_for (desktop_find (dialog, GTK_TYPE_BUTTON, "_Rehearse"));
  desktop_keep_picture (dialog, "import-columns");
  go_on (dialog);
  desktop_wait_for (desktop_find (dialog, GTK_TYPE_BUTTON, "_Import"));
  desktop_keep_picture (dialog, "import-rehearsal");
}

static void
test_rehearsal_writes_nothing (DesktopFixture *fixture,
                               const void     *data)
{
  GtkWidget *dialog = open_dialog (fixture, "crm_export_broken.csv");

  rehearse (dialog);
  g_assert_cmpuint (desktop_count (fixture->store, "party"), ==, 0);
  g_assert_nonnull (desktop_find (dialog, GTK_TYPE_LABEL, "This would happen"));

  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_import_and_back (DesktopFixture *fixture,
                      const void     *data)
{
  GtkWidget *dialog = open_dialog (fixture, "excel_zh_gbk.csv");

  rehearse (dialog);
  go_on (dialog);
  desktop_wait_for (desktop_find (dialog, GTK_TYPE_BUTTON, "_Done"));
  desktop_keep_picture (dialog, "import-done");
  g_assert_cmpuint (desktop_count (fixture->store, "party"), >, 100);

  gtk_widget_activate_action (dialog, "import.back", NULL);
  desktop_wait_for (desktop_count (fixture->store, "party") == 0);
  desktop_wait_for (!desktop_find_window (APP_TYPE_IMPORT_DIALOG));
}

static void
test_no_table_says_so (DesktopFixture *fixture,
                       const void     *data)
{
  GtkWidget *dialog = open_dialog (fixture, "there-is-no-such-file.csv");

  go_on (dialog);
  desktop_wait_for (desktop_find_styled (dialog, "error"));
  g_assert_nonnull (desktop_find (dialog, GTK_TYPE_BUTTON, "_Next"));

  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_closing_while_it_runs (DesktopFixture *fixture,
                            const void     *data)
{
  GtkWidget *dialog = open_dialog (fixture, "mautic_fakeleads.csv");

  go_on (dialog);
  desktop_wait_for (desktop_find (dialog, GTK_TYPE_BUTTON, "_Rehearse"));
  go_on (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_null (desktop_find_window (APP_TYPE_IMPORT_DIALOG));

  /* The run lets go of the dialog when it notices; nothing was written. */
  for (guint i = 0; i < 100; i++)
    desktop_turn ();
  g_assert_cmpuint (desktop_count (fixture->store, "party"), ==, 0);
}

#define ADD(name, func) \
  g_test_add ("/import-dialog/" name, DesktopFixture, NULL, desktop_set_up, func, \
              desktop_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (!desktop_init (&argc, &argv))
    return 0;

  ADD ("rehearsal-writes-nothing", test_rehearsal_writes_nothing);
  ADD ("import-and-back", test_import_and_back);
  ADD ("no-table-says-so", test_no_table_says_so);
  ADD ("closing-while-it-runs", test_closing_while_it_runs);

  return g_test_run ();
}
