/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people behind a mark of a chart. Names that the result does not hold are loaded row by row,
 * as rows come into view.
 */
#include "config.h"

#include "app-people-window.h"

#include <glib/gi18n.h>

struct _AppPeopleWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkListView *list;

  StoreDatabase *database;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppPeopleWindow, app_people_window, ADW_TYPE_WINDOW)

static void
set_name (GtkListItem *item,
          const char  *name)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), name);
}

typedef struct
{
  GtkListItem *item;
  GObject *person;
} Pending;

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->item);
  g_object_unref (pending->person);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Pending) pending = data;
  g_autoptr (StoreRecord) party =
    store_database_load_finish (STORE_DATABASE (source), result, NULL);

  /* The row may show somebody else by now. */
  if (party && gtk_list_item_get_item (pending->item) == pending->person)
    set_name (pending->item, store_record_get_title (party));
}

static void
load_name (AppPeopleWindow   *self,
           GtkListItem       *item,
           AppInsightsPerson *person)
{
  Pending *pending = g_new0 (Pending, 1);
  StoreId id = { 0 };

  app_insights_person_get_id (person, &id);
  pending->item = g_object_ref (item);
  pending->person = g_object_ref (G_OBJECT (person));
  set_name (item, "…");
  store_database_load_async (self->database, STORE_KIND ("party"), &id, NULL, on_loaded, pending);
}

static void
on_setup (AppPeopleWindow *self,
          GtkListItem     *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *facts = gtk_label_new (NULL);

  for (GtkWidget *label = name; label; label = label == name ? facts : NULL)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (facts, "caption");
  gtk_widget_add_css_class (facts, "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (AppPeopleWindow *self,
         GtkListItem     *item)
{
  AppInsightsPerson *person = gtk_list_item_get_item (item);
  GtkWidget *facts = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  const char *name = app_insights_person_get_name (person);
  g_autofree char *text = app_insights_person_dup_facts (person);

  gtk_label_set_text (GTK_LABEL (facts), text);
  if (name)
    set_name (item, name);
  else
    load_name (self, item, person);
}

static void
on_activate (AppPeopleWindow *self,
             guint            position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  g_autoptr (AppInsightsPerson) person = g_list_model_get_item (model, position);
  g_autofree char *text = NULL;
  StoreId id;

  if (!person || !app_insights_person_get_id (person, &id))
    return;
  text = store_id_to_string (&id);
  g_signal_emit (self, signals[CHOSEN], 0, text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
app_people_window_dispose (GObject *object)
{
  g_clear_object (&APP_PEOPLE_WINDOW (object)->database);
  G_OBJECT_CLASS (app_people_window_parent_class)->dispose (object);
}

static void
app_people_window_class_init (AppPeopleWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_people_window_dispose;
  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/clientele/Clientele/app-people-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AppPeopleWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, AppPeopleWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
app_people_window_init (AppPeopleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * app_people_window_new:
 * @title: what these people have in common
 */
AppPeopleWindow *
app_people_window_new (GtkWindow         *parent,
                       StoreDatabase     *database,
                       const char        *title,
                       AppInsightsPeople *people)
{
  g_return_val_if_fail (APP_IS_INSIGHTS_PEOPLE (people), NULL);

  AppPeopleWindow *self =
    g_object_new (APP_TYPE_PEOPLE_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  guint n_people = g_list_model_get_n_items (G_LIST_MODEL (people));
  g_autofree char *count =
    g_strdup_printf (ngettext ("%'u person", "%'u people", n_people), n_people);
  g_autoptr (GtkSingleSelection) selection =
    gtk_single_selection_new (g_object_ref (G_LIST_MODEL (people)));

  self->database = g_object_ref (database);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, count);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return self;
}
