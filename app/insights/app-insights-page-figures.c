/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the page says what was computed, with unit, definition and the day up to which it counts. */
#include "config.h"

#include "app-insights-page-private.h"

#include "app-value-text.h"

#include <glib/gi18n.h>

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
  g_autofree char *check = clv->backtest ? store_backtest_dup_verdict (clv->backtest) : NULL;
  g_autofree char *note = g_strdup_printf (
    _("What a customer will probably spend in the next %.0f days, in today's money (%.0f %% a "
      "month). Purchases by %s, their value by Gamma-Gamma. %s %s"),
    clv->options.horizon_days, clv->options.discount * 100,
    store_purchase_model_get_label (clv->options.model), check ? check : "", notes);

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
  app_insights_page_show_lists (self);
  app_insights_page_start_race (self);
  gtk_stack_set_visible_child_name (self->stack, "figures");
}
