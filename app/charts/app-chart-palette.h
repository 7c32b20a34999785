/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * AppChartPalette:
 * @foreground: text, and frames by their opacity
 * @background: behind the hover text
 * @dark: whether marks stand on a dark ground
 *
 * The colours of one drawing, from the style of the window or for paper.
 */
typedef struct
{
  GdkRGBA foreground;
  GdkRGBA background;
  gboolean dark;
} AppChartPalette;

void    app_chart_palette_init       (AppChartPalette       *self,
                                      const GdkRGBA         *foreground);
void    app_chart_palette_init_paper (AppChartPalette       *self);
GdkRGBA app_chart_palette_get_mark   (const AppChartPalette *self,
                                      guint                  index);
GdkRGBA app_chart_palette_get_faint  (const AppChartPalette *self,
                                      float                  share);

G_END_DECLS
