/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the page says what was computed, with unit, definition and the day up to which it counts. */
#include "config.h"

#include "app-insights-page-private.h"

#include "app-insights-scenes.h"
#include "app-value-text.h"

#include <glib/gi18n.h>

#define MOST_BEST 10

static char *
dup_date (gint32 day)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) day * 86400);
  g_autofree char *iso = g_date_time_format (time, "%F");

  return app_date_to_text (iso);
}

static void
show_definition (AppInsightsPage *self)
{
  const StoreInsightOrders *orders = app_insights_result_get_orders (self->picture->result);
  g_autofree char *until = dup_date (app_insights_result_get_until (self->picture->result));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("From %'u order up to %s. Orders of one day are one purchase.",
                                    "From %'u orders up to %s. Orders of one day are one purchase.",
                                    orders->n_orders),
                          orders->n_orders, until);
  if (orders->n_other > 0)
    g_string_append_printf (text,
                            ngettext (" %'u order in another currency than %s is left out.",
                                      " %'u orders in other currencies than %s are left out.",
                                      orders->n_other),
                            orders->n_other, orders->currency);
  if (orders->n_incomplete > 0)
    g_string_append_printf (text,
                            ngettext (" %'u order without customer, date or total is left out.",
                                      " %'u orders without customer, date or total are left out.",
                                      orders->n_incomplete),
                            orders->n_incomplete);
  gtk_label_set_text (self->definition, text->str);
}

static void
show_segments (AppInsightsPage *self)
{
  const StoreSegments *segments = app_insights_result_get_segments (self->picture->result);

  gtk_widget_set_visible (self->segments_part, segments != NULL);
  app_chart_set_scene (self->segments_chart, self->picture->segments);
  app_chart_set_scene (self->map_chart, self->picture->map);
  if (!segments)
    return;

  g_autofree char *check = store_segments_dup_check (segments);
  g_autofree char *note = g_strdup_printf (
    _("Customers who are alike in last purchase, number of purchases and money, divided into %u "
      "groups (k-means; so many part best, silhouette %.2f). Names compare with the middle "
      "customer. %s"),
    segments->k, segments->silhouettes[segments->k], check ? check : "");

  gtk_label_set_text (self->segments_note, g_strchomp (note));
}

static void
show_cohorts (AppInsightsPage *self)
{
  const StoreCohorts *cohorts = app_insights_result_get_cohorts (self->picture->result);

  gtk_widget_set_visible (self->cohorts_part, self->picture->cohorts != NULL);
  app_chart_set_scene (self->cohorts_chart, self->picture->cohorts);
  if (!self->picture->cohorts)
    return;

  g_autofree char *check = store_cohorts_dup_check (cohorts);
  g_autofree char *note = g_strdup_printf (
    _("Of the customers of one month, how many bought again in the next. The last month may not be "
      "over. %s"), check ? check : "");

  gtk_label_set_text (self->cohorts_note, g_strchomp (note));
}

static void
show_value (AppInsightsPage *self)
{
  const StoreClv *clv = app_insights_result_get_clv (self->picture->result);

  gtk_widget_set_visible (self->value_part, self->picture->value != NULL);
  app_chart_set_scene (self->value_chart, self->picture->value);
  if (!self->picture->value)
    return;

  g_autofree char *notes = clv->notes ? g_strjoinv (" ", clv->notes) : g_strdup ("");
  g_autofree char *note = g_strdup_printf (
    _("What a customer will probably spend in the next %.0f days, in today's money (%.0f %% a "
      "month). Purchases by %s, their value by Gamma-Gamma. %s"),
    clv->options.horizon_days, clv->options.discount * 100,
    store_purchase_model_get_label (clv->options.model), notes);

  gtk_label_set_text (self->value_note, g_strchomp (note));
}

static void
show_too_little (AppInsightsPage *self)
{
  gboolean enough = self->picture->segments && self->picture->value;

  gtk_widget_set_visible (GTK_WIDGET (self->too_little), !enough);
  gtk_label_set_text (self->too_little,
                      !self->picture->segments
                        ? _("There are too few customers with orders to find groups among them.")
                        : _("There are too few customers who came back to say what they will buy "
                            "next. Lifetime values appear when there are more."));
}

static void
on_best_activated (AppInsightsPage *self,
                   GtkWidget       *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-customer", "s", id);
}

static void
add_best (AppInsightsPage *self,
          guint            row)
{
  AppInsightsResult *result = self->picture->result;
  const char *name = app_insights_result_get_name (result, row);
  const StoreClv *clv = app_insights_result_get_clv (result);
  g_autofree char *reason = clv ? store_clv_dup_reason (clv, row)
                                : app_insights_result_dup_facts (result, row);
  g_autofree char *amount = clv ? app_insights_result_dup_amount (result, clv->clv[row])
                                : g_strdup ("");
  GtkWidget *line = adw_action_row_new ();
  StoreId id;

  if (!app_insights_result_get_id (result, row, &id))
    return;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "…");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), reason);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_label_new (amount));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_object_set_data_full (G_OBJECT (line), "id", store_id_to_string (&id), g_free);
  g_signal_connect_swapped (line, "activated", G_CALLBACK (on_best_activated), self);
  adw_preferences_group_add (self->best_group, line);
  g_ptr_array_add (self->best_rows, line);
}

static void
show_best (AppInsightsPage *self)
{
  g_autoptr (GArray) rows = app_insights_scenes_best_rows (self->picture->result, MOST_BEST);

  for (guint i = 0; i < self->best_rows->len; i++)
    adw_preferences_group_remove (self->best_group, g_ptr_array_index (self->best_rows, i));
  g_ptr_array_set_size (self->best_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->best_group), self->picture->value != NULL);
  for (guint i = 0; self->picture->value && i < rows->len; i++)
    add_best (self, g_array_index (rows, guint32, i));
}

/**
 * app_insights_page_show_figures:
 *
 * Shows the picture at hand.
 */
void
app_insights_page_show_figures (AppInsightsPage *self)
{
  if (app_insights_result_get_n_rows (self->picture->result) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  show_definition (self);
  show_segments (self);
  show_cohorts (self);
  show_value (self);
  show_too_little (self);
  show_best (self);
  gtk_stack_set_visible_child_name (self->stack, "figures");
}

