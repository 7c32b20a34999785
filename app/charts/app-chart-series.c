/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-chart-series.h"

struct _AppChartSeries
{
  GObject parent_instance;

  char *name;
  GArray *points;
  GPtrArray *labels;
};

G_DEFINE_FINAL_TYPE (AppChartSeries, app_chart_series, G_TYPE_OBJECT)

static void
app_chart_series_finalize (GObject *object)
{
  AppChartSeries *self = APP_CHART_SERIES (object);

  g_free (self->name);
  g_array_unref (self->points);
  g_ptr_array_unref (self->labels);
  G_OBJECT_CLASS (app_chart_series_parent_class)->finalize (object);
}

static void
app_chart_series_class_init (AppChartSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_chart_series_finalize;
}

static void
app_chart_series_init (AppChartSeries *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (AppChartPoint));
  self->labels = g_ptr_array_new_with_free_func (g_free);
}

/**
 * app_chart_series_new:
 * @name: (nullable): shown in the legend
 */
AppChartSeries *
app_chart_series_new (const char *name)
{
  AppChartSeries *self = g_object_new (APP_TYPE_CHART_SERIES, NULL);

  self->name = g_strdup (name);
  return self;
}

const char *
app_chart_series_get_name (AppChartSeries *self)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (self), NULL);

  return self->name;
}

/**
 * app_chart_series_add:
 * @label: (nullable): what is said about this point when it is under the pointer or focused
 */
void
app_chart_series_add (AppChartSeries      *self,
                      const AppChartPoint *point,
                      const char          *label)
{
  g_return_if_fail (APP_IS_CHART_SERIES (self) && point != NULL);

  g_array_append_val (self->points, *point);
  g_ptr_array_add (self->labels, g_strdup (label));
}

guint
app_chart_series_get_size (AppChartSeries *self)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (self), 0);

  return self->points->len;
}

const AppChartPoint *
app_chart_series_get (AppChartSeries *self,
                      guint           index)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (self) && index < self->points->len, NULL);

  return &g_array_index (self->points, AppChartPoint, index);
}

const char *
app_chart_series_get_label (AppChartSeries *self,
                            guint           index)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (self) && index < self->labels->len, NULL);

  return g_ptr_array_index (self->labels, index);
}
