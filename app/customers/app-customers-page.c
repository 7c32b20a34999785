/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All customers in one table: sorted by a click on a header, narrowed as words are typed. */
#include "config.h"

#include "app-customers-page.h"

#include <glib/gi18n-lib.h>

#include "app-chosen-sort.h"
#include "app-customer-views.h"
#include "app-record-cell.h"
#include "app-settings.h"
#include "app-value-text.h"
#include "store-list.h"

struct _AppCustomersPage
{
  AppPage parent_instance;

  GtkSearchEntry *search_entry;
  GtkDropDown *view_choice;
  GtkStack *states;
  GtkColumnView *view;
  GtkButton *show_all;
  AdwStatusPage *error_page;
  GtkLabel *count;

  GPtrArray *columns;
  StoreList *list;
  GtkSingleSelection *selection;
};

typedef struct
{
  const char *field;
  const char *sort;
  gboolean expand;
  gboolean in_narrow;
  int width;
} Column;

static const Column columns[] = {
  { "star", "star", FALSE, TRUE, 40 },
  { "display_name", "sort_name", TRUE, TRUE, -1 },
  { "kind", "kind", FALSE, FALSE, 90 },
  { "lifecycle", "lifecycle", FALSE, TRUE, 100 },
  { "job_title", "job_title", FALSE, FALSE, 130 },
  { "source", "source", FALSE, FALSE, 130 },
  { "birthday", "birthday", FALSE, FALSE, 120 },
};

G_DEFINE_FINAL_TYPE (AppCustomersPage, app_customers_page, APP_TYPE_PAGE)

