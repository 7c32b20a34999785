/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is on offer: some deals are won, some lost, and the open ones stand in every stage; of
 * these some have their next step planned, some have it late, and some have none. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"
#include "app-demo-phrases.h"

#include <math.h>

#define N_DEALS 96

static const char *const lost_reasons[] = {
  "price", "bought elsewhere", "no answer", "put off until next year",
};

/* The stages that every new store has, by the names that their ids are made from. */
static const char *const open_stages[] = { "New", "Contacted", "Proposal", "Negotiation" };

static void
refer_to_stage (StoreRecord *record,
                const char  *field,
                const char  *stage)
{
  StoreId id;

  store_id_init_from_name (&id, "stage", stage);
  store_record_set_reference (record, field, &id);
}

static void
plan_next_step (AppDemoPlan        *self,
                guint               number,
                const AppDemoParty *party,
                StoreRecord        *deal,
                AppDemoRandom      *random)
{
  const AppDemoPhrase *phrase;
  StoreRecord *record;

  if (app_demo_random_chance (random, .25))
    return;

  phrase = app_demo_phrase_pick (APP_DEMO_OCCASION_TASK, party->culture->language, random);
  record = app_demo_plan_add (self, "task", "task/deal/%u", number);
  store_record_set_text (record, "title", phrase->subject);
  store_record_set_reference (record, "party", &party->id);
  store_record_set_reference (record, "deal", store_record_get_id (deal));
  app_demo_plan_set_day (record, "due", self->today + app_demo_random_between (random, -6, 18));
  store_record_set_text (record, "priority", "normal");
  store_record_set_text (record, "state", "open");
  store_record_set_integer (record, "next_step", 1);
}

static void
offer (AppDemoPlan        *self,
       guint               number,
       const AppDemoParty *party,
       AppDemoRandom      *random)
{
  const AppDemoPhrase *phrase;
  const char *stage = app_demo_random_pick (random, open_stages);
  StoreRecord *record = app_demo_plan_add (self, "deal", "deal/%u", number);
  g_autofree char *rank = g_strdup_printf ("%04u", number);
  double value = app_demo_random_around (random, party->company ? 190000 : 42000, .7);
  guint32 fate = app_demo_random_below (random, 100);

  phrase = app_demo_phrase_pick (APP_DEMO_OCCASION_DEAL, party->culture->language, random);
  store_record_set_text (record, "title", phrase->subject);
  store_record_set_reference (record, "party", &party->id);
  store_record_set_text (record, "rank", rank);
  app_demo_plan_set_money (record, "value", (gint64) round (value / 5000) * 5000 + 5000);

  if (fate < 42)
    {
      refer_to_stage (record, "stage", stage);
      app_demo_plan_set_day (record, "expected_close",
                             self->today + app_demo_random_between (random, -8, 110));
      plan_next_step (self, number, party, record, random);
      return;
    }

  refer_to_stage (record, "stage", fate < 75 ? "Won" : "Lost");
  refer_to_stage (record, "last_open_stage", stage);
  app_demo_plan_set_day (record, "expected_close",
                         self->today - app_demo_random_between (random, 6, 600));
  if (fate >= 75)
    store_record_set_text (record, "lost_reason", app_demo_random_pick (random, lost_reasons));
}

/* Three deals of four are with companies. */
void
app_demo_plan_deals (AppDemoPlan *self)
{
  AppDemoRandom random;

  app_demo_random_init (&random, "deals");
  for (guint i = 0; i < N_DEALS; i++)
    {
      guint32 number = app_demo_random_below (&random, APP_DEMO_COMPANIES);

      if (i % 4 == 3)
        number = APP_DEMO_COMPANIES + APP_DEMO_CONTACTS
                 + app_demo_random_below (&random, APP_DEMO_PEOPLE);
      offer (self, i, g_ptr_array_index (self->parties, number), &random);
    }
}
