/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-field.h"

G_BEGIN_DECLS

/* The raw text of values, the same on every machine and in every locale: what the command line,
 * filters and open exports show and take. */
gboolean store_field_parse_text (const StoreField *field,
                                 const char       *text,
                                 const char       *currency,
                                 StoreValue       *value,
                                 GError          **error);
char    *store_field_dup_text   (const StoreField *field,
                                 const StoreValue *value,
                                 const char       *currency);

G_END_DECLS
