/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *app_customer_facts_to_text  (guint       purchases,
                                   double      total,
                                   guint       silent_days,
                                   const char *currency);
char *app_customer_amount_to_text (double      amount,
                                   const char *currency);

G_END_DECLS
