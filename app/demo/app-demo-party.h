/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-demo-culture.h"

#include "store-id.h"

G_BEGIN_DECLS

/* How a customer buys; app-demo-orders.c gives each its figures. */
typedef enum
{
  APP_DEMO_HABIT_NEVER,
  APP_DEMO_HABIT_ONCE,
  APP_DEMO_HABIT_RARELY,
  APP_DEMO_HABIT_REGULARLY,
  APP_DEMO_HABIT_OFTEN,
  APP_DEMO_HABIT_FESTIVALS,
} AppDemoHabit;

/* What the plan knows of one customer while it is made. */
typedef struct _AppDemoParty AppDemoParty;

struct _AppDemoParty
{
  guint                 number;
  StoreId               id;
  gboolean              company;
  const AppDemoCulture *culture;
  const AppDemoCity    *city;
  char                 *name;
  char                 *latin;
  const AppDemoName    *given;
  const AppDemoName    *family;
  AppDemoHabit          habit;
  const AppDemoParty   *employer;
  gint                  since;
  gint                  last_order;
  guint                 n_orders;
  gint64                spent;
  const char           *lifecycle;
};

void app_demo_party_free (AppDemoParty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppDemoParty, app_demo_party_free)

G_END_DECLS
