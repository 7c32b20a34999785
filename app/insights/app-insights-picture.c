/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-insights-picture.h"

#include "app-insights-scenes.h"
#include "app-today.h"

static gboolean
read_names (AppInsightsPicture  *self,
            StoreDatabase       *database,
            GError             **error)
{
  g_autoptr (GArray) best = app_insights_scenes_best_rows (self->result, APP_INSIGHTS_MOST_DOTS);
  const StoreDrops *drops = app_insights_result_get_drops (self->result);

  for (guint i = 0; drops && i < MIN (drops->n_alarms, APP_INSIGHTS_MOST_LISTED); i++)
    {
      guint32 row = store_drops_get (drops, i)->row;

      g_array_append_val (best, row);
    }
  return app_insights_result_read_names (self->result, database, best, error);
}

static void
draw (AppInsightsPicture *self)
{
  const StoreClv *clv = app_insights_result_get_clv (self->result);

  if (app_insights_result_get_segments (self->result))
    {
      self->segments = app_insights_scenes_segments (self->result);
      self->map = app_insights_scenes_map (self->result);
    }
  self->cohorts = app_insights_scenes_cohorts (self->result);
  if (clv && clv->has_spend)
    self->value = app_insights_scenes_value (self->result);
}

/**
 * app_insights_picture_new:
 *
 * Reads the orders up to today, computes and draws; blocks, for a worker thread.
 */
AppInsightsPicture *
app_insights_picture_new (StoreDatabase  *database,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (AppInsightsPicture) self = g_new0 (AppInsightsPicture, 1);

  self->result = app_insights_result_new (database, app_today_get (), cancellable, error);
  if (!self->result || !read_names (self, database, error))
    return NULL;
  draw (self);
  return g_steal_pointer (&self);
}

void
app_insights_picture_free (AppInsightsPicture *self)
{
  g_clear_object (&self->result);
  g_clear_object (&self->segments);
  g_clear_object (&self->map);
  g_clear_object (&self->cohorts);
  g_clear_object (&self->value);
  g_free (self);
}
