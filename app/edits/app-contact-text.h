/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-record.h"

G_BEGIN_DECLS

StoreRecord *app_contact_text_new_record (const StoreId *party,
                                          const char    *channel,
                                          const char    *text);
void         app_contact_text_normalise  (StoreRecord   *record);

G_END_DECLS
