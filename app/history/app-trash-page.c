/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was thrown away: customers and the parts of their story, to be taken out again. */
#include "config.h"

#include "app-trash-page.h"

#include <glib/gi18n-lib.h>

#include "app-edit.h"
#include "store-query.h"

#define MAX_OF_A_KIND 100

struct _AppTrashPage
{
  AppBoxPage parent_instance;
};

G_DEFINE_FINAL_TYPE (AppTrashPage, app_trash_page, APP_TYPE_BOX_PAGE)

static gboolean
add_trashed (GPtrArray      *items,
             StoreDatabase  *database,
             const char     *kind,
             GError        **error)
{
  g_autoptr (StoreQuery) query = store_query_new (kind);
  g_autoptr (GPtrArray) records = NULL;

  store_query_set_trashed (query, TRUE);
  store_query_set_limit (query, MAX_OF_A_KIND);
  records = store_query_run (query, database, error);
  if (!records)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (items, g_object_ref (g_ptr_array_index (records, i)));

  return TRUE;
}

static GPtrArray *
load (StoreDatabase  *database,
      GError        **error)
{
  static const char *const kinds[] = {
    "party", "activity", "task", "deal", "document", "contact_point", "address",
  };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!add_trashed (items, database, kinds[i], error))
      return NULL;

  return g_steal_pointer (&items);
}

static gboolean
restore_record (StoreTransaction  *transaction,
                gpointer           data,
                GError           **error)
{
  return store_transaction_restore (transaction, store_record_get_kind (data),
                                    store_record_get_id (data), error);
}

static void
restore_clicked (GtkWidget   *button,
                 StoreRecord *record)
{
  AppPage *self = APP_PAGE (gtk_widget_get_ancestor (button, APP_TYPE_TRASH_PAGE));
  const char *title = store_record_get_title (record);
  g_autofree char *told = NULL;

  /* Translators: %s is the name of a record. */
  told = g_strdup_printf (_("“%s” is back"), title && *title
                                               ? title
                                               : store_kind_get_label (
                                                   store_record_get_kind (record)));
  app_edit_write (GTK_WIDGET (self), app_page_get_database (self), N_("Restore"), told,
                  restore_record, g_object_ref (record), g_object_unref, NULL, NULL);
}

static GtkWidget *
new_row (AppBoxPage *page,
         gpointer    item)
{
  StoreRecord *record = item;
  const char *kind = store_kind_get_label (store_record_get_kind (record));
  const char *title = store_record_get_title (record);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  g_autofree char *label = NULL;

  /* Translators: %s is the name of a record. */
  label = g_strdup_printf (_("Restore “%s”"), title && *title ? title : kind);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title && *title ? title : kind);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kind);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked), record, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
app_trash_page_class_init (AppTrashPageClass *klass)
{
  AppBoxPageClass *page_class = APP_BOX_PAGE_CLASS (klass);

  page_class->load = load;
  page_class->new_row = new_row;
}

static void
app_trash_page_init (AppTrashPage *self)
{
  app_box_page_set_title (APP_BOX_PAGE (self), _("Trash"),
                          _("What was thrown away. Restoring a customer brings back what went "
                            "along with them."));
  app_box_page_set_empty (APP_BOX_PAGE (self), "user-trash-symbolic", _("The trash is empty"),
                          _("What you throw away waits here and can be restored."));
}

AppPage *
app_trash_page_new (void)
{
  return g_object_new (APP_TYPE_TRASH_PAGE, NULL);
}
