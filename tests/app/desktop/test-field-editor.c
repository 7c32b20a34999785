/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app-field-editor.h"
#include "store-catalog.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *elsewhere;
  AppFieldEditor *editor;
  guint commits;
} Fixture;

static void
count (guint *commits)
{
  (*commits)++;
}

static void
set_up (Fixture    *fixture,
        const void *field)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  fixture->elsewhere = gtk_entry_new ();
  fixture->editor = app_field_editor_new (store_kind_get_field (STORE_KIND ("party"), field));
  g_signal_connect_swapped (fixture->editor, "commit", G_CALLBACK (count), &fixture->commits);
  gtk_list_box_append (GTK_LIST_BOX (list), app_field_editor_get_row (fixture->editor));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), fixture->elsewhere);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture    *fixture,
           const void *field)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->editor);
}

static StoreRecord *
new_party (const char *field,
           const char *text)
{
  StoreRecord *record = store_record_new (STORE_KIND ("party"));
  g_autoptr (GError) error = NULL;

  store_record_set_from_text (record, field, text, &error);
  g_assert_no_error (error);

  return record;
}

static void
assert_text (Fixture    *fixture,
             const char *expected)
{
  g_autofree char *text = app_field_editor_dup_text (fixture->editor);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_leaving_commits_once (Fixture    *fixture,
                           const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("display_name", "Ada");

  app_field_editor_show (fixture->editor, record);
  app_field_editor_focus (fixture->editor);
  gtk_editable_set_text (GTK_EDITABLE (app_field_editor_get_row (fixture->editor)), "Ada L.");
  g_assert_cmpuint (fixture->commits, ==, 0);

  gtk_widget_grab_focus (fixture->elsewhere);
  g_assert_cmpuint (fixture->commits, ==, 1);
  assert_text (fixture, "Ada L.");
}

static void
test_looking_is_no_edit (Fixture    *fixture,
                         const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("birthday", "1990-02-03");

  app_field_editor_show (fixture->editor, record);
  g_assert_false (app_field_editor_is_changed (fixture->editor));
  app_field_editor_focus (fixture->editor);
  gtk_widget_grab_focus (fixture->elsewhere);

  g_assert_cmpuint (fixture->commits, ==, 0);
  assert_text (fixture, "1990-02-03");
}

static void
test_reload_leaves_typed_letters (Fixture    *fixture,
                                  const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("display_name", "Ada");
  GtkEditable *line = GTK_EDITABLE (app_field_editor_get_row (fixture->editor));

  app_field_editor_show (fixture->editor, record);
  app_field_editor_focus (fixture->editor);
  gtk_editable_set_text (line, "Adam");
  store_record_set_text (record, "display_name", "Grace");
  app_field_editor_show (fixture->editor, record);

  assert_text (fixture, "Adam");
  g_assert_true (app_field_editor_is_changed (fixture->editor));
}

static void
test_refused_letters_stay (Fixture    *fixture,
                           const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("birthday", "1990-02-03");
  GtkEditable *line = GTK_EDITABLE (app_field_editor_get_row (fixture->editor));

  app_field_editor_show (fixture->editor, record);
  app_field_editor_focus (fixture->editor);
  gtk_editable_set_text (line, "in May");
  gtk_widget_grab_focus (fixture->elsewhere);
  app_field_editor_set_problem (fixture->editor, "This is no date.");
  app_field_editor_show (fixture->editor, record);

  assert_text (fixture, "in May");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (line), "error"));
}

static void
test_letters_do_not_move_to_another_record (Fixture    *fixture,
                                            const void *field)
{
  g_autoptr (StoreRecord) first = new_party ("display_name", "Ada");
  g_autoptr (StoreRecord) second = new_party ("display_name", "Grace");
  GtkEditable *line = GTK_EDITABLE (app_field_editor_get_row (fixture->editor));

  app_field_editor_show (fixture->editor, first);
  app_field_editor_focus (fixture->editor);
  gtk_editable_set_text (line, "Adam");
  app_field_editor_show (fixture->editor, second);

  assert_text (fixture, "Grace");
  g_assert_false (app_field_editor_is_changed (fixture->editor));
}

static void
test_unknown_choice_survives (Fixture    *fixture,
                              const void *field)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));

  store_record_set_text (record, "lifecycle", "of a later version");
  app_field_editor_show (fixture->editor, record);

  assert_text (fixture, "of a later version");
  g_assert_false (app_field_editor_is_changed (fixture->editor));
  g_assert_cmpuint (fixture->commits, ==, 0);
}

static void
test_showing_is_no_choice (Fixture    *fixture,
                           const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("lifecycle", "customer");

  app_field_editor_show (fixture->editor, record);
  g_assert_cmpuint (fixture->commits, ==, 0);

  adw_combo_row_set_selected (ADW_COMBO_ROW (app_field_editor_get_row (fixture->editor)), 0);
  g_assert_cmpuint (fixture->commits, ==, 1);
  assert_text (fixture, "");
}

static void
test_switch_commits (Fixture    *fixture,
                     const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("star", "yes");

  app_field_editor_show (fixture->editor, record);
  g_assert_cmpuint (fixture->commits, ==, 0);
  g_assert_false (app_field_editor_is_changed (fixture->editor));

  adw_action_row_activate (ADW_ACTION_ROW (app_field_editor_get_row (fixture->editor)));
  /* The switch turns when it has slid over. */
  while (fixture->commits == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->commits, ==, 1);
  assert_text (fixture, "no");
}

static void
test_unset_switch_is_no_edit (Fixture    *fixture,
                              const void *field)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));

  app_field_editor_show (fixture->editor, record);
  g_assert_false (app_field_editor_is_changed (fixture->editor));
}

static void
test_lines_of_text_survive (Fixture    *fixture,
                            const void *field)
{
  g_autoptr (StoreRecord) record = new_party ("notes", "first\nsecond\n第三");

  app_field_editor_show (fixture->editor, record);
  assert_text (fixture, "first\nsecond\n第三");
  g_assert_false (app_field_editor_is_changed (fixture->editor));
}

#define ADD(name, field, func) \
  g_test_add ("/field-editor/" name, Fixture, field, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  ADD ("leaving-commits-once", "display_name", test_leaving_commits_once);
  ADD ("looking-is-no-edit", "birthday", test_looking_is_no_edit);
  ADD ("reload-leaves-typed-letters", "display_name", test_reload_leaves_typed_letters);
  ADD ("refused-letters-stay", "birthday", test_refused_letters_stay);
  ADD ("letters-do-not-move-to-another-record", "display_name",
       test_letters_do_not_move_to_another_record);
  ADD ("unknown-choice-survives", "lifecycle", test_unknown_choice_survives);
  ADD ("showing-is-no-choice", "lifecycle", test_showing_is_no_choice);
  ADD ("switch-commits", "star", test_switch_commits);
  ADD ("unset-switch-is-no-edit", "star", test_unset_switch_is_no_edit);
  ADD ("lines-of-text-survive", "notes", test_lines_of_text_survive);

  return g_test_run ();
}
