/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-record.h"

G_BEGIN_DECLS

char *app_value_to_text    (const StoreField *field,
                            const StoreValue *value,
                            const char       *currency);
char *app_record_to_text   (StoreRecord      *record,
                            const char       *field);
char *app_money_to_text    (gint64            minor,
                            const char       *currency);
char *app_number_to_text   (gint64            number);
char *app_decimal_to_text  (double            number,
                            int               digits);
char *app_date_to_text     (const char       *date);
char *app_time_to_text     (gint64            unix_ms);
char *app_moment_to_text   (gint64            unix_ms);

G_END_DECLS
