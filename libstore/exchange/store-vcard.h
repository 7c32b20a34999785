/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a card says that we wrote it, and which record it is (RFC 9562). */
#define STORE_VCARD_PROGRAM "-//Clientele//"
#define STORE_VCARD_UID "urn:uuid:"

/**
 * StoreVcardProperty:
 * @name: in capitals, without its group: "TEL"
 * @parameters: (array zero-terminated=1): in capitals: "TYPE=CELL", or "CELL" as 2.1 has it
 * @value: decoded, escapes still in it
 */
typedef struct
{
  char *name;
  char **parameters;
  char *value;
} StoreVcardProperty;

/**
 * StoreVcard:
 * @line: where it begins in the file, from 1
 * @is_whole: whether its end was there
 * @properties: (element-type StoreVcardProperty): in their order
 */
typedef struct
{
  guint64 line;
  gboolean is_whole;
  GPtrArray *properties;
} StoreVcard;

GPtrArray                 *store_vcard_parse              (const char                *text);
const StoreVcardProperty  *store_vcard_find               (const StoreVcard          *card,
                                                           const char                *name);
gboolean                   store_vcard_property_is        (const StoreVcardProperty  *property,
                                                           const char                *type);
const char                *store_vcard_property_get       (const StoreVcardProperty  *property,
                                                           const char                *parameter);
char                      *store_vcard_property_dup_text  (const StoreVcardProperty  *property);
char                     **store_vcard_property_dup_parts (const StoreVcardProperty  *property,
                                                           char                       delimiter);
char                      *store_vcard_escape             (const char                *text);

G_END_DECLS
