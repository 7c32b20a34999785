/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form for one record, new or there already, made from the catalog. Keys alone do: Tab from field
 * to field, Enter in a line or Ctrl+Enter anywhere saves, Escape leaves. */
#include "config.h"

#include "app-record-dialog.h"

#include <glib/gi18n-lib.h>

#include "app-contact-text.h"
#include "app-edit.h"
#include "app-field-editor.h"
#include "app-party-chooser.h"
#include "app-record-form.h"

struct _AppRecordDialog
{
  AdwWindow parent_instance;

  GtkBox *box;
  AdwPreferencesGroup *group;
  GtkLabel *problem;
  GtkWidget *delete_button;

  StoreDatabase *database;
  const AppRecordForm *form;
  StoreRecord *record;
  GPtrArray *editors;
  /* Of a new customer: the first ways to reach them. */
  GtkWidget *phone;
  GtkWidget *email;
  GtkWidget *chooser;
};

G_DEFINE_FINAL_TYPE (AppRecordDialog, app_record_dialog, ADW_TYPE_WINDOW)

static void
explain (AppRecordDialog *self,
         const char      *text)
{
  gtk_label_set_label (self->problem, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* A line that is not sensitive must not have the cursor. */
static void
set_busy (AppRecordDialog *self,
          gboolean         busy)
{
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), !busy);
}

static void
edit_finished (gpointer      owner,
               const GError *error)
{
  AppRecordDialog *self = owner;

  if (error)
    {
      set_busy (self, FALSE);
      explain (self, error->message);
      return;
    }

  gtk_window_destroy (GTK_WINDOW (self));
}

/* Whether all that stands in the rows can be taken; the first that cannot gets the cursor. */
static gboolean
take_texts (AppRecordDialog *self,
            StoreRecord     *record)
{
  AppFieldEditor *wrong = NULL;

  explain (self, NULL);
  for (guint i = 0; i < self->editors->len; i++)
    {
      AppFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const StoreField *field = app_field_editor_get_field (editor);
      g_autofree char *text = app_field_editor_dup_text (editor);
      g_autoptr (GError) error = NULL;

      app_field_editor_set_problem (editor, NULL);
      if (!*text && (field->flags & STORE_FIELD_REQUIRED))
        /* Translators: %s is the name of a field. */
        g_set_error (&error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is needed; fill it in."),
                     store_field_get_label (field));
      else if (*text || !store_record_is_new (record))
        store_record_set_from_text (record, field->name, text, &error);
      if (!error)
        continue;

      app_field_editor_set_problem (editor, error->message);
      if (wrong)
        continue;
      wrong = editor;
      explain (self, error->message);
    }

  if (wrong)
    app_field_editor_focus (wrong);
  return wrong == NULL;
}

static void
add_contact (AppRecordDialog *self,
             GPtrArray       *records,
             GtkWidget       *entry,
             const char      *channel)
{
  g_autofree char *text = NULL;

  if (!entry)
    return;

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  if (*text)
    g_ptr_array_add (records, app_contact_text_new_record (store_record_get_id (self->record),
                                                           channel, text));
}

static void
save_new (AppRecordDialog *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  StoreId party;

  if (!take_texts (self, self->record))
    return;

  if (self->chooser)
    {
      if (!app_party_chooser_get_party (APP_PARTY_CHOOSER (self->chooser), &party))
        {
          explain (self, _("Choose the customer that this belongs to."));
          app_party_chooser_focus (APP_PARTY_CHOOSER (self->chooser));
          return;
        }
      store_record_set_reference (self->record, "party", &party);
    }

  app_contact_text_normalise (self->record);
  g_ptr_array_add (records, g_object_ref (self->record));
  add_contact (self, records, self->phone, "phone");
  add_contact (self, records, self->email, "email");

  set_busy (self, TRUE);
  app_edit_save (GTK_WIDGET (self), self->database, self->form->title, _(self->form->told),
                 records, self, edit_finished);
}

static void
save_there (AppRecordDialog *self)
{
  g_autoptr (StoreRecord) trial = store_record_new_like (self->record);

  if (!take_texts (self, trial))
    return;

  set_busy (self, TRUE);
  app_edit_fields (GTK_WIDGET (self), self->database, self->record, self->editors, self,
                   edit_finished);
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  AppRecordDialog *self = APP_RECORD_DIALOG (widget);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->box)))
    return;
  if (store_record_is_new (self->record))
    save_new (self);
  else
    save_there (self);
}

static void
delete (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  AppRecordDialog *self = APP_RECORD_DIALOG (widget);

  set_busy (self, TRUE);
  app_edit_delete (widget, self->database, self->record, self, edit_finished);
}

