/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-prediction.h"

G_BEGIN_DECLS

/* One series of the reference answers: what a method saw, what came, and what was answered. */
typedef struct
{
  char *name;
  JsonNode *root;
  double *values;
  guint n_all;
  guint n;
  guint season;
  guint horizon;
} SeriesRow;

/* Names of the series with a row for ARIMA and ETS, ended by NULL; "taylor" has the others only. */
extern const char *const series_row_names[];

/* The number of passengers of airlines in thousands, 144 months (Box, Jenkins). */
extern const double series_row_airline[144];

/* NULL, and the test skipped, where data or answers are not here. */
SeriesRow *series_row_load           (const char             *name);
void       series_row_free           (SeriesRow              *row);
double     series_row_get            (const SeriesRow        *row,
                                      const char             *path);
char      *series_row_dup_text       (const SeriesRow        *row,
                                      const char             *path);
double     series_row_get_mae        (const SeriesRow        *row,
                                      const StorePrediction  *prediction);
/* The forecast and its limits at 95 % against those of the answers, relative to the largest of the
 * forecasts, and their MAE and MASE. */
void       series_row_check          (const SeriesRow        *row,
                                      const char             *method,
                                      const StorePrediction  *prediction,
                                      double                  tolerance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeriesRow, series_row_free)

G_END_DECLS
