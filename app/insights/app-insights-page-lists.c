/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single customers on the page, each with the reason: who fell silent, who is worth most. */
#include "config.h"

#include "app-insights-page-private.h"

#include "app-insights-scenes.h"

#include <glib/gi18n.h>

static void
on_person_activated (AppInsightsPage *self,
                     GtkWidget       *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "s", id);
}

static void
add_person (AppInsightsPage     *self,
            AdwPreferencesGroup *group,
            guint                row,
            const char          *reason,
            const char          *amount)
{
  const char *name = app_insights_result_get_name (self->picture->result, row);
  GtkWidget *line = adw_action_row_new ();
  StoreId id;

  g_object_ref_sink (line);
  if (app_insights_result_get_id (self->picture->result, row, &id))
    {
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "…");
      adw_action_row_set_subtitle (ADW_ACTION_ROW (line), reason);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 3);
      if (amount)
        adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_label_new (amount));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      g_object_set_data_full (G_OBJECT (line), "id", store_id_to_string (&id), g_free);
      g_object_set_data (G_OBJECT (line), "group", group);
      g_signal_connect_swapped (line, "activated", G_CALLBACK (on_person_activated), self);
      adw_preferences_group_add (group, line);
      g_ptr_array_add (self->people_rows, line);
    }
  g_object_unref (line);
}

static void
clear_lists (AppInsightsPage *self)
{
  for (guint i = 0; i < self->people_rows->len; i++)
    {
      GtkWidget *line = g_ptr_array_index (self->people_rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (line), "group"), line);
    }
  g_ptr_array_set_size (self->people_rows, 0);
}

static void
show_silent (AppInsightsPage *self)
{
  const StoreDrops *drops = app_insights_result_get_drops (self->picture->result);
  guint n = drops ? MIN (drops->n_alarms, APP_INSIGHTS_MOST_LISTED) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->silent_group), n > 0);
  if (n == 0)
    return;

  g_autofree char *note = g_strdup_printf (
    ngettext ("%u customer bought less in the last %u days than they themselves led one to expect; "
              "about %.0f of 100 such alarms are false.",
              "%u customers bought less in the last %u days than they themselves led one to "
              "expect; about %.0f of 100 such alarms are false.",
              drops->n_alarms),
    drops->n_alarms, drops->options.window_days, 100 * drops->options.false_alarms);

  adw_preferences_group_set_description (self->silent_group, note);
  for (guint i = 0; i < n; i++)
    {
      guint row = store_drops_get (drops, i)->row;
      g_autofree char *reason = store_drops_dup_reason (drops, row);

      add_person (self, self->silent_group, row, reason, NULL);
    }
}

static void
show_best (AppInsightsPage *self)
{
  const StoreClv *clv = app_insights_result_get_clv (self->picture->result);
  g_autoptr (GArray) rows =
    app_insights_scenes_best_rows (self->picture->result, APP_INSIGHTS_MOST_LISTED);

  gtk_widget_set_visible (GTK_WIDGET (self->best_group), self->picture->value != NULL);
  for (guint i = 0; self->picture->value && i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      g_autofree char *reason = store_clv_dup_reason (clv, row);
      g_autofree char *amount =
        app_insights_result_dup_amount (self->picture->result, clv->clv[row]);

      add_person (self, self->best_group, row, reason, amount);
    }
}

/**
 * app_insights_page_show_lists:
 *
 * Shows the single customers of the picture at hand.
 */
void
app_insights_page_show_lists (AppInsightsPage *self)
{
  clear_lists (self);
  show_silent (self);
  show_best (self);
}
