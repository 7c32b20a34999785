/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

/**
 * AppCliSeries:
 * @n: number of values
 * @days: (nullable): when each was, days since 1970-01-01; %NULL where --date was not given and
 *   only their order is known
 * @values: the values, finite
 *
 * Values over time, as they stand in a file; nothing is sorted, filled or added up.
 */
typedef struct
{
  guint n;
  const gint32 *days;
  const double *values;

  GArray *day_array;
  GArray *value_array;
} AppCliSeries;

AppCliSeries *app_cli_insight_read_series (AppCliSession    *session,
                                           AppCliArguments  *arguments,
                                           GError          **error);
void          app_cli_series_free         (AppCliSeries     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliSeries, app_cli_series_free)

G_END_DECLS
