/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-customer-page.h"
#include "app-customers-page.h"
#include "app-record-dialog.h"
#include "desktop-fixture.h"

#define ROOT(fixture) GTK_WIDGET ((fixture)->window)

static GtkWidget *
wait_for_entry (GtkWidget  *root,
                const char *title)
{
  GtkWidget *entry = NULL;

  desktop_wait_for ((entry = desktop_find (root, ADW_TYPE_ENTRY_ROW, title)));
  return entry;
}

static void
assert_field (DesktopFixture *fixture,
              const StoreId  *id,
              const char     *field,
              const char     *expected)
{
  g_autofree char *text = desktop_read (fixture->store, id, field);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_field (DesktopFixture *fixture,
           const StoreId  *id,
           const char     *field,
           const char     *expected)
{
  g_autofree char *text = desktop_read (fixture->store, id, field);

  return g_strcmp0 (text, expected) == 0;
}

/* The text of the first entry below the title, which is the visible one. */
static gboolean
shows (DesktopFixture *fixture,
       const char     *title,
       const char     *expected)
{
  GtkWidget *entry = desktop_find (ROOT (fixture), ADW_TYPE_ENTRY_ROW, title);

  return entry && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), expected) == 0;
}

static void
test_new_customer_in_one_go (DesktopFixture *fixture,
                             const void     *data)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (ROOT (fixture), "win.add-customer", NULL));
  dialog = desktop_find_window (APP_TYPE_RECORD_DIALOG);
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (wait_for_entry (dialog, "Name")), "李明");
  gtk_editable_set_text (GTK_EDITABLE (wait_for_entry (dialog, "Phone")), "138 0013 8000");
  g_assert_true (gtk_widget_activate_action (dialog, "dialog.save", NULL));

  desktop_wait_for (!desktop_find_window (APP_TYPE_RECORD_DIALOG));
  g_assert_cmpuint (desktop_count (fixture->store, "party"), ==, 1);
  g_assert_cmpuint (desktop_count (fixture->store, "contact_point"), ==, 1);

  /* One edit for the person: customer and number go back together. */
  g_assert_true (gtk_widget_activate_action (ROOT (fixture), "win.undo", NULL));
  desktop_wait_for (desktop_count (fixture->store, "party") == 0);
  g_assert_cmpuint (desktop_count (fixture->store, "contact_point"), ==, 0);
}

static void
test_nameless_customer_is_not_saved (DesktopFixture *fixture,
                                     const void     *data)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (ROOT (fixture), "win.add-customer", NULL);
  dialog = desktop_find_window (APP_TYPE_RECORD_DIALOG);
  gtk_widget_activate_action (dialog, "dialog.save", NULL);

  g_assert_nonnull (desktop_find (dialog, GTK_TYPE_LABEL, "“Name” is needed; fill it in."));
  g_assert_cmpuint (desktop_count (fixture->store, "party"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_edit_in_place_and_back (DesktopFixture *fixture,
                             const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");
  GtkWidget *entry;

  desktop_show_customer (fixture, &id);
  entry = wait_for_entry (ROOT (fixture), "Job title");
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Analyst");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  desktop_wait_for (has_field (fixture, &id, "job_title", "Analyst"));

  gtk_widget_activate_action (ROOT (fixture), "win.undo", NULL);
  desktop_wait_for (has_field (fixture, &id, "job_title", ""));
  desktop_wait_for (shows (fixture, "Job title", ""));
  assert_field (fixture, &id, "display_name", "Ada");
}

static void
test_wrong_value_stays_to_be_mended (DesktopFixture *fixture,
                                     const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");
  GtkWidget *entry;

  desktop_show_customer (fixture, &id);
  entry = wait_for_entry (ROOT (fixture), "Birthday");
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "some day in May");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);

  desktop_wait_for (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "some day in May");
  assert_field (fixture, &id, "birthday", "");
}

static void
test_closing_keeps_what_is_typed (DesktopFixture *fixture,
                                  const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");
  GtkWidget *entry;

  desktop_show_customer (fixture, &id);
  entry = wait_for_entry (ROOT (fixture), "Job title");
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Countess");
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = NULL;


  desktop_wait_for (!desktop_find_window (APP_TYPE_WINDOW));
  desktop_wait_for (has_field (fixture, &id, "job_title", "Countess"));
}

