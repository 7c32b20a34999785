/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "bench-insight.h"
#include "shared-data.h"
#include "store-arima.h"
#include "store-ets.h"

static const struct
{
  const char *name;
  guint season;
} sets[] = {
  { "AirPassengers", 12 }, { "UKgas", 4 }, { "co2", 12 }, { "wineind", 12 },
  { "Nile", 1 }, { "lynx", 1 }, { "JohnsonJohnson", 4 },
};

/* Of the reference answers, where the series are named alike. */
static const BenchPeer airline_peer = { "R forecast 8.20, Arima", 0.021 };

typedef struct
{
  double *values;
  guint n;
  guint season;
  double figure;
} Series;

static void
series_clear (Series *self)
{
  g_clear_pointer (&self->values, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Series, series_clear)

static gboolean
series_load (Series     *self,
             const char *name,
             guint       season)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);
  g_autofree char *path = bench_find_data ("ts", file);

  *self = (Series) { .season = season };
  if (path == NULL)
    return FALSE;
  self->values = numbers_load (path, 1, 1, &self->n);
  return self->n > 0;
}

static void
fit_airline (gpointer data)
{
  Series *self = data;
  const StoreArimaOrder order = { 0, 1, 1, 0, 1, 1, 12, FALSE, 0 };
  g_autoptr (StoreArima) model = store_arima_new (self->values, self->n, &order, NULL);

  self->figure = model->loglik;
}

static void
choose_arima (gpointer data)
{
  Series *self = data;
  g_autoptr (StoreArima) model = store_arima_new_auto (self->values, self->n, self->season, NULL,
                                                       NULL);

  self->figure = model->aicc;
}

static void
choose_ets (gpointer data)
{
  Series *self = data;
  g_autoptr (StoreEts) model = store_ets_new_auto (self->values, self->n, self->season, NULL, NULL);

  self->figure = model->aicc;
}

static void
tell (Series          *series,
      BenchFunc        func,
      const char      *kind,
      const char      *name,
      const char      *figure_of,
      const BenchPeer *recorded)
{
  g_autofree char *key = name != NULL ? g_strdup_printf ("%s-%s", kind, name) : g_strdup (kind);
  g_autofree char *what = g_strdup_printf ("%s, %s", kind, name != NULL ? name : "AirPassengers");
  double seconds = bench_measure (func, series, 3);
  g_autofree char *figure = g_strdup_printf ("%s %.4f", figure_of, series->figure);

  bench_tell (key, what, seconds, figure, recorded);
}

static void
bench_airline (void)
{
  g_auto (Series) series = { 0 };

  if (!series_load (&series, "AirPassengers", 12))
    {
      bench_skip ("series");
      return;
    }
  for (guint i = 0; i < series.n; i++)
    series.values[i] = log (series.values[i]);
  tell (&series, fit_airline, "airline", NULL, "log-likelihood", &airline_peer);
}

void
bench_forecast (void)
{
  bench_airline ();
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_auto (Series) series = { 0 };

      if (!series_load (&series, sets[i].name, sets[i].season))
        continue;
      tell (&series, choose_arima, "auto-arima", sets[i].name, "AICc", NULL);
      tell (&series, choose_ets, "ets", sets[i].name, "AICc", NULL);
    }
}

/* The peers read the series themselves. */
void
bench_forecast_write (const char *folder)
{
}
