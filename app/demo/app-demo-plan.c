/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sample business: one person in Hamburg who imports tea, makes tea-ware, and sells both to
 * private customers, cafés, hotels and shops in Europe and in China. Everything follows from the
 * day that is given as today; the same day gives the same records, with the same ids, on every
 * machine. */

#include "app-demo-plan-private.h"

#include "app-demo-day.h"

#include "store-catalog.h"

/* Plans the business as it stands on the day @today (counted from 1970-01-01). Any thread. */
AppDemoPlan *
app_demo_plan_new (gint today)
{
  AppDemoPlan *self = g_new0 (AppDemoPlan, 1);

  self->today = today;
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->parties = g_ptr_array_new_with_free_func ((GDestroyNotify) app_demo_party_free);
  self->sales = g_array_new (FALSE, FALSE, sizeof (AppDemoSale));

  store_record_set_text (app_demo_plan_add_named (self, "setting", "currency"), "value",
                         APP_DEMO_CURRENCY);
  app_demo_plan_parties (self);
  app_demo_plan_sales (self);
  app_demo_plan_people (self);
  app_demo_plan_products (self);
  app_demo_plan_orders (self);
  app_demo_plan_story (self);
  app_demo_plan_deals (self);

  return self;
}

void
app_demo_plan_free (AppDemoPlan *self)
{
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->parties);
  g_array_unref (self->sales);
  g_free (self);
}

/* Adds an empty record whose id follows from the name, and lends it to be filled. */
StoreRecord *
app_demo_plan_add (AppDemoPlan *self,
                   const char  *kind,
                   const char  *name_format,
                   ...)
{
  g_autofree char *name = NULL;
  StoreRecord *record;
  StoreId id;
  va_list args;

  va_start (args, name_format);
  name = g_strdup_vprintf (name_format, args);
  va_end (args);

  store_id_init_from_name (&id, "demo", name);
  record = store_record_new_with_id (store_catalog_find (kind), &id);
  g_ptr_array_add (self->records, record);

  return record;
}

/* Adds a record of a kind whose id is that of its name, which is to be in lower case. */
StoreRecord *
app_demo_plan_add_named (AppDemoPlan *self,
                         const char  *kind,
                         const char  *name)
{
  StoreRecord *record;
  StoreId id;

  store_id_init_from_name (&id, kind, name);
  record = store_record_new_with_id (store_catalog_find (kind), &id);
  store_record_set_text (record, "name", name);
  g_ptr_array_add (self->records, record);

  return record;
}

/* Adds a record of a kind whose id is that of the pair it links. */
void
app_demo_plan_link (AppDemoPlan   *self,
                    const char    *kind,
                    const char    *first_field,
                    const StoreId *first,
                    const char    *second_field,
                    const StoreId *second)
{
  StoreRecord *record;
  StoreId id;

  store_id_init_from_pair (&id, kind, first, second);
  record = store_record_new_with_id (store_catalog_find (kind), &id);
  store_record_set_reference (record, first_field, first);
  store_record_set_reference (record, second_field, second);
  g_ptr_array_add (self->records, record);
}

void
app_demo_plan_set_day (StoreRecord *record,
                       const char  *field,
                       gint         day)
{
  g_autofree char *text = app_demo_day_to_text (day);

  store_record_set_text (record, field, text);
}

/* An amount beside the currency of the business. */
void
app_demo_plan_set_money (StoreRecord *record,
                         const char  *field,
                         gint64       cents)
{
  store_record_set_integer (record, field, cents);
  store_record_set_text (record, "currency", APP_DEMO_CURRENCY);
}
