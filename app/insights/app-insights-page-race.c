/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rule or model foretells best on these very orders. It takes many fits, so it runs when the
 * figures are already shown, and its verdict is added when it has come.
 */
#include "config.h"

#include "app-insights-page-private.h"

#include "store-tournament.h"

static void
race (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  const StoreInsightOrders *orders = app_insights_result_get_orders (data);
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  GError *error = NULL;
  g_autoptr (StoreTournament) tournament =
    store_tournament_new (orders->table, &options, cancellable, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           tournament->enough ? store_tournament_dup_verdict (tournament) : NULL,
                           g_free);
}

static void
on_raced (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  AppInsightsPage *self = APP_INSIGHTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *verdict = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->racing)
    return;

  g_clear_object (&self->racing);
  if (error)
    g_debug ("Nothing can be said of who foretells best: %s", error->message);
  gtk_label_set_text (self->verdict, verdict ? verdict : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), verdict != NULL);
}

/**
 * app_insights_page_stop_race:
 */
void
app_insights_page_stop_race (AppInsightsPage *self)
{
  if (self->racing)
    g_cancellable_cancel (self->racing);
  g_clear_object (&self->racing);
}

/**
 * app_insights_page_start_race:
 *
 * Lets rules and models race over the orders of the picture at hand.
 */
void
app_insights_page_start_race (AppInsightsPage *self)
{
  app_insights_page_stop_race (self);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
  if (!self->picture->value)
    return;

  self->racing = g_cancellable_new ();

  g_autoptr (GTask) task = g_task_new (self, self->racing, on_raced, NULL);

  g_task_set_task_data (task, g_object_ref (self->picture->result), g_object_unref);
  g_task_run_in_thread (task, race);
}
