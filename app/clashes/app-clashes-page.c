/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that two devices wrote without sight of each other. The page shows every side with its
 * device and time, and lets the person choose; nothing was lost meanwhile. */
#include "config.h"

#include "app-clashes-page.h"

#include <glib/gi18n-lib.h>

#include "app-device-names.h"
#include "app-value-text.h"
#include "app-window.h"
#include "store-clash.h"

struct _AppClashesPage
{
  AppBoxPage parent_instance;
};

/* A clash with the name of its record, which has to be read. */
typedef struct
{
  StoreClash *clash;
  char *title;
} NamedClash;

typedef struct
{
  StoreDatabase *database;
  char *name;
  char *version;
  guint side;
  char *group;
} Choice;

G_DEFINE_FINAL_TYPE (AppClashesPage, app_clashes_page, APP_TYPE_BOX_PAGE)

static void
named_clash_free (gpointer data)
{
  NamedClash *named = data;

  store_clash_free (named->clash);
  g_free (named->title);
  g_free (named);
}

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->database);
  g_free (choice->name);
  g_free (choice->version);
  g_free (choice->group);
  g_free (choice);
}

static GPtrArray *
load (StoreDatabase  *database,
      GError        **error)
{
  g_autoptr (GPtrArray) clashes = store_clash_list (database, error);
  GPtrArray *items;

  if (!clashes)
    return NULL;

  items = g_ptr_array_new_with_free_func (named_clash_free);
  g_ptr_array_set_free_func (clashes, NULL);
  for (guint i = 0; i < clashes->len; i++)
    {
      NamedClash *named = g_new0 (NamedClash, 1);
      g_autoptr (StoreRecord) record = NULL;

      named->clash = g_ptr_array_index (clashes, i);
      record = store_database_load (database, named->clash->kind, &named->clash->id, NULL);
      named->title = g_strdup (record ? store_record_get_title (record) : NULL);
      g_ptr_array_add (items, named);
    }

  return items;
}

static void
settle_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Choice *choice = data;
  GError *error = NULL;

  if (store_clash_settle (choice->database, choice->name, choice->version, choice->side,
                          &choice->group, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
settled (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GtkWidget *self = GTK_WIDGET (source);
  Choice *choice = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    gtk_widget_activate_action (self, "win.done", "(ss)", choice->group ? choice->group : "",
                                _("The clash is settled"));
  else
    gtk_widget_activate_action (self, "win.tell", "s", error->message);
}

static void
side_chosen (GtkWidget      *button,
             AppClashesPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, settled, NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->database = g_object_ref (app_page_get_database (APP_PAGE (self)));
  choice->name = g_strdup (g_object_get_data (G_OBJECT (button), "clash"));
  choice->version = g_strdup (g_object_get_data (G_OBJECT (button), "version"));
  choice->side = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "side"));
  g_task_set_task_data (task, choice, choice_free);
  g_task_run_in_thread (task, settle_in_thread);
}

static char *
dup_currency (const StoreClash     *clash,
              const StoreClashSide *side)
{
  for (guint i = 0; i < clash->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);
      const StoreValue *value = &g_array_index (side->values, StoreValue, i);

      if (field->type == STORE_FIELD_CURRENCY && value->type == STORE_VALUE_TEXT)
        return store_value_dup_text (value);
    }

  return NULL;
}

/* The values of a side, one a line; with the names of the fields where there are several. */
static char *
describe_values (const StoreClash     *clash,
                 const StoreClashSide *side)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *currency = dup_currency (clash, side);

  for (guint i = 0; i < clash->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);
      const StoreValue *value = &g_array_index (side->values, StoreValue, i);
      g_autofree char *part = app_value_to_text (field, value, currency);

      if (clash->fields->len > 1 && !*part)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (clash->fields->len > 1)
        g_string_append_printf (text, "%s: ", store_field_get_label (field));
      g_string_append (text, *part ? part : _("nothing"));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
new_side_row (AppClashesPage   *self,
              const StoreClash *clash,
              guint             index)
{
  const StoreClashSide *side = g_ptr_array_index (clash->sides, index);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Keep"));
  g_autofree char *values = describe_values (clash, side);
  g_autofree char *when = app_moment_to_text (side->time);
  g_autofree char *where = app_device_to_text (side->device, side->own);
  g_autofree char *subtitle = NULL;
  g_autofree char *label = NULL;

  /* Translators: when, on which computer. */
  subtitle = index == 0 ? g_strdup_printf (_("%s on %s, shown now"), when, where)
                        : g_strdup_printf (_("%s on %s"), when, where);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), values);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  /* Translators: %s is a value. */
  label = g_strdup_printf (_("Keep “%s”"), values);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "clash", g_strdup (clash->name), g_free);
  g_object_set_data_full (G_OBJECT (button), "version", g_strdup (clash->version), g_free);
  g_object_set_data (G_OBJECT (button), "side", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (side_chosen), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static char *
name_fields (const StoreClash *clash)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < clash->fields->len; i++)
    {
      const StoreField *field = g_ptr_array_index (clash->fields, i);

      if (i > 0)
        /* Translators: stands between the names of fields. */
        g_string_append (text, _(", "));
      g_string_append (text, store_field_get_label (field));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
new_row (AppBoxPage *page,
         gpointer    item)
{
  AppClashesPage *self = APP_CLASHES_PAGE (page);
  const NamedClash *named = item;
  const char *kind = store_kind_get_label (named->clash->kind);
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *fields = name_fields (named->clash);
  g_autofree char *subtitle = NULL;

  /* Translators: a kind of record, then the names of its fields in clash. */
  subtitle = g_strdup_printf (_("%s: %s"), kind, fields);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 named->title && *named->title ? named->title : kind);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  for (guint i = 0; i < named->clash->sides->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_side_row (self, named->clash, i));

  return row;
}

static void
loaded (AppBoxPage *page,
        GPtrArray  *items)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (APP_IS_WINDOW (root))
    app_window_set_badge (APP_WINDOW (root), "clashes", items->len);
}

static void
app_clashes_page_class_init (AppClashesPageClass *klass)
{
  AppBoxPageClass *page_class = APP_BOX_PAGE_CLASS (klass);

  page_class->load = load;
  page_class->new_row = new_row;
  page_class->loaded = loaded;
  page_class->always = TRUE;
}

static void
app_clashes_page_init (AppClashesPage *self)
{
  app_box_page_set_title (APP_BOX_PAGE (self), _("Clashes"),
                          _("The same thing was changed on two computers before they met. "
                            "Both values are kept until you choose."));
  app_box_page_set_empty (APP_BOX_PAGE (self), "object-select-symbolic", _("No clashes"),
                          _("When two computers change the same thing before they meet, "
                            "you choose here."));
}

AppPage *
app_clashes_page_new (void)
{
  return g_object_new (APP_TYPE_CLASHES_PAGE, NULL);
}
