/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a table of records. A row whose record is not read yet is empty and fills itself
 * when the page of the list has come. */
#include "config.h"

#include "app-record-cell.h"

#include <glib/gi18n-lib.h>

#include "app-value-text.h"

#define CELL_HANDLER "clientele-record-handler"

typedef void (*ShowFunc) (GtkWidget   *cell,
                          StoreRecord *record,
                          const char  *field);

typedef struct
{
  ShowFunc show;
  const char *field;
} Cell;

static void
show_text (GtkWidget   *cell,
           StoreRecord *record,
           const char  *field)
{
  g_autofree char *text = record ? app_record_to_text (record, field) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

static void
show_star (GtkWidget   *cell,
           StoreRecord *record,
           const char  *field)
{
  gboolean star = record && store_record_get_boolean (record, "star");

  gtk_image_set_from_icon_name (GTK_IMAGE (cell), star ? "starred-symbolic" : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  star ? _("Starred") : _("Not starred"), -1);
}

static void
record_changed (StoreRow    *row,
                GParamSpec  *pspec,
                GtkListItem *item)
{
  const Cell *cell = g_object_get_data (G_OBJECT (item), "cell");

  cell->show (gtk_list_item_get_child (item), store_row_get_record (row), cell->field);
}

static void
bind (GtkListItemFactory *factory,
      GtkListItem        *item,
      const Cell         *cell)
{
  StoreRow *row = gtk_list_item_get_item (item);
  gulong handler;

  g_object_set_data (G_OBJECT (item), "cell", (gpointer) cell);
  handler = g_signal_connect (row, "notify::record", G_CALLBACK (record_changed), item);
  g_object_set_data (G_OBJECT (item), CELL_HANDLER, GSIZE_TO_POINTER (handler));
  record_changed (row, NULL, item);
}

static void
unbind (GtkListItemFactory *factory,
        GtkListItem        *item)
{
  gulong handler = GPOINTER_TO_SIZE (g_object_steal_data (G_OBJECT (item), CELL_HANDLER));

  g_signal_handler_disconnect (gtk_list_item_get_item (item), handler);
}

static void
set_up_text (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 12);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 4);
  gtk_list_item_set_child (item, text);
}

static void
set_up_star (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  gtk_list_item_set_child (item, gtk_image_new ());
}

static void
free_cell (gpointer  cell,
           GClosure *closure)
{
  g_free (cell);
}

static GtkListItemFactory *
new_factory (GCallback   set_up,
             ShowFunc    show,
             const char *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cell *cell = g_new0 (Cell, 1);

  cell->show = show;
  cell->field = field;
  g_signal_connect (factory, "setup", set_up, NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind), cell, free_cell, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind), NULL);

  return factory;
}

/**
 * app_record_cell_new_factory:
 * @field: (transfer none): name of the field, a static string
 *
 * Returns: (transfer full): makes cells that show the field of a #StoreRow as text
 */
GtkListItemFactory *
app_record_cell_new_factory (const char *field)
{
  return new_factory (G_CALLBACK (set_up_text), show_text, field);
}

GtkListItemFactory *
app_record_cell_new_star_factory (void)
{
  return new_factory (G_CALLBACK (set_up_star), show_star, "star");
}
