/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer: the facts, changed where they stand, and the story so far. All of it is one
 * dossier, read again whenever something in the store may have changed it. */
#include "config.h"

#include "app-customer-page.h"

#include <glib/gi18n-lib.h>

#include "app-contacts-group.h"
#include "app-dossier.h"
#include "app-edit.h"
#include "app-field-editor.h"
#include "app-side-by-side.h"
#include "app-story-view.h"
#include "app-tag-box.h"
#include "app-value-text.h"
#include "app-worth-group.h"

struct _AppCustomerPage
{
  AppPage parent_instance;

  GtkWidget *back_button;
  AdwWindowTitle *title;
  GtkStack *states;
  GtkScrolledWindow *scroller;
  AppWorthGroup *worth;
  AdwPreferencesGroup *facts_group;
  AppContactsGroup *contacts;
  AdwPreferencesGroup *relations_group;
  AppTagBox *tags;
  AppStoryView *story;

  GPtrArray *editors;
  GPtrArray *relation_rows;
  StoreDatabase *watched;
  gulong watch;
  gboolean chosen;
  StoreId id;
  AppDossier *dossier;
  GCancellable *reading;
  gboolean stale;
};

/* What a person looks for first; the rest of the catalog's fields stand behind "More". */
static const char *const first_facts[] = {
  "display_name", "kind", "lifecycle", "job_title", "birthday", "star", "notes",
};

G_DEFINE_FINAL_TYPE (AppCustomerPage, app_customer_page, APP_TYPE_PAGE)

static void read_dossier (AppCustomerPage *self);

static void
edit_finished (gpointer      owner,
               const GError *error)
{
  AppFieldEditor *editor = owner;

  app_field_editor_set_problem (editor, error ? error->message : NULL);
}

static void
fact_changed (AppFieldEditor  *editor,
              AppCustomerPage *self)
{
  g_autoptr (GPtrArray) editors = g_ptr_array_new ();

  if (!self->dossier)
    return;

  g_ptr_array_add (editors, editor);
  app_edit_fields (GTK_WIDGET (self), app_page_get_database (APP_PAGE (self)),
                   self->dossier->party, editors, editor, edit_finished);
}

static GtkWidget *
add_editor (AppCustomerPage  *self,
            const StoreField *field)
{
  AppFieldEditor *editor = app_field_editor_new (field);

  g_signal_connect_object (editor, "commit", G_CALLBACK (fact_changed), self, 0);
  g_ptr_array_add (self->editors, editor);

  return app_field_editor_get_row (editor);
}

static gboolean
is_first_fact (const StoreField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (first_facts); i++)
    if (g_str_equal (first_facts[i], field->name))
      return TRUE;

  return FALSE;
}

static void
add_facts (AppCustomerPage *self)
{
  const StoreKind *kind = store_catalog_find ("party");
  GtkWidget *more = adw_expander_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (first_facts); i++)
    adw_preferences_group_add (self->facts_group,
                               add_editor (self, store_kind_get_field (kind, first_facts[i])));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (more), _("More"));
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (is_first_fact (field) || (field->flags & STORE_FIELD_HIDDEN) ||
          field->type == STORE_FIELD_REFERENCE)
        continue;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (more), add_editor (self, field));
    }
  adw_preferences_group_add (self->facts_group, more);
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
append_part (GString     *text,
             StoreRecord *record,
             const char  *field,
             const char  *separator)
{
  g_autofree char *part = app_record_to_text (record, field);

  if (!*part)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, part);
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray           *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
show_relations (AppCustomerPage *self)
{
  clear_rows (self->relations_group, self->relation_rows);
  for (guint i = 0; i < self->dossier->relations->len; i++)
    {
      AppRelation *relation = g_ptr_array_index (self->dossier->relations, i);
      GtkWidget *row = new_row (store_record_get_title (relation->other), relation->role);
      char id[STORE_ID_STRING_LENGTH + 1];

      store_id_print (store_record_get_id (relation->other), id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-customer");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
      adw_preferences_group_add (self->relations_group, row);
      g_ptr_array_add (self->relation_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->relations_group), self->relation_rows->len > 0);
}

static void
show_dossier (AppCustomerPage *self)
{
  StoreRecord *party = self->dossier->party;
  g_autoptr (GString) subtitle = g_string_new (NULL);
  StoreDatabase *database = app_page_get_database (APP_PAGE (self));

  if (store_record_is_trashed (party))
    {
      adw_window_title_set_title (self->title, store_record_get_title (party));
      gtk_stack_set_visible_child_name (self->states, "gone");
      return;
    }

  append_part (subtitle, party, "kind", " · ");
  append_part (subtitle, party, "lifecycle", " · ");
  adw_window_title_set_title (self->title, store_record_get_title (party));
  adw_window_title_set_subtitle (self->title, subtitle->str);

  for (guint i = 0; i < self->editors->len; i++)
    app_field_editor_show (g_ptr_array_index (self->editors, i), party);
  app_contacts_group_show (self->contacts, database, self->dossier->contacts,
                           self->dossier->addresses);
  show_relations (self);
  app_tag_box_show (self->tags, database, &self->id, self->dossier->tags);
  app_story_view_show (self->story, database, self->dossier->story);
  app_worth_group_show (self->worth, &self->id);
  gtk_stack_set_visible_child_name (self->states, "customer");
}

static void
dossier_read (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (AppCustomerPage) self = data;
  g_autoptr (GError) error = NULL;
  AppDossier *dossier = app_dossier_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  g_clear_pointer (&self->dossier, app_dossier_free);
  self->dossier = dossier;
  if (dossier)
    show_dossier (self);
  else
    gtk_stack_set_visible_child_name (self->states, "gone");

  if (self->stale)
    read_dossier (self);
}

/* One reading at a time: what changes meanwhile is read right after. */
static void
read_dossier (AppCustomerPage *self)
{
  StoreDatabase *database = app_page_get_database (APP_PAGE (self));

  if (!database || !self->chosen)
    return;
  if (self->reading)
    {
      self->stale = TRUE;
      return;
    }

  self->stale = FALSE;
  self->reading = g_cancellable_new ();
  app_dossier_load_async (database, &self->id, self->reading, dossier_read, g_object_ref (self));
}

static void
store_changed (AppCustomerPage *self,
               StoreChangeSet  *changes)
{
  if (self->chosen && app_dossier_concerns (changes, &self->id))
    read_dossier (self);
}

static void
forget (AppCustomerPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->dossier, app_dossier_free);
  self->chosen = FALSE;
  self->stale = FALSE;
}

