/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The records of the customers themselves: how to reach them, where they live, what they are filed
 * under and how they hang together. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"

typedef struct
{
  const char *name;
  const char *color;
  double      people;
  double      companies;
} Tag;

static const Tag tags[] = {
  { "newsletter", "#3584e4", .45, .30 }, { "wholesale", "#9141ac", 0, .55 },
  { "gift box", "#e01b24", .14, .18 },   { "workshop", "#ff7800", .10, .12 },
  { "ceramics", "#986a44", .16, .14 },   { "café", "#26a269", 0, .30 },
  { "hotel", "#1a5fb4", 0, .15 },        { "local pickup", "#2ec27e", .08, .04 },
  { "press", "#5e5c64", .01, .02 },      { "老客户", "#c64600", .05, .08 },
};

static const char *const chinese_sources[] = { "网店", "网店", "朋友推荐", "小红书", "茶博会" };
static const char *const german_sources[] = { "Website", "Website", "Empfehlung", "Marktstand",
                                              "Laden" };
static const char *const english_sources[] = { "website", "website", "recommendation", "trade fair",
                                               "workshop" };

static const char *const chinese_jobs[] = { "店长", "采购经理", "行政主管", "老板", "市场经理" };
static const char *const german_jobs[] = { "Inhaberin", "Einkauf", "Büroleitung", "Küchenchef",
                                           "Marketing" };
static const char *const english_jobs[] = { "Owner", "Buyer", "Office manager", "Head chef",
                                            "Events" };

static const char *const chinese_notes[] = {
  "喜欢清淡的绿茶，不要茉莉花。", "送礼为主，需要开发票。", "周二、周四上午方便接电话。",
  "对器皿感兴趣，可以邀请参加品鉴会。",
};
static const char *const german_notes[] = {
  "Trinkt nur losen Tee, nichts Aromatisiertes.", "Rechnung immer an die Buchhaltung.",
  "Am besten nachmittags anrufen.", "Interessiert sich für Keramik.",
};
static const char *const english_notes[] = {
  "Prefers loose leaf, nothing scented.", "Orders presents for the whole family in autumn.",
  "Best reached in the afternoon.", "Asked about the next tasting.",
};

#define PICK_BY_LANGUAGE(party, random, chinese, german, english) \
  (g_str_equal ((party)->culture->language, "zh") ? app_demo_random_pick (random, chinese) \
   : g_str_equal ((party)->culture->language, "de") ? app_demo_random_pick (random, german) \
                                                    : app_demo_random_pick (random, english))

static void
add_contact_point (AppDemoPlan        *self,
                   const AppDemoParty *party,
                   const char         *channel,
                   const char         *value,
                   gboolean            preferred)
{
  StoreRecord *record = app_demo_plan_add (self, "contact_point", "contact/%u/%s", party->number,
                                           channel);

  store_record_set_reference (record, "party", &party->id);
  store_record_set_text (record, "channel", channel);
  store_record_set_text (record, "value", value);
  if (preferred)
    store_record_set_integer (record, "preferred", 1);
}

static char *
make_number (const AppDemoParty *party,
             const char         *exchange,
             AppDemoRandom      *random)
{
  return g_strdup_printf ("+%s %s 0%03d", party->culture->dial, exchange,
                          app_demo_random_between (random, 0, 999));
}

static void
add_contact_points (AppDemoPlan        *self,
                    const AppDemoParty *party,
                    AppDemoRandom      *random)
{
  gboolean chinese = g_str_equal (party->culture->language, "zh");
  const char *host = party->company             ? party->latin
                     : party->employer != NULL ? party->employer->latin
                                               : "mail";
  g_autofree char *mail = NULL;
  g_autofree char *phone = make_number (party, party->city->dial, random);
  g_autofree char *mobile = make_number (party, chinese ? "100 0000" : "700 900", random);

  mail = party->company ? g_strdup_printf ("info@%s.example", host)
         : party->employer != NULL
           ? g_strdup_printf ("%s@%s.example", party->latin, host)
           : g_strdup_printf ("%s.%u@%s.example", party->latin, party->number, host);

  if (app_demo_random_chance (random, .92))
    add_contact_point (self, party, "email", mail, !chinese);
  if (app_demo_random_chance (random, party->company ? .95 : .35))
    add_contact_point (self, party, "phone", phone, FALSE);
  if (!party->company && app_demo_random_chance (random, .65))
    add_contact_point (self, party, "mobile", mobile, FALSE);

  if (!party->company && chinese && app_demo_random_chance (random, .8))
    {
      g_autofree char *account = g_strdup_printf ("%s_%u", party->family->latin, party->number);

      add_contact_point (self, party, "wechat", account, TRUE);
    }
  if (party->company && app_demo_random_chance (random, .7))
    {
      g_autofree char *site = g_strdup_printf ("https://%s.example/", host);

      add_contact_point (self, party, "web", site, FALSE);
    }
}

static void
add_address (AppDemoPlan        *self,
             const AppDemoParty *party,
             AppDemoRandom      *random)
{
  StoreRecord *record = app_demo_plan_add (self, "address", "address/%u", party->number);
  g_autofree char *street = app_demo_culture_street (party->culture, random);

  store_record_set_reference (record, "party", &party->id);
  store_record_set_text (record, "street", street);
  store_record_set_text (record, "postcode", party->city->postcode);
  store_record_set_text (record, "city", party->city->city);
  store_record_set_text (record, "country", party->culture->country);
}

