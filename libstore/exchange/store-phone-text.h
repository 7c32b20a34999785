/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-reading.h"

G_BEGIN_DECLS

char         **store_phone_text_split (const char  *cell);
StoreReading   store_phone_text_parse (const char  *text,
                                       char       **number,
                                       GError     **error);

G_END_DECLS