static gboolean
is_narrowed (AppCustomersPage *self)
{
  return gtk_drop_down_get_selected (self->view_choice) != 0 ||
         *gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

static void
show_state (AppCustomersPage *self)
{
  const GError *error = self->list ? store_list_get_error (self->list) : NULL;
  guint n = self->list ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  const char *state = "list";

  if (error)
    {
      adw_status_page_set_description (self->error_page, error->message);
      state = "error";
    }
  else if (n == 0 && self->list && !store_list_is_loading (self->list))
    state = is_narrowed (self) ? "nothing" : "empty";
  gtk_stack_set_visible_child_name (self->states, state);

  if (n > 0)
    {
      g_autofree char *number = app_number_to_text (n);
      /* Translators: %s is a number. */
      g_autofree char *text = g_strdup_printf (ngettext ("%s customer", "%s customers", n), number);

      gtk_label_set_label (self->count, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
}

static StoreQuery *
make_query (AppCustomersPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  StoreQuery *query = store_query_new ("party");
  gboolean descending = FALSE;
  const char *sort = app_chosen_sort_get_field (self->view, &descending);
  g_autoptr (StoreFilter) filter = NULL;

  store_query_set_sort (query, sort ? sort : "sort_name", descending);
  if (*words)
    store_query_set_search (query, words);
  filter = app_customer_views_dup_filter (gtk_drop_down_get_selected (self->view_choice));
  store_query_set_filter (query, filter);

  return query;
}

static void
update_query (AppCustomersPage *self)
{
  g_autoptr (StoreQuery) query = NULL;

  if (!self->list)
    return;

  query = make_query (self);
  store_list_set_query (self->list, query);
  show_state (self);
}

static void
sort_changed (AppCustomersPage *self)
{
  gboolean descending;
  const char *sort = app_chosen_sort_get_field (self->view, &descending);

  if (sort)
    {
      app_settings_set_string ("customers-sort", sort);
      app_settings_set_boolean ("customers-sort-descending", descending);
    }
  update_query (self);
}

static StoreRecord *
get_record (AppCustomersPage *self,
            guint             position)
{
  g_autoptr (StoreRow) row = NULL;

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;

  row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  return row ? store_row_get_record (row) : NULL;
}

static void
row_activated (AppCustomersPage *self,
               guint             position)
{
  StoreRecord *record = get_record (self, position);
  char id[STORE_ID_STRING_LENGTH + 1];

  if (!record)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  store_id_print (store_record_get_id (record), id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "s", id);
}

static void
search_activated (AppCustomersPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    row_activated (self, 0);
}

static gboolean
search_key_pressed (AppCustomersPage *self,
                    guint             keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_DOWN);
  return GDK_EVENT_STOP;
}

static void
search_stopped (AppCustomersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
show_all (AppCustomersPage *self)
{
  gtk_drop_down_set_selected (self->view_choice, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
add_column (AppCustomersPage *self,
            const Column     *column)
{
  const StoreField *field = store_kind_get_field (store_catalog_find ("party"), column->field);
  GtkListItemFactory *factory;
  GtkColumnViewColumn *view_column;
  gboolean star = g_str_equal (column->field, "star");

  factory = star ? app_record_cell_new_star_factory () : app_record_cell_new_factory (field->name);
  view_column = gtk_column_view_column_new (star ? "★" : store_field_get_label (field), factory);
  gtk_column_view_column_set_expand (view_column, column->expand);
  gtk_column_view_column_set_resizable (view_column, !star);
  gtk_column_view_column_set_fixed_width (view_column, column->width);
  app_chosen_sort_add_field (view_column, column->sort);
  gtk_column_view_append_column (self->view, view_column);
  g_ptr_array_add (self->columns, view_column);
}

static void
restore_sort (AppCustomersPage *self)
{
  g_autofree char *sort = app_settings_dup_string ("customers-sort", "sort_name");
  gboolean descending = app_settings_get_boolean ("customers-sort-descending", FALSE);
  guint chosen = 1;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].sort, sort))
      chosen = i;

  gtk_column_view_sort_by_column (self->view, g_ptr_array_index (self->columns, chosen),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
app_customers_page_database_changed (AppPage *page)
{
  AppCustomersPage *self = APP_CUSTOMERS_PAGE (page);
  StoreDatabase *database = app_page_get_database (page);
  g_autoptr (StoreQuery) query = NULL;

  gtk_single_selection_set_model (self->selection, NULL);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);

  if (database)
    {
      query = make_query (self);
      self->list = store_list_new (database, query);
      g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (show_state), self);
      g_signal_connect_swapped (self->list, "notify::loading", G_CALLBACK (show_state), self);
      gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
    }
  show_state (self);
}

static void
app_customers_page_narrow_changed (AppPage *page)
{
  AppCustomersPage *self = APP_CUSTOMERS_PAGE (page);
  gboolean narrow = app_page_get_narrow (page);
  guint position = 0;

  /* Columns come and go: one that is only hidden keeps its room in GTK 4.8. */
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (self->columns, i);
      gboolean shown = gtk_column_view_column_get_column_view (column) != NULL;
      gboolean wanted = !narrow || columns[i].in_narrow;

      if (shown && !wanted)
        gtk_column_view_remove_column (self->view, column);
      else if (!shown && wanted)
        gtk_column_view_insert_column (self->view, position, column);
      if (wanted)
        position++;
    }
}

static void
app_customers_page_start_search (AppPage *page)
{
  AppCustomersPage *self = APP_CUSTOMERS_PAGE (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
app_customers_page_dispose (GObject *object)
{
  AppCustomersPage *self = APP_CUSTOMERS_PAGE (object);

  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (app_customers_page_parent_class)->dispose (object);
}

static void
app_customers_page_class_init (AppCustomersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AppPageClass *page_class = APP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = app_customers_page_dispose;
  page_class->database_changed = app_customers_page_database_changed;
  page_class->narrow_changed = app_customers_page_narrow_changed;
  page_class->start_search = app_customers_page_start_search;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/clientele/Clientele/app-customers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, view_choice);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, states);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, view);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, AppCustomersPage, count);
}

static void
app_customers_page_init (AppCustomersPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GListModel) views = app_customer_views_new_model ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  restore_sort (self);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_drop_down_set_model (self->view_choice, views);

  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sort_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (row_activated), self);
  g_signal_connect_swapped (self->search_entry, "search-changed", G_CALLBACK (update_query), self);
  g_signal_connect_swapped (self->search_entry, "activate", G_CALLBACK (search_activated), self);
  g_signal_connect_swapped (self->search_entry, "stop-search", G_CALLBACK (search_stopped), self);
  g_signal_connect_object (self->view_choice, "notify::selected", G_CALLBACK (update_query), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->show_all, "clicked", G_CALLBACK (show_all), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);

  show_state (self);
}

AppPage *
app_customers_page_new (void)
{
  return g_object_new (APP_TYPE_CUSTOMERS_PAGE, NULL);
}

/**
 * app_customers_page_get_selected:
 * @id: (out): the customer under the cursor
 *
 * Returns: whether one is chosen
 */
gboolean
app_customers_page_get_selected (AppCustomersPage *self,
                                 StoreId          *id)
{
  StoreRecord *record;

  g_return_val_if_fail (APP_IS_CUSTOMERS_PAGE (self), FALSE);

  record = get_record (self, gtk_single_selection_get_selected (self->selection));
  if (!record)
    return FALSE;

  *id = *store_record_get_id (record);
  return TRUE;
}
