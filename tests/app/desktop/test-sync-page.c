/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stores, a real server on a socket of this machine, and the page that brings them together. */
#include "config.h"

#include "app-account-dialog.h"
#include "app-sync-page.h"
#include "desktop-fixture.h"
#include "server-fixture.h"

typedef struct
{
  DesktopFixture desktop;
  ServerFixture server;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  server_fixture_set_up (&fixture->server, NULL);
  server_fixture_start (&fixture->server);
  desktop_set_up (&fixture->desktop, NULL);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  desktop_tear_down (&fixture->desktop, NULL);
  server_fixture_tear_down (&fixture->server, NULL);
}

static GtkWidget *
open_page (DesktopFixture *desktop)
{
  GtkWidget *page = GTK_WIDGET (app_window_get_page (desktop->window, "sync"));

  gtk_widget_activate_action (GTK_WIDGET (desktop->window), "win.show-page", "s", "sync");
  desktop_wait_for (gtk_widget_get_mapped (page));

  return page;
}

/* Its button cannot be pressed before the state of synchronisation is read. */
static GtkWidget *
find_button (GtkWidget  *page,
             const char *action)
{
  gboolean create = g_str_equal (action, "sync.create");

  return desktop_find (page, GTK_TYPE_BUTTON,
                       create ? "_Create an account…" : "_Join my other computer…");
}

static GtkWidget *
open_dialog (Fixture    *fixture,
             GtkWidget  *page,
             const char *action)
{
  GtkWidget *dialog;
  GtkWidget *entry;

  desktop_wait_for (gtk_widget_is_sensitive (find_button (page, action)));
  gtk_widget_activate_action (page, action, NULL);
  dialog = desktop_find_window (APP_TYPE_ACCOUNT_DIALOG);
  g_assert_nonnull (dialog);
  desktop_wait_for (gtk_widget_get_mapped (dialog));
  entry = desktop_find (dialog, ADW_TYPE_ENTRY_ROW, "Address of the server (https://…)");
  gtk_editable_set_text (GTK_EDITABLE (entry), fixture->server.url);

  return dialog;
}

static void
create_account (Fixture   *fixture,
                GtkWidget *page)
{
  GtkWidget *dialog = open_dialog (fixture, page, "sync.create");

  gtk_widget_activate_action (dialog, "dialog.go", NULL);
  desktop_wait_for (!desktop_find_window (APP_TYPE_ACCOUNT_DIALOG));
  desktop_wait_for (desktop_find (page, ADW_TYPE_ACTION_ROW, "Your recovery key"));
}

static char *
read_recovery_key (GtkWidget *page)
{
  GtkWidget *row = desktop_find (page, ADW_TYPE_ACTION_ROW, "Your recovery key");
  const char *words = NULL;

  gtk_widget_activate_action (page, "sync.show-recovery", NULL);
  desktop_wait_for ((words = adw_action_row_get_subtitle (ADW_ACTION_ROW (row))) && *words);

  return g_strdup (words);
}

/* The other computer: joins without a window, and writes one customer. */
static void
join_and_write (Fixture    *fixture,
                const char *words)
{
  g_autofree char *path = g_build_filename (fixture->desktop.folder, "other.clientele", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) store = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_autoptr (SyncEngine) engine = NULL;
  g_autoptr (SyncResult) result = NULL;

  g_assert_no_error (error);
  desktop_add_party (store, "Written elsewhere");
  engine = sync_engine_new_endpoint (store);
  sync_engine_join_account (engine, fixture->server.url, words, "laptop", NULL, &error);
  g_assert_no_error (error);
  sync_engine_run (engine, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desktop_count (store, "party"), ==, 2);
}

static void
test_two_computers_come_together (Fixture    *fixture,
                                  const void *data)
{
  DesktopFixture *desktop = &fixture->desktop;
  g_autofree char *words = NULL;
  GtkWidget *page;

  desktop_add_party (desktop->store, "Written here");
  page = open_page (desktop);
  desktop_keep_picture (GTK_WIDGET (desktop->window), "sync-alone");
  create_account (fixture, page);
  words = read_recovery_key (page);
  desktop_wait_for (desktop_find (page, GTK_TYPE_BUTTON, "_Synchronise"));
  join_and_write (fixture, words);

  gtk_widget_activate_action (GTK_WIDGET (desktop->window), "win.sync", NULL);
  desktop_wait_for (desktop_count (desktop->store, "party") == 2);
  desktop_wait_for (desktop_find (page, ADW_TYPE_ACTION_ROW, "laptop"));
  desktop_keep_picture (GTK_WIDGET (desktop->window), "sync-account");
}

static void
test_recovery_key_is_not_left_in_sight (Fixture    *fixture,
                                        const void *data)
{
  DesktopFixture *desktop = &fixture->desktop;
  GtkWidget *page = open_page (desktop);
  g_autofree char *words = NULL;
  GtkWidget *row;
  const char *left;

  create_account (fixture, page);
  words = read_recovery_key (page);
  row = desktop_find (page, ADW_TYPE_ACTION_ROW, "Your recovery key");
  gtk_widget_activate_action (GTK_WIDGET (desktop->window), "win.show-page", "s", "customers");
  desktop_wait_for (!gtk_widget_get_mapped (page));

  left = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
  g_assert_true (!left || !*left);
}

static void
test_wrong_key_can_be_mended (Fixture    *fixture,
                              const void *data)
{
  GtkWidget *page = open_page (&fixture->desktop);
  GtkWidget *dialog = open_dialog (fixture, page, "sync.join");
  GtkWidget *view = desktop_find (dialog, GTK_TYPE_TEXT_VIEW, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "no such words", -1);
  gtk_widget_activate_action (dialog, "dialog.go", NULL);
  desktop_wait_for (desktop_find_styled (dialog, "error"));
  desktop_keep_picture (dialog, "sync-join");
  g_assert_true (gtk_widget_is_sensitive (view));

  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ADD(name, func) \
  g_test_add ("/sync-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (!desktop_init (&argc, &argv))
    return 0;

  ADD ("two-computers-come-together", test_two_computers_come_together);
  ADD ("recovery-key-is-not-left-in-sight", test_recovery_key_is_not_left_in_sight);
  ADD ("wrong-key-can-be-mended", test_wrong_key_can_be_mended);

  return g_test_run ();
}
