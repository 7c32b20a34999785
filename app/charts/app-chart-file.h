/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app-chart-scene.h"

G_BEGIN_DECLS

gboolean app_chart_file_write (AppChartScene  *scene,
                               const char     *path,
                               int             width,
                               int             height,
                               GError        **error);

G_END_DECLS
