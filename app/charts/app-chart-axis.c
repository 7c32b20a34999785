/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-chart-axis.h"

#include <glib/gi18n.h>
#include <math.h>

struct _AppChartAxis
{
  GObject parent_instance;

  AppChartScale scale;
  char *title;
  char **names;
  double low;
  double high;
};

G_DEFINE_FINAL_TYPE (AppChartAxis, app_chart_axis, G_TYPE_OBJECT)

static void
app_chart_axis_finalize (GObject *object)
{
  AppChartAxis *self = APP_CHART_AXIS (object);

  g_free (self->title);
  g_strfreev (self->names);
  G_OBJECT_CLASS (app_chart_axis_parent_class)->finalize (object);
}

static void
app_chart_axis_class_init (AppChartAxisClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_chart_axis_finalize;
}

static void
app_chart_axis_init (AppChartAxis *self)
{
  self->high = 1;
}

/**
 * app_chart_axis_new:
 * @title: (nullable): what is counted, with its unit
 */
AppChartAxis *
app_chart_axis_new (AppChartScale  scale,
                    const char    *title)
{
  AppChartAxis *self = g_object_new (APP_TYPE_CHART_AXIS, NULL);

  self->scale = scale;
  self->title = g_strdup (title);
  return self;
}

/**
 * app_chart_axis_new_categories:
 * @names: in the order in which they stand on the axis
 */
AppChartAxis *
app_chart_axis_new_categories (const char *const *names,
                               const char        *title)
{
  g_return_val_if_fail (names != NULL, NULL);

  AppChartAxis *self = app_chart_axis_new (APP_CHART_SCALE_CATEGORIES, title);

  self->names = g_strdupv ((char **) names);
  app_chart_axis_set_range (self, -.5, g_strv_length (self->names) - .5);
  return self;
}

AppChartScale
app_chart_axis_get_scale (AppChartAxis *self)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), APP_CHART_SCALE_LINEAR);

  return self->scale;
}

const char *
app_chart_axis_get_title (AppChartAxis *self)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), NULL);

  return self->title;
}

/**
 * app_chart_axis_set_range:
 *
 * What the axis shows from end to end. A range without extent is widened, so that a value alone
 * stands in the middle.
 */
void
app_chart_axis_set_range (AppChartAxis *self,
                          double        low,
                          double        high)
{
  g_return_if_fail (APP_IS_CHART_AXIS (self));

  gboolean logarithmic = self->scale == APP_CHART_SCALE_LOGARITHMIC;

  if (!isfinite (low) || !isfinite (high) || (logarithmic && low <= 0))
    {
      low = logarithmic ? 1 : 0;
      high = isfinite (high) && high > low ? high : low + 1;
    }
  if (high <= low && logarithmic)
    {
      high = low * 2;
      low /= 2;
    }
  else if (high <= low)
    {
      double margin = MAX (fabs (low) * .1, .5);

      high = low + margin;
      low -= margin;
    }
  self->low = low;
  self->high = high;
}

void
app_chart_axis_get_range (AppChartAxis *self,
                          double       *low,
                          double       *high)
{
  g_return_if_fail (APP_IS_CHART_AXIS (self));

  *low = self->low;
  *high = self->high;
}

/**
 * app_chart_axis_get_share:
 *
 * Returns: how far along the axis a value stands, 0 to 1; outside of that where it is off the axis.
 */
double
app_chart_axis_get_share (AppChartAxis *self,
                          double        value)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), 0);

  if (self->scale == APP_CHART_SCALE_LOGARITHMIC)
    return (log (MAX (value, self->low * 1e-6)) - log (self->low)) /
           (log (self->high) - log (self->low));
  return (value - self->low) / (self->high - self->low);
}

static AppChartTicks *
make_category_ticks (AppChartAxis *self)
{
  guint n = g_strv_length (self->names);
  AppChartTicks *ticks = app_chart_ticks_new_linear (0, 0, 1);

  for (guint i = 0; i < n; i++)
    {
      double value = i;

      g_array_append_val (ticks->values, value);
    }
  return ticks;
}

/**
 * app_chart_axis_make_ticks:
 * @wanted: about how many fit
 */
AppChartTicks *
app_chart_axis_make_ticks (AppChartAxis *self,
                           guint         wanted)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), NULL);

  switch (self->scale)
    {
    case APP_CHART_SCALE_LOGARITHMIC:
      return app_chart_ticks_new_logarithmic (self->low, self->high);
    case APP_CHART_SCALE_CALENDAR:
      return app_chart_ticks_new_calendar (self->low, self->high, wanted);
    case APP_CHART_SCALE_CATEGORIES:
      return make_category_ticks (self);
    case APP_CHART_SCALE_LINEAR:
    default:
      return app_chart_ticks_new_linear (self->low, self->high, wanted);
    }
}

static const char *
get_date_format (AppChartUnit unit)
{
  switch (unit)
    {
    case APP_CHART_UNIT_MONTH:
      /* Translators: a month on the axis of a chart, see strftime(3). */
      return _("%b %Y");
    case APP_CHART_UNIT_YEAR:
      /* Translators: a year on the axis of a chart, see strftime(3). */
      return _("%Y");
    case APP_CHART_UNIT_DAY:
    case APP_CHART_UNIT_NUMBER:
    default:
      /* Translators: a day on the axis of a chart, see strftime(3). */
      return _("%-d %b");
    }
}

static char *
format_date (double       day,
             AppChartUnit unit)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) floor (day) * 86400);

  return time ? g_date_time_format (time, get_date_format (unit)) : g_strdup ("");
}

/**
 * app_chart_axis_dup_label:
 * @ticks: what app_chart_axis_make_ticks() gave
 * @value: one of them
 *
 * Returns: (transfer full): what stands at a tick, as the person's language writes it.
 */
char *
app_chart_axis_dup_label (AppChartAxis  *self,
                          AppChartTicks *ticks,
                          double         value)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self) && ticks != NULL, NULL);

  if (self->scale == APP_CHART_SCALE_CALENDAR)
    return format_date (value, ticks->unit);
  if (self->scale == APP_CHART_SCALE_CATEGORIES)
    return g_strdup (app_chart_axis_get_name (self, (guint) value));

  int decimals = ticks->decimals;

  if (self->scale == APP_CHART_SCALE_LOGARITHMIC && value == floor (value))
    decimals = 0;
  return g_strdup_printf ("%'.*f", decimals, value == 0 ? 0 : value);
}

guint
app_chart_axis_get_n_names (AppChartAxis *self)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), 0);

  return self->names ? g_strv_length (self->names) : 0;
}

/**
 * app_chart_axis_get_name:
 *
 * Returns: (transfer none): the name of a category, empty behind the last.
 */
const char *
app_chart_axis_get_name (AppChartAxis *self,
                         guint         index)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (self), "");

  return index < app_chart_axis_get_n_names (self) ? self->names[index] : "";
}