static void
app_customer_page_database_changed (AppPage *page)
{
  AppCustomerPage *self = APP_CUSTOMER_PAGE (page);
  StoreDatabase *database = app_page_get_database (page);

  forget (self);
  if (self->watched)
    g_signal_handler_disconnect (self->watched, self->watch);
  g_clear_object (&self->watched);
  app_worth_group_set_database (self->worth, database);
  if (!database)
    return;

  self->watched = g_object_ref (database);
  self->watch = g_signal_connect_swapped (database, "changed", G_CALLBACK (store_changed), self);
}

static void
delete (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  AppCustomerPage *self = APP_CUSTOMER_PAGE (widget);

  if (!self->dossier)
    return;

  app_edit_delete (widget, app_page_get_database (APP_PAGE (self)), self->dossier->party, NULL,
                   NULL);
  gtk_widget_activate_action (widget, "win.back", NULL);
}

static void
app_customer_page_dispose (GObject *object)
{
  AppCustomerPage *self = APP_CUSTOMER_PAGE (object);

  forget (self);
  if (self->watched)
    g_signal_handler_disconnect (self->watched, self->watch);
  g_clear_object (&self->watched);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->relation_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (app_customer_page_parent_class)->dispose (object);
}

static void
app_customer_page_class_init (AppCustomerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_customer_page_dispose;
  APP_PAGE_CLASS (klass)->database_changed = app_customer_page_database_changed;

  g_type_ensure (APP_TYPE_CONTACTS_GROUP);
  g_type_ensure (APP_TYPE_SIDE_BY_SIDE);
  g_type_ensure (APP_TYPE_STORY_VIEW);
  g_type_ensure (APP_TYPE_TAG_BOX);
  g_type_ensure (APP_TYPE_WORTH_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-customer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, title);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, states);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, worth);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, contacts);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, relations_group);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, tags);
  gtk_widget_class_bind_template_child (widget_class, AppCustomerPage, story);
  gtk_widget_class_install_action (widget_class, "customer.delete", NULL, delete);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
app_customer_page_init (AppCustomerPage *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->relation_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_facts (self);
}

/**
 * app_customer_page_set_customer:
 * @id: of a party
 *
 * Shows a customer, as soon as they are read.
 */
void
app_customer_page_set_customer (AppCustomerPage *self,
                                const StoreId   *id)
{
  g_return_if_fail (APP_IS_CUSTOMER_PAGE (self));

  if (self->chosen && store_id_equal (&self->id, id))
    return;

  forget (self);
  gtk_stack_set_visible_child_name (self->states, "reading");
  gtk_widget_set_visible (GTK_WIDGET (self->worth), FALSE);
  adw_window_title_set_title (self->title, "");
  adw_window_title_set_subtitle (self->title, "");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->id = *id;
  self->chosen = TRUE;
  read_dossier (self);
}

/**
 * app_customer_page_focus:
 *
 * Puts the cursor at the head of the page, not into a fact, where a stray letter would change it.
 */
void
app_customer_page_focus (AppCustomerPage *self)
{
  g_return_if_fail (APP_IS_CUSTOMER_PAGE (self));

  gtk_widget_grab_focus (self->back_button);
}

/**
 * app_customer_page_get_customer:
 * @id: (out): the customer that is shown
 *
 * Returns: whether one is
 */
gboolean
app_customer_page_get_customer (AppCustomerPage *self,
                                StoreId         *id)
{
  g_return_val_if_fail (APP_IS_CUSTOMER_PAGE (self), FALSE);

  if (self->chosen)
    *id = self->id;
  return self->chosen;
}
