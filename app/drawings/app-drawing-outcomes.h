/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-drawing.h"

G_BEGIN_DECLS

AppChartScene *app_drawing_outcomes (JsonObject  *document,
                                     GError     **error);

G_END_DECLS
