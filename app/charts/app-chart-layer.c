/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-chart-layer.h"

#include <math.h>

/* How near the pointer must come to a mark, in pixels. */
#define REACH 4

typedef struct
{
  AppChartSeries *series;
} AppChartLayerPrivate;

enum
{
  PROP_SERIES = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (AppChartLayer, app_chart_layer, G_TYPE_OBJECT)

static void
app_chart_layer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AppChartLayerPrivate *priv = app_chart_layer_get_instance_private (APP_CHART_LAYER (object));

  if (prop_id == PROP_SERIES)
    priv->series = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_chart_layer_dispose (GObject *object)
{
  AppChartLayerPrivate *priv = app_chart_layer_get_instance_private (APP_CHART_LAYER (object));

  g_clear_object (&priv->series);
  G_OBJECT_CLASS (app_chart_layer_parent_class)->dispose (object);
}

static void
app_chart_layer_class_init (AppChartLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = app_chart_layer_set_property;
  object_class->dispose = app_chart_layer_dispose;

  properties[PROP_SERIES] =
    g_param_spec_object ("series", NULL, NULL, APP_TYPE_CHART_SERIES,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  klass->opacity = 1;
}

static void
app_chart_layer_init (AppChartLayer *self)
{
}

/**
 * app_chart_layer_get_series:
 *
 * Returns: (transfer none): what it draws.
 */
AppChartSeries *
app_chart_layer_get_series (AppChartLayer *self)
{
  g_return_val_if_fail (APP_IS_CHART_LAYER (self), NULL);

  AppChartLayerPrivate *priv = app_chart_layer_get_instance_private (self);

  return priv->series;
}

void
app_chart_layer_snapshot (AppChartLayer      *self,
                          const AppChartPlot *plot,
                          GtkSnapshot        *snapshot)
{
  g_return_if_fail (APP_IS_CHART_LAYER (self));

  APP_CHART_LAYER_GET_CLASS (self)->snapshot (self, plot, snapshot);
}

void
app_chart_layer_get_mark_area (AppChartLayer      *self,
                               const AppChartPlot *plot,
                               guint               index,
                               graphene_rect_t    *area)
{
  g_return_if_fail (APP_IS_CHART_LAYER (self));

  APP_CHART_LAYER_GET_CLASS (self)->get_mark_area (self, plot, index, area);
}

static float
measure_distance (const graphene_rect_t *area,
                  float                  x,
                  float                  y)
{
  float right = area->origin.x + area->size.width;
  float bottom = area->origin.y + area->size.height;
  float dx = MAX (MAX (area->origin.x - x, x - right), 0);
  float dy = MAX (MAX (area->origin.y - y, y - bottom), 0);

  return hypotf (dx, dy);
}

static float
measure_from_centre (const graphene_rect_t *area,
                     float                  x,
                     float                  y)
{
  return hypotf (area->origin.x + area->size.width / 2 - x,
                 area->origin.y + area->size.height / 2 - y);
}

/**
 * app_chart_layer_find:
 *
 * Returns: the mark under a place, of several the one whose centre is nearest; -1 for none.
 */
int
app_chart_layer_find (AppChartLayer      *self,
                      const AppChartPlot *plot,
                      float               x,
                      float               y)
{
  g_return_val_if_fail (APP_IS_CHART_LAYER (self), -1);

  guint size = app_chart_series_get_size (app_chart_layer_get_series (self));
  float nearest = G_MAXFLOAT;
  int found = -1;

  for (guint i = 0; i < size; i++)
    {
      graphene_rect_t area;

      app_chart_layer_get_mark_area (self, plot, i, &area);
      if (measure_distance (&area, x, y) > REACH || measure_from_centre (&area, x, y) >= nearest)
        continue;
      nearest = measure_from_centre (&area, x, y);
      found = (int) i;
    }
  return found;
}
