/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was said and done with each customer, and what is to be done. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"
#include "app-demo-phrases.h"

typedef struct
{
  AppDemoPlan        *plan;
  const AppDemoParty *party;
  AppDemoRandom       random;
  guint               n_activities;
  guint               n_tasks;
} Teller;

static StoreRecord *
tell (Teller         *self,
      AppDemoOccasion occasion,
      gint            day)
{
  const AppDemoPhrase *phrase;
  StoreRecord *record;
  gint64 start;

  phrase = app_demo_phrase_pick (occasion, self->party->culture->language, &self->random);
  start = app_demo_day_at_hour (app_demo_day_to_work (day),
                                app_demo_random_between (&self->random, 8, 16),
                                app_demo_random_between (&self->random, 0, 11) * 5);

  record = app_demo_plan_add (self->plan, "activity", "activity/%u/%u", self->party->number,
                              self->n_activities++);
  store_record_set_text (record, "kind", phrase->kind);
  store_record_set_reference (record, "party", &self->party->id);
  store_record_set_text (record, "state", day > self->plan->today ? "planned" : "held");
  if (phrase->direction != NULL)
    store_record_set_text (record, "direction", phrase->direction);
  store_record_set_integer (record, "start", start);
  if (g_str_equal (phrase->kind, "meeting"))
    store_record_set_integer (record, "end", start + 90 * 60 * 1000);
  store_record_set_text (record, "zone", "Europe/Berlin");
  store_record_set_text (record, "subject", phrase->subject);
  if (day <= self->plan->today)
    store_record_set_text (record, "body", phrase->body);
  if (occasion == APP_DEMO_OCCASION_COMPLAINT)
    store_record_set_text (record, "mood", "bad");
  else if (occasion == APP_DEMO_OCCASION_AFTER_ORDER && app_demo_random_chance (&self->random, .4))
    store_record_set_text (record, "mood", "good");

  return record;
}

static void
remember_to (Teller *self,
             gint    due,
             gboolean done)
{
  static const char *const priorities[] = { "high", "normal", "normal", "normal", "low" };
  const AppDemoPhrase *phrase;
  StoreRecord *record;

  phrase = app_demo_phrase_pick (APP_DEMO_OCCASION_TASK, self->party->culture->language,
                                 &self->random);
  record = app_demo_plan_add (self->plan, "task", "task/%u/%u", self->party->number,
                              self->n_tasks++);
  store_record_set_text (record, "title", phrase->subject);
  store_record_set_reference (record, "party", &self->party->id);
  app_demo_plan_set_day (record, "due", due);
  store_record_set_text (record, "priority", app_demo_random_pick (&self->random, priorities));
  store_record_set_text (record, "state", done ? "done" : "open");
  store_record_set_integer (record, "next_step", 1);
  if (phrase->body != NULL)
    store_record_set_text (record, "notes", phrase->body);
  if (done)
    store_record_set_integer (record, "done_at", app_demo_day_at_hour (due, 16, 30));
}

/* What follows an order: thanks, a word later, now and then a complaint. */
static void
tell_of_sale (Teller            *self,
              const AppDemoSale *sale)
{
  gint today = self->plan->today;
  gint later = sale->day + app_demo_random_between (&self->random, 3, 12);

  if (sale->number == 1 && sale->day < today && app_demo_random_chance (&self->random, .6))
    tell (self, APP_DEMO_OCCASION_FIRST_ORDER, sale->day);
  else if (later < today && app_demo_random_chance (&self->random, .16))
    tell (self, APP_DEMO_OCCASION_AFTER_ORDER, later);

  if (later < today && app_demo_random_chance (&self->random, .022))
    {
      tell (self, APP_DEMO_OCCASION_COMPLAINT, later);
      remember_to (self, later + 1, later + 1 < today);
    }
}

/* At a meeting sits the person one speaks to in that company. */
static void
meet (Teller *self,
      gint    day)
{
  StoreRecord *meeting = tell (self, APP_DEMO_OCCASION_MEETING, day);
  const AppDemoParty *guest;

  guest = g_ptr_array_index (self->plan->parties, APP_DEMO_COMPANIES + self->party->number);
  app_demo_plan_link (self->plan, "activity_link", "activity", store_record_get_id (meeting),
                      "party", &guest->id);
}

/* With a company one speaks a few times a year, and sometimes goes there. */
static void
tell_of_business (Teller *self)
{
  gint today = self->plan->today;
  gint day = self->party->since - app_demo_random_between (&self->random, 5, 25);
  gboolean lapsed = g_str_equal (self->party->lifecycle, "lapsed");
  gint end = lapsed ? self->party->last_order + 60 : today - 3;

  for (; day < end; day += app_demo_random_between (&self->random, 60, 150))
    {
      tell (self, APP_DEMO_OCCASION_BUSINESS, day);
      if (app_demo_random_chance (&self->random, .25))
        remember_to (self, MIN (day + 5, today - 1), TRUE);
    }
  if (self->party->n_orders > 2 && app_demo_random_chance (&self->random, .3))
    meet (self, MIN (self->party->since + 20, today - 1));
  if (!lapsed && app_demo_random_chance (&self->random, .1))
    meet (self, today + app_demo_random_between (&self->random, 2, 24));
}

static void
begin (Teller             *self,
       AppDemoPlan        *plan,
       const AppDemoParty *party)
{
  g_autofree char *name = g_strdup_printf ("story/%u", party->number);

  *self = (Teller){ .plan = plan, .party = party };
  app_demo_random_init (&self->random, name);
}

static void
tell_of_party (Teller *self)
{
  gint today = self->plan->today;
  const AppDemoParty *party = self->party;

  if (party->company)
    tell_of_business (self);
  else if (party->employer == NULL && party->n_orders == 0)
    tell (self, APP_DEMO_OCCASION_ENQUIRY, MIN (party->since, today - 1));
  if (app_demo_random_chance (&self->random, .12))
    tell (self, APP_DEMO_OCCASION_NOTE, MIN (party->since + 30, today - 1));

  /* What is still to be done: some of it is late, some is for today. */
  if (party->employer == NULL && app_demo_random_chance (&self->random, .11))
    remember_to (self, today + app_demo_random_between (&self->random, -9, 21), FALSE);
}

void
app_demo_plan_story (AppDemoPlan *self)
{
  g_autofree Teller *tellers = g_new (Teller, self->parties->len);

  for (guint i = 0; i < self->parties->len; i++)
    begin (&tellers[i], self, g_ptr_array_index (self->parties, i));

  for (guint i = 0; i < self->sales->len; i++)
    {
      const AppDemoSale *sale = &g_array_index (self->sales, AppDemoSale, i);

      tell_of_sale (&tellers[sale->party->number], sale);
    }
  for (guint i = 0; i < self->parties->len; i++)
    tell_of_party (&tellers[i]);
}
