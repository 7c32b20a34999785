/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source of numbers that gives the same ones for the same name on every machine. */
typedef struct
{
  guint64 state;
} AppDemoRandom;

void     app_demo_random_init    (AppDemoRandom *self,
                                  const char    *name);
guint32  app_demo_random_below   (AppDemoRandom *self,
                                  guint32        bound);
int      app_demo_random_between (AppDemoRandom *self,
                                  int            first,
                                  int            last);
double   app_demo_random_unit    (AppDemoRandom *self);
gboolean app_demo_random_chance  (AppDemoRandom *self,
                                  double         probability);
double   app_demo_random_normal  (AppDemoRandom *self);
double   app_demo_random_around  (AppDemoRandom *self,
                                  double         median,
                                  double         spread);

#define app_demo_random_pick(self, array) \
  ((array)[app_demo_random_below ((self), G_N_ELEMENTS (array))])

G_END_DECLS
