/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of a customer: each a small button that takes it off, and a line to type a new one. */
#include "config.h"

#include "app-tag-box.h"

#include <glib/gi18n-lib.h>

#include "app-edit.h"

struct _AppTagBox
{
  AdwBin parent_instance;

  GtkWidget *flow;
  GtkWidget *entry;

  StoreDatabase *database;
  StoreId party;
};

typedef struct
{
  StoreId party;
  StoreId tag;
  char *name;
} Tagging;

G_DEFINE_FINAL_TYPE (AppTagBox, app_tag_box, ADW_TYPE_BIN)

static void
tagging_free (gpointer data)
{
  Tagging *tagging = data;

  g_free (tagging->name);
  g_free (tagging);
}

/* A tag of that name is taken as it is; two devices that make it make one. */
static gboolean
add_tagging (StoreTransaction  *transaction,
             gpointer           data,
             GError           **error)
{
  Tagging *tagging = data;
  StoreValue name = store_value_text (tagging->name);
  g_autoptr (StoreRecord) tag = NULL;
  g_autoptr (StoreRecord) link = NULL;
  g_autoptr (GError) missing = NULL;

  tag = store_transaction_find (transaction, store_catalog_find ("tag"), "name", &name, &missing);
  if (!tag)
    {
      if (missing && !g_error_matches (missing, STORE_ERROR, STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
      tag = store_record_new (store_catalog_find ("tag"));
      store_record_set_text (tag, "name", tagging->name);
      if (!store_transaction_save (transaction, tag, error))
        return FALSE;
    }

  link = store_record_new (store_catalog_find ("tagging"));
  store_record_set_reference (link, "party", &tagging->party);
  store_record_set_reference (link, "tag", store_record_get_id (tag));
  return store_transaction_save (transaction, link, error);
}

static gboolean
remove_tagging (StoreTransaction  *transaction,
                gpointer           data,
                GError           **error)
{
  Tagging *tagging = data;
  const StoreKind *kind = store_catalog_find ("tagging");
  StoreValue party = store_value_id (&tagging->party);
  g_autoptr (GPtrArray) links = NULL;

  links = store_transaction_find_all (transaction, kind, "party", &party, error);
  if (!links)
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    {
      StoreRecord *link = g_ptr_array_index (links, i);
      StoreId tag;

      if (!store_record_get_reference (link, "tag", &tag) || !store_id_equal (&tag, &tagging->tag))
        continue;
      if (!store_transaction_delete (transaction, kind, store_record_get_id (link), error))
        return FALSE;
    }

  return TRUE;
}

static void
tag_clicked (GtkWidget   *button,
             StoreRecord *tag)
{
  AppTagBox *self = APP_TAG_BOX (gtk_widget_get_ancestor (button, APP_TYPE_TAG_BOX));
  Tagging *tagging = g_new0 (Tagging, 1);
  g_autofree char *told = NULL;

  tagging->party = self->party;
  tagging->tag = *store_record_get_id (tag);
  /* Translators: %s is a tag. */
  told = g_strdup_printf (_("The tag “%s” is taken off"), store_record_get_title (tag));
  app_edit_write (GTK_WIDGET (self), self->database, N_("Remove tag"), told, remove_tagging,
                  tagging, tagging_free, NULL, NULL);
}

static void
entry_activated (AppTagBox *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *told = NULL;
  Tagging *tagging;

  g_strstrip (name);
  if (!*name || !self->database)
    return;

  /* Translators: %s is a tag. */
  told = g_strdup_printf (_("Tagged “%s”"), name);
  tagging = g_new0 (Tagging, 1);
  tagging->party = self->party;
  tagging->name = g_steal_pointer (&name);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  app_edit_write (GTK_WIDGET (self), self->database, N_("Add tag"), told, add_tagging, tagging,
                  tagging_free, NULL, NULL);
}

static GtkWidget *
new_tag_button (StoreRecord *tag)
{
  const char *name = store_record_get_title (tag);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *label = NULL;

  /* Translators: %s is a tag. */
  label = g_strdup_printf (_("Take off the tag “%s”"), name);
  gtk_box_append (GTK_BOX (box), gtk_label_new (name));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "tag");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (tag_clicked), tag, 0);

  return button;
}

static void
app_tag_box_dispose (GObject *object)
{
  g_clear_object (&APP_TAG_BOX (object)->database);

  G_OBJECT_CLASS (app_tag_box_parent_class)->dispose (object);
}

static void
app_tag_box_class_init (AppTagBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_tag_box_dispose;
}

static void
app_tag_box_init (AppTagBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), 6);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 3);

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Add a tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a tag"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated), self);

  gtk_box_append (GTK_BOX (box), self->flow);
  gtk_box_append (GTK_BOX (box), self->entry);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * app_tag_box_show:
 * @party: whose tags
 * @tags: (element-type StoreRecord): of kind tag
 */
void
app_tag_box_show (AppTagBox     *self,
                  StoreDatabase *database,
                  const StoreId *party,
                  GPtrArray     *tags)
{
  GtkWidget *child;

  g_return_if_fail (APP_IS_TAG_BOX (self));

  g_set_object (&self->database, database);
  self->party = *party;

  while ((child = gtk_widget_get_first_child (self->flow)))
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  for (guint i = 0; i < tags->len; i++)
    {
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), new_tag_button (g_ptr_array_index (tags, i)));
      /* The button is what takes the keys, not the cell around it. */
      gtk_widget_set_focusable (gtk_widget_get_last_child (self->flow), FALSE);
    }
  gtk_widget_set_visible (self->flow, tags->len > 0);
}
