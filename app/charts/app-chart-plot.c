/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-chart-plot.h"

float
app_chart_plot_get_x (const AppChartPlot *self,
                      double              value)
{
  float share = (float) app_chart_axis_get_share (self->x, value);

  return self->area.origin.x + self->area.size.width * share;
}

/* Values grow upwards; categories are read downwards. */
float
app_chart_plot_get_y (const AppChartPlot *self,
                      double              value)
{
  float share = (float) app_chart_axis_get_share (self->y, value);

  if (app_chart_axis_get_scale (self->y) != APP_CHART_SCALE_CATEGORIES)
    share = 1 - share;
  return self->area.origin.y + self->area.size.height * share;
}

/**
 * app_chart_plot_create_text:
 * @width: where to cut with an ellipsis, 0 for nowhere
 *
 * Returns: (transfer full): text a little smaller than that of the window.
 */
PangoLayout *
app_chart_plot_create_text (const AppChartPlot *self,
                            const char         *text,
                            float               width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (.9));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

void
app_chart_plot_draw_text (const AppChartPlot *self,
                          GtkSnapshot        *snapshot,
                          PangoLayout        *layout,
                          float               x,
                          float               y,
                          const GdkRGBA      *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

float
app_chart_plot_get_line_height (const AppChartPlot *self)
{
  g_autoptr (PangoLayout) layout = app_chart_plot_create_text (self, "X", 0);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}
