/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-drawing.h"

G_BEGIN_DECLS

/**
 * AppDrawingBar:
 * @name: what the bar is of
 * @value: how long it is; below 0 to the left
 * @label: (nullable): more about it, for the pointer
 * @color: which colour of the palette
 */
typedef struct
{
  const char *name;
  double value;
  const char *label;
  guint color;
} AppDrawingBar;

AppChartScene *app_drawing_bars      (const char           *title,
                                      const char           *unit,
                                      const AppDrawingBar  *bars,
                                      guint                 n_bars);
AppChartScene *app_drawing_bars_list (const char           *title,
                                      const char           *unit,
                                      JsonArray            *list,
                                      const char           *name_member,
                                      const char           *value_member,
                                      guint                 most);

G_END_DECLS
