/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app-demo-random.h"

G_BEGIN_DECLS

/* A name as it is written, and in the letters of an e-mail address. */
typedef struct
{
  const char *written;
  const char *latin;
} AppDemoName;

typedef struct
{
  const char *city;
  const char *postcode;
  const char *dial;
} AppDemoCity;

/* How the people of one language are called and where they live. A list ends with an empty entry;
 * @company and @street are formats: "%1$s" stands for a family name or city, "%d" for a number. */
typedef struct
{
  const char        *language;
  const char        *country;
  const char        *dial;
  int                weight;
  gboolean           family_first;
  const AppDemoName *given;
  const AppDemoName *family;
  const AppDemoCity *cities;
  const char *const *streets;
  const char *const *companies;
} AppDemoCulture;

const AppDemoCulture *app_demo_culture_pick   (AppDemoRandom        *random);
const AppDemoName    *app_demo_culture_given  (const AppDemoCulture *self,
                                               AppDemoRandom        *random);
const AppDemoName    *app_demo_culture_family (const AppDemoCulture *self,
                                               AppDemoRandom        *random);
const AppDemoCity    *app_demo_culture_city   (const AppDemoCulture *self,
                                               AppDemoRandom        *random);
char                 *app_demo_culture_street (const AppDemoCulture *self,
                                               AppDemoRandom        *random);

G_END_DECLS
