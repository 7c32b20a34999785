/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-demo-plan.h"

G_BEGIN_DECLS

#define APP_DEMO_CURRENCY "EUR"
#define APP_DEMO_COMPANIES 170
#define APP_DEMO_CONTACTS 290
#define APP_DEMO_PEOPLE 740
#define APP_DEMO_SPAN 730

/* The steps of the plan, in this order. */
void app_demo_plan_parties   (AppDemoPlan *self);
void app_demo_plan_sales     (AppDemoPlan *self);
void app_demo_plan_people    (AppDemoPlan *self);
void app_demo_plan_products  (AppDemoPlan *self);
void app_demo_plan_orders    (AppDemoPlan *self);
void app_demo_plan_story     (AppDemoPlan *self);
void app_demo_plan_deals     (AppDemoPlan *self);

void app_demo_plan_set_day   (StoreRecord *record,
                              const char  *field,
                              gint         day);
void app_demo_plan_set_money (StoreRecord *record,
                              const char  *field,
                              gint64       cents);

G_END_DECLS
