/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-demo-party.h"

#include "store-record.h"

G_BEGIN_DECLS

/* The nth thing that a customer bought, and when. */
typedef struct
{
  AppDemoParty *party;
  guint         number;
  gint          day;
  gint64        cents;
} AppDemoSale;

/* All records of the sample business, in the order in which they are to be written: what is
 * referred to comes first. */
typedef struct
{
  gint       today;
  GPtrArray *records;
  GPtrArray *parties;
  GArray    *sales;
} AppDemoPlan;

AppDemoPlan *app_demo_plan_new       (gint           today);
void         app_demo_plan_free      (AppDemoPlan   *self);
StoreRecord *app_demo_plan_add       (AppDemoPlan   *self,
                                      const char    *kind,
                                      const char    *name_format,
                                      ...) G_GNUC_PRINTF (3, 4);
StoreRecord *app_demo_plan_add_named (AppDemoPlan   *self,
                                      const char    *kind,
                                      const char    *name);
void         app_demo_plan_link      (AppDemoPlan   *self,
                                      const char    *kind,
                                      const char    *first_field,
                                      const StoreId *first,
                                      const char    *second_field,
                                      const StoreId *second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppDemoPlan, app_demo_plan_free)

G_END_DECLS
