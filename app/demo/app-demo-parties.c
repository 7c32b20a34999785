/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who the customers are: companies, the people one speaks to there, and private customers. */

#include "app-demo-plan-private.h"

#include <string.h>

typedef struct
{
  AppDemoHabit habit;
  int          weight;
} HabitShare;

static const HabitShare company_habits[] = {
  { APP_DEMO_HABIT_NEVER, 22 },    { APP_DEMO_HABIT_ONCE, 10 },  { APP_DEMO_HABIT_RARELY, 20 },
  { APP_DEMO_HABIT_REGULARLY, 24 }, { APP_DEMO_HABIT_OFTEN, 14 }, { APP_DEMO_HABIT_FESTIVALS, 10 },
};

static const HabitShare people_habits[] = {
  { APP_DEMO_HABIT_NEVER, 14 },    { APP_DEMO_HABIT_ONCE, 24 },  { APP_DEMO_HABIT_RARELY, 26 },
  { APP_DEMO_HABIT_REGULARLY, 18 }, { APP_DEMO_HABIT_OFTEN, 6 },  { APP_DEMO_HABIT_FESTIVALS, 12 },
};

static AppDemoHabit
pick_habit (const HabitShare *shares,
            AppDemoRandom    *random)
{
  int left = app_demo_random_between (random, 0, 99);

  while (left >= shares->weight)
    left -= (shares++)->weight;
  return shares->habit;
}

static gboolean
is_han (const char *text)
{
  return g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
}

static void
name_company (AppDemoParty  *party,
              AppDemoRandom *random)
{
  const AppDemoCulture *culture = party->culture;
  const AppDemoName *family = app_demo_culture_family (culture, random);
  guint n_formats = g_strv_length ((char **) culture->companies);
  const char *format = culture->companies[app_demo_random_below (random, n_formats)];
  const char *place = strstr (format, "%s");
  gboolean ends_with_place = is_han (family->written) && place != format;
  g_auto (GStrv) halves = g_strsplit (format, "%s", 2);

  g_free (party->name);
  g_free (party->latin);
  party->name = g_strconcat (halves[0], ends_with_place ? party->city->city : family->written,
                             halves[1], NULL);
  party->latin = g_strdup_printf ("%s-%u", family->latin, party->number);
}

/* No two customers have one name: the sample is not there to look for duplicates. */
static gboolean
is_taken (AppDemoPlan *self,
          const char  *name)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      AppDemoParty *party = g_ptr_array_index (self->parties, i);

      if (g_str_equal (party->name, name))
        return TRUE;
    }
  return FALSE;
}

static void
name_person (AppDemoParty  *party,
             AppDemoRandom *random)
{
  g_free (party->name);
  g_free (party->latin);
  party->given = app_demo_culture_given (party->culture, random);
  party->family = app_demo_culture_family (party->culture, random);
  party->latin = g_strconcat (party->given->latin, ".", party->family->latin, NULL);
  if (party->culture->family_first)
    party->name = g_strconcat (party->family->written, party->given->written, NULL);
  else
    party->name = g_strconcat (party->given->written, " ", party->family->written, NULL);
}

/* More customers come in the second year than in the first; some were there before. */
static gint
first_day (AppDemoPlan   *self,
           AppDemoRandom *random)
{
  double share = app_demo_random_unit (random);
  gint start = self->today - APP_DEMO_SPAN;

  if (app_demo_random_chance (random, .15))
    return start + app_demo_random_between (random, 0, 45);
  return start + (gint) ((APP_DEMO_SPAN - 4) * (.55 * share + .45 * share * (2 - share)));
}

static void
add_party (AppDemoPlan        *self,
           gboolean            company,
           const AppDemoParty *employer)
{
  AppDemoParty *party = g_new0 (AppDemoParty, 1);
  g_autofree char *name = g_strdup_printf ("party/%u", self->parties->len);
  AppDemoRandom random;

  app_demo_random_init (&random, name);
  store_id_init_from_name (&party->id, "demo", name);
  party->number = self->parties->len;
  party->company = company;
  party->employer = employer;
  party->culture = employer != NULL ? employer->culture : app_demo_culture_pick (&random);
  party->since = employer != NULL ? employer->since : first_day (self, &random);
  party->last_order = party->since;
  party->city = employer != NULL ? employer->city : NULL;

  do
    {
      if (employer == NULL)
        party->city = app_demo_culture_city (party->culture, &random);
      if (company)
        name_company (party, &random);
      else
        name_person (party, &random);
    }
  while (is_taken (self, party->name));

  if (employer == NULL)
    party->habit = pick_habit (company ? company_habits : people_habits, &random);

  g_ptr_array_add (self->parties, party);
}

void
app_demo_plan_parties (AppDemoPlan *self)
{
  for (guint i = 0; i < APP_DEMO_COMPANIES; i++)
    add_party (self, TRUE, NULL);

  /* Every company has a person to speak to, the first ones have more. */
  for (guint i = 0; i < APP_DEMO_CONTACTS; i++)
    add_party (self, FALSE, g_ptr_array_index (self->parties, i % APP_DEMO_COMPANIES));

  for (guint i = 0; i < APP_DEMO_PEOPLE; i++)
    add_party (self, FALSE, NULL);
}
