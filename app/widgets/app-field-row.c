/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a form that fits a field's type. */
#include "config.h"

#include "app-field-row.h"

#include <glib/gi18n-lib.h>

static void
set_name (GtkWidget        *input,
          const StoreField *field)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  store_field_get_label (field), -1);
}

static GtkWidget *
new_text (const StoreField  *field,
          GtkWidget        **input)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (store_field_get_label (field));

  *input = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (*input), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (*input), FALSE);
  gtk_widget_set_size_request (*input, -1, 64);
  set_name (*input, field);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (box, "long-text");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), *input);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  return row;
}

static GtkWidget *
new_switch (const StoreField  *field,
            GtkWidget        **input)
{
  GtkWidget *row = adw_action_row_new ();

  *input = gtk_switch_new ();
  gtk_widget_set_valign (*input, GTK_ALIGN_CENTER);
  set_name (*input, field);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *input);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *input);

  return row;
}

static GtkWidget *
new_choice (const StoreField  *field,
            GPtrArray        **choices)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  *choices = g_ptr_array_new_with_free_func (g_free);
  if (!(field->flags & STORE_FIELD_REQUIRED))
    {
      g_ptr_array_add (*choices, g_strdup (""));
      /* Translators: nothing is chosen. */
      gtk_string_list_append (labels, _("Not set"));
    }
  for (const StoreChoice *choice = field->choices; choice && choice->value; choice++)
    {
      g_ptr_array_add (*choices, g_strdup (choice->value));
      gtk_string_list_append (labels, store_field_get_choice_label (field, choice->value));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));

  return row;
}

/**
 * app_field_row_new:
 * @field: what is to be edited
 * @input: (out) (transfer none): what holds the value: the row itself, a switch, or a text view
 * @choices: (out) (transfer full) (nullable) (element-type utf8): of a choice, the value of each
 *   position
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
app_field_row_new (const StoreField  *field,
                   GtkWidget        **input,
                   GPtrArray        **choices)
{
  GtkWidget *row;

  *choices = NULL;
  if (field->type == STORE_FIELD_LONG_TEXT)
    return new_text (field, input);
  if (field->type == STORE_FIELD_BOOLEAN)
    return new_switch (field, input);

  row = field->type == STORE_FIELD_ENUM ? new_choice (field, choices) : adw_entry_row_new ();
  *input = row;
  return row;
}
