/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to reach a customer: numbers and addresses, a row each, opened to be changed. */
#include "config.h"

#include "app-contacts-group.h"

#include <glib/gi18n-lib.h>

#include "app-record-dialog.h"
#include "app-value-text.h"

struct _AppContactsGroup
{
  AdwPreferencesGroup parent_instance;

  StoreDatabase *database;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (AppContactsGroup, app_contacts_group, ADW_TYPE_PREFERENCES_GROUP)

static void
row_activated (GtkWidget   *row,
               StoreRecord *record)
{
  AppContactsGroup *self = APP_CONTACTS_GROUP (gtk_widget_get_ancestor (row,
                                                                        APP_TYPE_CONTACTS_GROUP));

  app_record_dialog_edit (GTK_WINDOW (gtk_widget_get_root (row)), self->database, record);
}

static void
add_row (AppContactsGroup *self,
         StoreRecord      *record,
         const char       *title,
         const char       *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated), record, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
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
show_contact (AppContactsGroup *self,
              StoreRecord      *record)
{
  const char *state = store_record_get_text (record, "state");
  g_autoptr (GString) subtitle = g_string_new (NULL);

  append_part (subtitle, record, "channel", " · ");
  append_part (subtitle, record, "label", " · ");
  if (state && !g_str_equal (state, "ok"))
    append_part (subtitle, record, "state", " · ");
  add_row (self, record, store_record_get_text (record, "value"), subtitle->str);
}

static void
show_address (AppContactsGroup *self,
              StoreRecord      *record)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) subtitle = g_string_new (NULL);

  append_part (title, record, "street", ", ");
  append_part (title, record, "postcode", ", ");
  append_part (title, record, "city", title->len && store_record_get_text (record, "postcode")
                                        ? " " : ", ");
  append_part (title, record, "region", ", ");
  append_part (title, record, "country", ", ");
  g_string_append (subtitle, store_kind_get_label (store_record_get_kind (record)));
  append_part (subtitle, record, "label", " · ");
  add_row (self, record, title->str, subtitle->str);
}

static void
app_contacts_group_dispose (GObject *object)
{
  g_clear_object (&APP_CONTACTS_GROUP (object)->database);

  G_OBJECT_CLASS (app_contacts_group_parent_class)->dispose (object);
}

static void
app_contacts_group_finalize (GObject *object)
{
  g_ptr_array_unref (APP_CONTACTS_GROUP (object)->rows);

  G_OBJECT_CLASS (app_contacts_group_parent_class)->finalize (object);
}

static void
app_contacts_group_class_init (AppContactsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = app_contacts_group_dispose;
  object_class->finalize = app_contacts_group_finalize;
}

static void
app_contacts_group_init (AppContactsGroup *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * app_contacts_group_show:
 * @contacts: (element-type StoreRecord): of kind contact_point
 * @addresses: (element-type StoreRecord): of kind address
 */
void
app_contacts_group_show (AppContactsGroup *self,
                         StoreDatabase    *database,
                         GPtrArray        *contacts,
                         GPtrArray        *addresses)
{
  g_return_if_fail (APP_IS_CONTACTS_GROUP (self));

  g_set_object (&self->database, database);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < contacts->len; i++)
    show_contact (self, g_ptr_array_index (contacts, i));
  for (guint i = 0; i < addresses->len; i++)
    show_address (self, g_ptr_array_index (addresses, i));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         self->rows->len > 0
                                           ? NULL
                                           : _("No number and no address yet: add one with +."));
}
