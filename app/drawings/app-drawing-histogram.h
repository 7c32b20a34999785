/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-drawing.h"

G_BEGIN_DECLS

/**
 * AppDrawingBins:
 * @step: how wide a bin is, a round number
 * @n_bins: how many there are; the last one also holds all that lies above it
 */
typedef struct
{
  double step;
  guint n_bins;
} AppDrawingBins;

/**
 * AppDrawingBinFunc:
 * @bins: the bins
 * @bin: one of them
 * @count: how many values are in it
 * @data: of the caller
 *
 * Returns: (transfer full): what is said of a bin
 */
typedef char *(*AppDrawingBinFunc) (const AppDrawingBins *bins,
                                    guint                 bin,
                                    guint                 count,
                                    gpointer              data);

AppDrawingBins app_drawing_bins_choose (const double          *values,
                                        guint                  n_values);
guint          app_drawing_bins_find   (const AppDrawingBins  *bins,
                                        double                 value);
AppChartScene *app_drawing_histogram   (const char            *title,
                                        const char            *x_title,
                                        const char            *y_title,
                                        const double          *values,
                                        guint                  n_values,
                                        AppDrawingBinFunc      func,
                                        gpointer               data);

G_END_DECLS