static void
test_follows_another_process (DesktopFixture *fixture,
                              const void     *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) other = store_database_open (fixture->path, STORE_OPEN_EXISTING,
                                                         &error);
  g_autoptr (StoreRecord) party = NULL;
  StoreId id;

  g_assert_no_error (error);
  id = desktop_add_party (other, "Grace");
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "1 customer"));

  desktop_show_customer (fixture, &id);
  party = store_database_load (other, STORE_KIND ("party"), &id, &error);
  store_record_set_text (party, "display_name", "Grace Hopper");
  store_database_save (other, "Edit", party, NULL, &error);
  g_assert_no_error (error);
  desktop_wait_for (shows (fixture, "Name", "Grace Hopper"));
}

static void
test_search_finds_one_han_character (DesktopFixture *fixture,
                                     const void     *data)
{
  AppPage *page = app_window_get_page (fixture->window, "customers");
  GtkWidget *entry = desktop_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, NULL);
  StoreId selected;

  desktop_add_party (fixture->store, "李明");
  desktop_add_party (fixture->store, "Ada");
  desktop_add_party (fixture->store, "王丽");
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "3 customers"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "丽");
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "1 customer"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody");
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "Nobody found"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "3 customers"));
  g_assert_false (app_customers_page_get_selected (APP_CUSTOMERS_PAGE (page), &selected));
}

static void
test_thrown_away_customer_is_gone (DesktopFixture *fixture,
                                   const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");

  desktop_show_customer (fixture, &id);
  gtk_widget_activate_action (desktop_find (ROOT (fixture), APP_TYPE_CUSTOMER_PAGE, NULL),
                              "customer.delete", NULL);
  desktop_wait_for (desktop_count (fixture->store, "party") == 0);
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "Nobody here yet"));

  gtk_widget_activate_action (ROOT (fixture), "win.undo", NULL);
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "1 customer"));
}

static void
test_note_for_the_open_customer (DesktopFixture *fixture,
                                 const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");
  GtkWidget *dialog;
  GtkWidget *view;

  desktop_show_customer (fixture, &id);
  gtk_widget_activate_action (ROOT (fixture), "win.add-note", NULL);
  dialog = desktop_find_window (APP_TYPE_RECORD_DIALOG);
  view = desktop_find (dialog, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "likes engines", -1);
  gtk_widget_activate_action (dialog, "dialog.save", NULL);

  desktop_wait_for (desktop_find (ROOT (fixture), ADW_TYPE_ACTION_ROW, "likes engines"));
  g_assert_cmpuint (desktop_count (fixture->store, "activity"), ==, 1);
}

static void
test_window_without_store (DesktopFixture *fixture,
                           const void     *data)
{
  static const char *const actions[] = {
    "win.undo", "win.add-customer", "win.add-order", "win.search", "win.sync", "win.import",
    "win.join", "win.trash", "win.back",
  };

  app_window_set_database (fixture->window, NULL);
  desktop_wait_for (desktop_find (ROOT (fixture), GTK_TYPE_LABEL, "Welcome to Clientele"));

  /* Keys reach the actions also where no button does. */
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_activate_action (ROOT (fixture), actions[i], NULL);
  g_assert_null (desktop_find_window (APP_TYPE_RECORD_DIALOG));
}

static void
test_fits_a_phone (DesktopFixture *fixture,
                   const void     *data)
{
  StoreId id = desktop_add_party (fixture->store, "Ada");
  int minimum;
  int natural;

  desktop_show_customer (fixture, &id);
  gtk_widget_measure (ROOT (fixture), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 400);
}

#define ADD(name, func) \
  g_test_add ("/window/" name, DesktopFixture, NULL, desktop_set_up, func, desktop_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (!desktop_init (&argc, &argv))
    return 0;

  ADD ("new-customer-in-one-go", test_new_customer_in_one_go);
  ADD ("nameless-customer-is-not-saved", test_nameless_customer_is_not_saved);
  ADD ("edit-in-place-and-back", test_edit_in_place_and_back);
  ADD ("wrong-value-stays-to-be-mended", test_wrong_value_stays_to_be_mended);
  ADD ("closing-keeps-what-is-typed", test_closing_keeps_what_is_typed);
  ADD ("follows-another-process", test_follows_another_process);
  ADD ("search-finds-one-han-character", test_search_finds_one_han_character);
  ADD ("thrown-away-customer-is-gone", test_thrown_away_customer_is_gone);
  ADD ("note-for-the-open-customer", test_note_for_the_open_customer);
  ADD ("window-without-store", test_window_without_store);
  ADD ("fits-a-phone", test_fits_a_phone);

  return g_test_run ();
}
