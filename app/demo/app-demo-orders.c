/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sold, and the orders that the sales became. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"

typedef struct
{
  const char *sku;
  const char *name;
  gint64      price;
  gint64      cost;
  const char *unit;
} Product;

static const Product products[] = {
  { "T-001", "Longjing 龙井, spring harvest", 1890, 920, "50 g" },
  { "T-002", "Bai Mudan 白牡丹", 1490, 700, "50 g" },
  { "T-003", "Tieguanyin 铁观音", 1650, 810, "100 g" },
  { "T-004", "Dahongpao 大红袍", 2290, 1180, "50 g" },
  { "T-005", "Phoenix Dancong 凤凰单丛", 2450, 1260, "50 g" },
  { "T-006", "Shu Pu’er 熟普洱, 2018", 2690, 1300, "100 g" },
  { "T-007", "Sheng Pu’er cake 生普洱饼", 6800, 3900, "357 g" },
  { "T-008", "Keemun 祁门红茶", 1290, 560, "100 g" },
  { "T-009", "Jasmine pearls 茉莉龙珠", 1390, 640, "50 g" },
  { "T-010", "Sencha, first flush", 1590, 760, "100 g" },
  { "T-011", "Earl Grey, house blend", 890, 320, "100 g" },
  { "T-012", "Ostfriesen blend", 790, 280, "250 g" },
  { "T-013", "Rooibos with orange peel", 690, 240, "100 g" },
  { "T-014", "Mountain herbs", 740, 260, "80 g" },
  { "B-001", "Café blend, black", 2900, 1150, "1 kg" },
  { "B-002", "Café blend, green", 3400, 1420, "1 kg" },
  { "C-001", "Gaiwan, celadon", 3900, 1400, "1" },
  { "C-002", "Teapot, stoneware, 350 ml", 6800, 2600, "1" },
  { "C-003", "Cups, set of four", 4200, 1500, "4" },
  { "C-004", "Tea tray, bamboo", 5400, 2300, "1" },
  { "G-001", "Gift box, three teas", 4900, 2100, "1" },
  { "G-002", "Gift box 中秋, with cups", 8900, 3800, "1" },
  { "W-001", "Tasting for two", 7800, 1500, "1" },
  { "W-002", "Workshop, up to twelve guests", 48000, 9000, "1" },
};

void
app_demo_plan_products (AppDemoPlan *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      const Product *product = &products[i];
      StoreRecord *record = app_demo_plan_add (self, "product", "product/%s", product->sku);

      store_record_set_text (record, "sku", product->sku);
      store_record_set_text (record, "name", product->name);
      app_demo_plan_set_money (record, "price", product->price);
      store_record_set_integer (record, "tax_rate", product->sku[0] == 'W' ? 1900 : 700);
      store_record_set_integer (record, "cost", product->cost);
      store_record_set_text (record, "unit", product->unit);
    }
}

static const char *
state_of (AppDemoPlan       *self,
          const AppDemoSale *sale,
          AppDemoRandom     *random)
{
  gint age = self->today - sale->day;

  if (app_demo_random_chance (random, .008))
    return "cancelled";
  return age > 30 || app_demo_random_chance (random, age > 10 ? .8 : .4) ? "paid" : "issued";
}

static void
record_order (AppDemoPlan       *self,
              const AppDemoSale *sale,
              guint              number,
              AppDemoRandom     *random)
{
  const AppDemoParty *party = sale->party;
  StoreRecord *record;
  g_autofree char *text = NULL;
  gint year, month, day;

  app_demo_day_split (sale->day, &year, &month, &day);
  text = g_strdup_printf ("%d-%05u", year, number);

  record = app_demo_plan_add (self, "document", "order/%u/%u", party->number, sale->number);
  store_record_set_text (record, "kind", "order");
  store_record_set_reference (record, "party", &party->id);
  store_record_set_text (record, "state", state_of (self, sale, random));
  store_record_set_text (record, "number", text);
  app_demo_plan_set_day (record, "date", sale->day);
  app_demo_plan_set_day (record, "due", sale->day + (party->company ? 30 : 14));
  app_demo_plan_set_money (record, "total", sale->cents);
  store_record_set_integer (record, "tax", (sale->cents * 7 + 53) / 107);
}

void
app_demo_plan_orders (AppDemoPlan *self)
{
  AppDemoRandom random;

  app_demo_random_init (&random, "orders");
  for (guint i = 0; i < self->sales->len; i++)
    record_order (self, &g_array_index (self->sales, AppDemoSale, i), 4001 + i, &random);
}
