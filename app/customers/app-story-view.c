/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The story with a customer, the latest on top, and the buttons that go on with it. */
#include "config.h"

#include "app-story-view.h"

#include <glib/gi18n-lib.h>

#include "app-edit.h"
#include "app-record-dialog.h"
#include "app-story-entry.h"

#define FIRST_ENTRIES 60

struct _AppStoryView
{
  AdwBin parent_instance;

  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *more;

  StoreDatabase *database;
  GPtrArray *story;
  GListStore *shown;
  gboolean all;
};

G_DEFINE_FINAL_TYPE (AppStoryView, app_story_view, ADW_TYPE_BIN)

static gboolean
finish_task (StoreTransaction  *transaction,
             gpointer           data,
             GError           **error)
{
  StoreRecord *shown = data;
  g_autoptr (StoreRecord) task = NULL;

  task = store_transaction_load (transaction, store_record_get_kind (shown),
                                 store_record_get_id (shown), error);
  if (!task)
    return FALSE;

  store_record_set_text (task, "state", "done");
  store_record_set_integer (task, "done_at", g_get_real_time () / 1000);
  return store_transaction_save (transaction, task, error);
}

static void
task_done (GtkWidget     *button,
           AppStoryEntry *entry)
{
  AppStoryView *self = APP_STORY_VIEW (gtk_widget_get_ancestor (button, APP_TYPE_STORY_VIEW));
  StoreRecord *task = app_story_entry_get_record (entry);
  g_autofree char *told = NULL;

  /* Translators: %s is the title of a task. */
  told = g_strdup_printf (_("Done: %s"), store_record_get_title (task));
  gtk_widget_set_sensitive (button, FALSE);
  app_edit_write (GTK_WIDGET (self), self->database, N_("Finish task"), told, finish_task,
                  g_object_ref (task), g_object_unref, NULL, NULL);
}

static void
add_done_button (GtkWidget     *row,
                 AppStoryEntry *entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");
  /* Translators: %s is the title of a task. */
  g_autofree char *label = g_strdup_printf (_("“%s” is done"),
                                            app_story_entry_get_title (entry));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (task_done), entry, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_undo_button (GtkWidget     *row,
                 AppStoryEntry *entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Take this change back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Take this change back"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.undo-group");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    app_story_entry_get_group (entry));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static gboolean
is_open_task (StoreRecord *record)
{
  return record && g_str_equal (store_record_get_kind (record)->name, "task") &&
         g_strcmp0 (store_record_get_text (record, "state"), "done") != 0 &&
         g_strcmp0 (store_record_get_text (record, "state"), "dropped") != 0;
}

static GtkWidget *
new_row (gpointer item,
         gpointer data)
{
  AppStoryEntry *entry = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (app_story_entry_get_icon_name (entry));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), app_story_entry_get_title (entry));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), app_story_entry_get_detail (entry));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);

  if (app_story_entry_get_record (entry))
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  else
    gtk_widget_add_css_class (row, "change");
  if (is_open_task (app_story_entry_get_record (entry)))
    add_done_button (row, entry);
  if (app_story_entry_get_group (entry))
    add_undo_button (row, entry);

  return row;
}

static void
row_activated (AppStoryView  *self,
               GtkListBoxRow *row)
{
  g_autoptr (AppStoryEntry) entry = NULL;

  entry = g_list_model_get_item (G_LIST_MODEL (self->shown), gtk_list_box_row_get_index (row));
  if (entry && app_story_entry_get_record (entry))
    app_record_dialog_edit (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->database,
                            app_story_entry_get_record (entry));
}

/* Changes the middle only, so that the cursor and the place on the page stay. */
static void
update (AppStoryView *self)
{
  GListModel *model = G_LIST_MODEL (self->shown);
  guint n_old = g_list_model_get_n_items (model);
  guint n_new = self->all ? self->story->len : MIN (self->story->len, FIRST_ENTRIES);
  guint head = 0;
  guint tail = 0;

  for (; head < n_old && head < n_new; head++)
    {
      g_autoptr (AppStoryEntry) old = g_list_model_get_item (model, head);

      if (!app_story_entry_equal (old, g_ptr_array_index (self->story, head)))
        break;
    }
  for (; tail < n_old - head && tail < n_new - head; tail++)
    {
      g_autoptr (AppStoryEntry) old = g_list_model_get_item (model, n_old - 1 - tail);

      if (!app_story_entry_equal (old, g_ptr_array_index (self->story, n_new - 1 - tail)))
        break;
    }

  g_list_store_splice (self->shown, head, n_old - head - tail, self->story->pdata + head,
                       n_new - head - tail);
  gtk_widget_set_visible (self->list, n_new > 0);
  gtk_widget_set_visible (self->empty, n_new == 0);
  gtk_widget_set_visible (self->more, n_new < self->story->len);
}

static void
show_more (AppStoryView *self)
{
  self->all = TRUE;
  update (self);
}

static void
app_story_view_dispose (GObject *object)
{
  AppStoryView *self = APP_STORY_VIEW (object);

  g_clear_object (&self->database);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->story, g_ptr_array_unref);

  G_OBJECT_CLASS (app_story_view_parent_class)->dispose (object);
}

static void
app_story_view_class_init (AppStoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_story_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-story-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AppStoryView, list);
  gtk_widget_class_bind_template_child (widget_class, AppStoryView, empty);
  gtk_widget_class_bind_template_child (widget_class, AppStoryView, more);
}

static void
app_story_view_init (AppStoryView *self)
{
  self->shown = g_list_store_new (APP_TYPE_STORY_ENTRY);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->shown), new_row, NULL,
                           NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated), self);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (show_more), self);
}

/**
 * app_story_view_show:
 * @story: (element-type AppStoryEntry): in the order to be shown
 */
void
app_story_view_show (AppStoryView  *self,
                     StoreDatabase *database,
                     GPtrArray     *story)
{
  g_return_if_fail (APP_IS_STORY_VIEW (self));

  g_set_object (&self->database, database);
  g_clear_pointer (&self->story, g_ptr_array_unref);
  self->story = g_ptr_array_ref (story);
  update (self);
}