static void
editor_entered (AppRecordDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.save", NULL);
}

static GtkWidget *
add_line (AppRecordDialog *self,
          const char      *title,
          GtkInputPurpose  purpose)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), purpose);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (editor_entered), self);
  adw_preferences_group_add (self->group, row);

  return row;
}

static void
add_editor (AppRecordDialog *self,
            const char      *name)
{
  const StoreKind *kind = store_record_get_kind (self->record);
  AppFieldEditor *editor = app_field_editor_new (store_kind_get_field (kind, name));

  app_field_editor_show (editor, self->record);
  g_signal_connect_object (editor, "entered", G_CALLBACK (editor_entered), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->editors, editor);
  adw_preferences_group_add (self->group, app_field_editor_get_row (editor));
}

static void
app_record_dialog_dispose (GObject *object)
{
  AppRecordDialog *self = APP_RECORD_DIALOG (object);

  g_clear_object (&self->database);
  g_clear_object (&self->record);
  g_clear_pointer (&self->editors, g_ptr_array_unref);

  G_OBJECT_CLASS (app_record_dialog_parent_class)->dispose (object);
}

static void
app_record_dialog_class_init (AppRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_record_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AppRecordDialog, box);
  gtk_widget_class_bind_template_child (widget_class, AppRecordDialog, group);
  gtk_widget_class_bind_template_child (widget_class, AppRecordDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, AppRecordDialog, delete_button);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "dialog.delete", NULL, delete);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
app_record_dialog_init (AppRecordDialog *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* No wider than the window that it lies over, which may be a phone's. */
static int
choose_width (GtkWindow *parent)
{
  int room = gtk_widget_get_width (GTK_WIDGET (parent));

  return room > 0 ? CLAMP (room - 24, 340, 460) : 460;
}

static AppRecordDialog *
present (GtkWindow           *parent,
         StoreDatabase       *database,
         const AppRecordForm *form,
         StoreRecord         *record,
         const char          *title)
{
  AppRecordDialog *self = g_object_new (APP_TYPE_RECORD_DIALOG,
                                        "transient-for", parent,
                                        "title", title,
                                        "default-width", choose_width (parent),
                                        NULL);

  self->database = g_object_ref (database);
  self->form = form;
  self->record = g_object_ref (record);
  for (guint i = 0; i < APP_RECORD_FORM_MAX_FIELDS && form->fields[i]; i++)
    add_editor (self, form->fields[i]);

  return self;
}

/**
 * app_record_dialog_add:
 * @form: the name of an #AppRecordForm
 * @party: (nullable): the customer it belongs to; the dialog asks where one is needed
 *
 * Asks for a new record.
 */
void
app_record_dialog_add (GtkWindow     *parent,
                       StoreDatabase *database,
                       const char    *form,
                       const StoreId *party)
{
  const AppRecordForm *found = app_record_form_find (form);
  g_autoptr (StoreRecord) record = NULL;
  AppRecordDialog *self;

  g_return_if_fail (found);

  record = app_record_form_new_record (found, database, party);
  self = present (parent, database, found, record, _(found->title));
  if (found->needs_party && !party)
    {
      self->chooser = app_party_chooser_new (database);
      gtk_box_insert_child_after (self->box, self->chooser, GTK_WIDGET (self->problem));
    }
  if (g_str_equal (found->kind, "party"))
    {
      self->phone = add_line (self, _("Phone"), GTK_INPUT_PURPOSE_PHONE);
      self->email = add_line (self, _("E-mail"), GTK_INPUT_PURPOSE_EMAIL);
    }

  gtk_window_present (GTK_WINDOW (self));
  if (self->chooser)
    app_party_chooser_focus (APP_PARTY_CHOOSER (self->chooser));
  else
    app_field_editor_focus (g_ptr_array_index (self->editors, 0));
}

/**
 * app_record_dialog_edit:
 * @record: what is there
 *
 * Shows a record of a customer's story to be changed or thrown away.
 */
void
app_record_dialog_edit (GtkWindow     *parent,
                        StoreDatabase *database,
                        StoreRecord   *record)
{
  const AppRecordForm *form = app_record_form_find_for (record);
  AppRecordDialog *self;

  g_return_if_fail (form);

  self = present (parent, database, form, record,
                  store_kind_get_label (store_record_get_kind (record)));
  gtk_widget_set_visible (self->delete_button, TRUE);
  gtk_window_present (GTK_WINDOW (self));
  app_field_editor_focus (g_ptr_array_index (self->editors, 0));
}
