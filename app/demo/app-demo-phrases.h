/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-demo-random.h"

G_BEGIN_DECLS

/* When something is said between the owner and a customer. */
typedef enum
{
  APP_DEMO_OCCASION_FIRST_ORDER,
  APP_DEMO_OCCASION_AFTER_ORDER,
  APP_DEMO_OCCASION_COMPLAINT,
  APP_DEMO_OCCASION_BUSINESS,
  APP_DEMO_OCCASION_MEETING,
  APP_DEMO_OCCASION_ENQUIRY,
  APP_DEMO_OCCASION_NOTE,
  APP_DEMO_OCCASION_TASK,
  APP_DEMO_OCCASION_DEAL,
} AppDemoOccasion;

typedef struct
{
  AppDemoOccasion occasion;
  const char     *language;
  const char     *kind;
  const char     *direction;
  const char     *subject;
  const char     *body;
} AppDemoPhrase;

const AppDemoPhrase *app_demo_phrase_pick (AppDemoOccasion occasion,
                                           const char     *language,
                                           AppDemoRandom  *random);

G_END_DECLS
