/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was sold. Each customer buys in a rhythm of their own: the gaps between two purchases are
 * log-normal around a median of the habit, shorter before the winter holidays and longer in
 * summer, and after each purchase there is a chance that it was the last. Those of the habit
 * "festivals" buy before the feasts of their culture only. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double gap;
  double spread;
  double last;
  double amount;
} Rhythm;

static const Rhythm people_rhythms[] = {
  [APP_DEMO_HABIT_ONCE] = { 0, 0, 1, 3400 },
  [APP_DEMO_HABIT_RARELY] = { 110, .55, .16, 4200 },
  [APP_DEMO_HABIT_REGULARLY] = { 48, .45, .07, 5200 },
  [APP_DEMO_HABIT_OFTEN] = { 26, .30, .035, 3800 },
  [APP_DEMO_HABIT_FESTIVALS] = { 0, 0, .2, 9800 },
};

static const Rhythm company_rhythms[] = {
  [APP_DEMO_HABIT_ONCE] = { 0, 0, 1, 26000 },
  [APP_DEMO_HABIT_RARELY] = { 95, .50, .14, 31000 },
  [APP_DEMO_HABIT_REGULARLY] = { 35, .35, .05, 29000 },
  [APP_DEMO_HABIT_OFTEN] = { 15, .25, .012, 21000 },
  [APP_DEMO_HABIT_FESTIVALS] = { 0, 0, .15, 88000 },
};

/* How much more is sold in each month than in an average one. */
static const double seasons[12] = {
  1.0, .95, .95, 1.0, .9, .8, .7, .75, 1.05, 1.1, 1.3, 1.5,
};

static double
season_of (gint day)
{
  gint year, month, day_of_month;

  app_demo_day_split (day, &year, &month, &day_of_month);
  return seasons[month - 1];
}

static const Rhythm *
rhythm_of (const AppDemoParty *party)
{
  return party->company ? &company_rhythms[party->habit] : &people_rhythms[party->habit];
}

static void
sell (AppDemoPlan   *self,
      AppDemoParty  *party,
      AppDemoRandom *random,
      gint           day,
      double         usual)
{
  double amount = app_demo_random_around (random, usual, .35);
  AppDemoSale sale = { 0 };

  sale.party = party;
  sale.number = party->n_orders + 1;
  sale.day = app_demo_day_to_work (day);
  sale.cents = MAX (650, (gint64) round (amount / 10) * 10);

  party->last_order = sale.day;
  party->n_orders++;
  party->spent += sale.cents;
  g_array_append_val (self->sales, sale);
}

static void
sell_in_rhythm (AppDemoPlan   *self,
                AppDemoParty  *party,
                AppDemoRandom *random,
                double         usual)
{
  const Rhythm *rhythm = rhythm_of (party);
  double gap = rhythm->gap * app_demo_random_around (random, 1, .2);
  gint day = party->since;
  double pause;

  while (day < self->today)
    {
      sell (self, party, random, day, usual);
      if (app_demo_random_chance (random, rhythm->last))
        break;
      pause = app_demo_random_around (random, gap, rhythm->spread) / season_of (day);
      day += MAX (2, (gint) pause);
    }
}

static void
sell_before (AppDemoPlan   *self,
             AppDemoParty  *party,
             AppDemoRandom *random,
             double         usual,
             gint           first,
             gint           last)
{
  gint day = app_demo_random_between (random, first, last);

  if (day >= party->since && day < self->today && app_demo_random_chance (random, .72))
    sell (self, party, random, day, usual);
}

/* Spring Festival and Mid-Autumn for the Chinese, Christmas for the others. */
static void
sell_before_festivals (AppDemoPlan   *self,
                       AppDemoParty  *party,
                       AppDemoRandom *random,
                       double         usual)
{
  gint year, month, day;

  app_demo_day_split (self->today - APP_DEMO_SPAN, &year, &month, &day);
  for (gint last = year + 3; year < last; year++)
    {
      if (g_str_equal (party->culture->language, "zh"))
        {
          sell_before (self, party, random, usual, app_demo_day_of_date (year, 1, 4),
                       app_demo_day_of_date (year, 1, 30));
          sell_before (self, party, random, usual, app_demo_day_of_date (year, 8, 28),
                       app_demo_day_of_date (year, 9, 18));
        }
      else
        {
          sell_before (self, party, random, usual, app_demo_day_of_date (year, 11, 14),
                       app_demo_day_of_date (year, 12, 17));
        }
    }
}

static void
sell_to (AppDemoPlan  *self,
         AppDemoParty *party)
{
  g_autofree char *name = g_strdup_printf ("orders/%u", party->number);
  AppDemoRandom random;
  double usual;

  if (party->habit == APP_DEMO_HABIT_NEVER)
    return;

  app_demo_random_init (&random, name);
  usual = app_demo_random_around (&random, rhythm_of (party)->amount, .45);
  if (party->habit == APP_DEMO_HABIT_FESTIVALS)
    sell_before_festivals (self, party, &random, usual);
  else
    sell_in_rhythm (self, party, &random, usual);
}

static void
judge (AppDemoPlan  *self,
       AppDemoParty *party)
{
  gint silence = self->today - party->last_order;
  double patience = MAX (120, 2.5 * rhythm_of (party)->gap);

  if (party->n_orders == 0)
    party->lifecycle = party->number % 3 == 0 ? "prospect" : "lead";
  else if (party->habit == APP_DEMO_HABIT_FESTIVALS)
    party->lifecycle = silence > 460 ? "lapsed" : "customer";
  else
    party->lifecycle = silence > patience ? "lapsed" : "customer";
}

static gint
compare_sales (gconstpointer a,
               gconstpointer b)
{
  const AppDemoSale *first = a;
  const AppDemoSale *second = b;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  return first->party->number < second->party->number ? -1
         : first->party->number > second->party->number;
}

/* Works out who bought when, by day, and what that makes of each customer. */
void
app_demo_plan_sales (AppDemoPlan *self)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      AppDemoParty *party = g_ptr_array_index (self->parties, i);

      sell_to (self, party);
      judge (self, party);
    }
  g_array_sort (self->sales, compare_sales);
}