static void
add_tags (AppDemoPlan        *self,
          const AppDemoParty *party,
          const StoreId      *ids,
          AppDemoRandom      *random)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      if (app_demo_random_chance (random, party->company ? tags[i].companies : tags[i].people))
        app_demo_plan_link (self, "tagging", "party", &party->id, "tag", &ids[i]);
    }
}

static void
name_person (StoreRecord        *record,
             const AppDemoParty *party,
             AppDemoRandom      *random)
{
  g_autofree char *sort_name = NULL;

  if (party->culture->family_first)
    sort_name = g_strdup_printf ("%s %s", party->family->latin, party->given->latin);
  else
    sort_name = g_strdup_printf ("%s, %s", party->family->written, party->given->written);

  store_record_set_text (record, "given_name", party->given->written);
  store_record_set_text (record, "family_name", party->family->written);
  store_record_set_text (record, "sort_name", sort_name);
  if (app_demo_random_chance (random, .03))
    store_record_set_text (record, "name_prefix", "Dr.");
}

/* Some birthdays are known without the year. */
static void
add_birthday (StoreRecord   *record,
              AppDemoRandom *random)
{
  gint month = app_demo_random_between (random, 1, 12);
  gint day = app_demo_random_between (random, 1, 28);
  gint year = app_demo_random_between (random, 1948, 2004);
  g_autofree char *text = NULL;

  if (app_demo_random_chance (random, .5))
    return;
  text = app_demo_random_chance (random, .3) ? g_strdup_printf ("--%02d-%02d", month, day)
                                             : g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  store_record_set_text (record, "birthday", text);
}

static void
add_party (AppDemoPlan        *self,
           const AppDemoParty *party,
           AppDemoRandom      *random)
{
  StoreRecord *record = app_demo_plan_add (self, "party", "party/%u", party->number);
  gboolean dear = party->n_orders >= 12;

  store_record_set_text (record, "kind", party->company ? "company" : "person");
  store_record_set_text (record, "display_name", party->name);
  if (!party->company)
    {
      name_person (record, party, random);
      add_birthday (record, random);
    }
  store_record_set_text (record, "lifecycle",
                         party->employer != NULL ? party->employer->lifecycle : party->lifecycle);
  store_record_set_text (record, "source",
                         PICK_BY_LANGUAGE (party, random, chinese_sources, german_sources,
                                           english_sources));
  store_record_set_text (record, "language", party->culture->language);

  if (party->employer != NULL)
    store_record_set_text (record, "job_title",
                           PICK_BY_LANGUAGE (party, random, chinese_jobs, german_jobs,
                                             english_jobs));
  if (party->n_orders > 0)
    {
      g_autofree char *number = g_strdup_printf ("K%05u", 10000 + party->number);

      store_record_set_text (record, "external_id", number);
    }
  if (dear || app_demo_random_chance (random, .05))
    store_record_set_integer (record, "touch_every", party->company ? 30 : 90);
  if (app_demo_random_chance (random, dear ? .25 : .02))
    store_record_set_integer (record, "star", 1);
  if (!party->company && app_demo_random_chance (random, .16))
    store_record_set_text (record, "notes",
                           PICK_BY_LANGUAGE (party, random, chinese_notes, german_notes,
                                             english_notes));
  if (party->employer == NULL && party->number > 0 && app_demo_random_chance (random, .07))
    {
      const AppDemoParty *other;

      other = g_ptr_array_index (self->parties, app_demo_random_below (random, party->number));
      store_record_set_reference (record, "referred_by", &other->id);
    }
}

static void
add_employment (AppDemoPlan        *self,
                const AppDemoParty *party,
                AppDemoRandom      *random)
{
  StoreRecord *record = app_demo_plan_add (self, "party_link", "link/%u", party->number);
  gboolean chinese = g_str_equal (party->culture->language, "zh");

  store_record_set_reference (record, "party", &party->id);
  store_record_set_reference (record, "other", &party->employer->id);
  store_record_set_text (record, "role", chinese ? "任职于" : "works at");
  app_demo_plan_set_day (record, "since",
                         party->since - app_demo_random_between (random, 60, 2400));
}

static void
add_tag_records (AppDemoPlan *self,
                 StoreId     *ids)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      StoreRecord *record = app_demo_plan_add_named (self, "tag", tags[i].name);

      store_record_set_text (record, "color", tags[i].color);
      ids[i] = *store_record_get_id (record);
    }
}

void
app_demo_plan_people (AppDemoPlan *self)
{
  StoreId ids[G_N_ELEMENTS (tags)];

  add_tag_records (self, ids);
  for (guint i = 0; i < self->parties->len; i++)
    {
      const AppDemoParty *party = g_ptr_array_index (self->parties, i);
      g_autofree char *name = g_strdup_printf ("people/%u", party->number);
      AppDemoRandom random;

      app_demo_random_init (&random, name);
      add_party (self, party, &random);
      add_contact_points (self, party, &random);
      if (app_demo_random_chance (&random, party->employer != NULL ? .1 : .9))
        add_address (self, party, &random);
      add_tags (self, party, ids, &random);
      if (party->employer != NULL)
        add_employment (self, party, &random);
    }
}
