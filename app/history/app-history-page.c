/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that was done, the latest on top, whichever device did it; anything can be taken back. */
#include "config.h"

#include "app-history-page.h"

#include <glib/gi18n-lib.h>

#include "app-change-text.h"
#include "app-device-names.h"
#include "app-value-text.h"

#define MAX_ENTRIES 200
#define MAX_CHANGES 4
/* What touched more records than these is told by its label and their number. */
#define MAX_RECORDS_TO_TELL 5

struct _AppHistoryPage
{
  AppBoxPage parent_instance;
};

G_DEFINE_FINAL_TYPE (AppHistoryPage, app_history_page, APP_TYPE_BOX_PAGE)

/* An entry with the name of whom it is about, which has to be read. */
typedef struct
{
  StoreHistoryEntry *entry;
  char *title;
} NamedEntry;

static void
named_entry_free (gpointer data)
{
  NamedEntry *named = data;

  store_history_entry_free (named->entry);
  g_free (named->title);
  g_free (named);
}

/* The customer that an entry is about, else the record itself: "Ada" also for a call with her. */
static char *
find_title (StoreDatabase           *database,
            const StoreHistoryEntry *entry)
{
  const StoreHistoryChange *change;
  g_autoptr (StoreRecord) record = NULL;
  g_autoptr (StoreRecord) party = NULL;
  const char *title;
  StoreId id;

  if (entry->n_records > MAX_RECORDS_TO_TELL || entry->changes->len == 0)
    return NULL;

  change = g_ptr_array_index (entry->changes, 0);
  if (change->kind)
    record = store_database_load (database, change->kind, &change->id, NULL);
  if (!record)
    return NULL;
  if (store_kind_get_field (change->kind, "party") &&
      store_record_get_reference (record, "party", &id))
    party = store_database_load (database, store_catalog_find ("party"), &id, NULL);

  title = store_record_get_title (party ? party : record);
  return title && *title ? g_strdup (title) : NULL;
}

static GPtrArray *
load (StoreDatabase  *database,
      GError        **error)
{
  g_autoptr (GPtrArray) entries = store_history_of_store (database, MAX_ENTRIES, error);
  GPtrArray *items;

  if (!entries)
    return NULL;

  items = g_ptr_array_new_with_free_func (named_entry_free);
  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      NamedEntry *named = g_new0 (NamedEntry, 1);

      named->entry = g_ptr_array_index (entries, i);
      /* What every store begins with has no time, and is nothing that a person did. */
      if (named->entry->time == 0)
        {
          named_entry_free (named);
          continue;
        }
      named->title = find_title (database, named->entry);
      g_ptr_array_add (items, named);
    }

  return items;
}

static char *
describe (const StoreHistoryEntry *entry)
{
  g_autofree char *when = app_moment_to_text (entry->time);
  g_autofree char *where = app_device_to_text (entry->device, entry->own);
  g_autofree char *number = app_number_to_text (entry->n_records);
  g_autofree char *records = NULL;

  /* Translators: %s is a number. */
  records = g_strdup_printf (ngettext ("%s record", "%s records", entry->n_records), number);
  if (entry->undone)
    return g_strdup_printf ("%s · %s · %s · %s", when, where, records, _("taken back"));

  return g_strdup_printf ("%s · %s · %s", when, where, records);
}

static char *
name_entry (const NamedEntry *named)
{
  const StoreHistoryEntry *entry = named->entry;
  g_autofree char *changes = app_changes_to_text (entry, MAX_CHANGES);
  g_autofree char *label = NULL;

  if (named->title)
    /* Translators: what was done, and the name of whom it is about. */
    label = g_strdup_printf (_("%s: %s"), entry->label, named->title);
  else
    label = g_strdup (entry->label);
  if (!*changes || entry->n_records > MAX_RECORDS_TO_TELL)
    return g_steal_pointer (&label);

  return g_strdup_printf ("%s\n%s", label, changes);
}

static GtkWidget *
new_undo_button (const StoreHistoryEntry *entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  /* Translators: %s is what was done: "Edit", "Import" ... */
  g_autofree char *label = g_strdup_printf (_("Take back: %s"), entry->label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.undo-group");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", entry->group);

  return button;
}

static GtkWidget *
new_row (AppBoxPage *page,
         gpointer    item)
{
  const NamedEntry *named = item;
  const StoreHistoryEntry *entry = named->entry;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = name_entry (named);
  g_autofree char *subtitle = describe (entry);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (!entry->undone)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_undo_button (entry));

  return row;
}

static void
app_history_page_class_init (AppHistoryPageClass *klass)
{
  AppBoxPageClass *page_class = APP_BOX_PAGE_CLASS (klass);

  page_class->load = load;
  page_class->new_row = new_row;
}

static void
app_history_page_init (AppHistoryPage *self)
{
  app_box_page_set_title (APP_BOX_PAGE (self), _("History"),
                          _("What was done last, on this and on your other computers. "
                            "Taking something back leaves alone what was changed after it."));
  app_box_page_set_empty (APP_BOX_PAGE (self), "document-open-recent-symbolic",
                          _("Nothing has happened yet"),
                          _("Every change will stand here, and can be taken back."));
}

AppPage *
app_history_page_new (void)
{
  return g_object_new (APP_TYPE_HISTORY_PAGE, NULL);
}
