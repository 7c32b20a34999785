/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a customer: the first letters are typed, the best matches stand below, Enter takes the
 * first of them. */
#include "config.h"

#include "app-party-chooser.h"

#include <glib/gi18n-lib.h>

#include "store-query.h"

#define MAX_MATCHES 5

struct _AppPartyChooser
{
  AdwPreferencesGroup parent_instance;

  StoreDatabase *database;
  GtkWidget *entry;
  GPtrArray *rows;
  GPtrArray *matches;
  GCancellable *searching;
  StoreId party;
  gboolean chosen;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (AppPartyChooser, app_party_chooser, ADW_TYPE_PREFERENCES_GROUP)

static void
clear_matches (AppPartyChooser *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
}

static void
choose (AppPartyChooser *self,
        guint            index)
{
  StoreRecord *record = g_ptr_array_index (self->matches, index);

  self->party = *store_record_get_id (record);
  self->chosen = TRUE;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), store_record_get_title (record));
  self->filling = FALSE;
  clear_matches (self);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                          GTK_DIR_TAB_FORWARD);
}

static void
match_activated (GtkListBoxRow   *row,
                 AppPartyChooser *self)
{
  guint index;

  if (g_ptr_array_find (self->rows, row, &index))
    choose (self, index);
}

static void
show_matches (AppPartyChooser *self,
              GPtrArray       *matches)
{
  clear_matches (self);
  self->matches = g_ptr_array_ref (matches);

  for (guint i = 0; i < matches->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (matches, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), store_record_get_title (record));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect (row, "activated", G_CALLBACK (match_activated), self);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

static void
matches_found (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (AppPartyChooser) self = data;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;

  matches = store_query_run_finish (STORE_QUERY (source), result, &error);
  if (matches)
    show_matches (self, matches);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("The customers could not be searched: %s", error->message);
}

static void
text_changed (AppPartyChooser *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (StoreQuery) query = NULL;

  if (self->filling)
    return;

  self->chosen = FALSE;
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (!*words)
    {
      clear_matches (self);
      return;
    }

  self->searching = g_cancellable_new ();
  query = store_query_new ("party");
  store_query_set_search (query, words);
  store_query_set_limit (query, MAX_MATCHES);
  store_query_run_async (query, self->database, self->searching, matches_found,
                         g_object_ref (self));
}

static void
entry_activated (AppPartyChooser *self)
{
  if (!self->chosen && self->matches && self->matches->len > 0)
    choose (self, 0);
}

static void
app_party_chooser_dispose (GObject *object)
{
  AppPartyChooser *self = APP_PARTY_CHOOSER (object);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_object (&self->database);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->matches, g_ptr_array_unref);

  G_OBJECT_CLASS (app_party_chooser_parent_class)->dispose (object);
}

static void
app_party_chooser_class_init (AppPartyChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_party_chooser_dispose;
}

static void
app_party_chooser_init (AppPartyChooser *self)
{
  self->rows = g_ptr_array_new ();
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry),
                                 _("Customer (type the beginning of the name)"));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_changed), self);
  g_signal_connect_swapped (self->entry, "entry-activated", G_CALLBACK (entry_activated), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->entry);
}

GtkWidget *
app_party_chooser_new (StoreDatabase *database)
{
  AppPartyChooser *self = g_object_new (APP_TYPE_PARTY_CHOOSER, NULL);

  self->database = g_object_ref (database);
  return GTK_WIDGET (self);
}

/**
 * app_party_chooser_get_party:
 * @id: (out): the customer
 *
 * Returns: whether one is chosen
 */
gboolean
app_party_chooser_get_party (AppPartyChooser *self,
                             StoreId         *id)
{
  g_return_val_if_fail (APP_IS_PARTY_CHOOSER (self), FALSE);

  if (!self->chosen)
    return FALSE;

  *id = self->party;
  return TRUE;
}

void
app_party_chooser_focus (AppPartyChooser *self)
{
  g_return_if_fail (APP_IS_PARTY_CHOOSER (self));

  gtk_widget_grab_focus (self->entry);
}
