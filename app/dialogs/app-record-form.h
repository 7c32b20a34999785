/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

#define APP_RECORD_FORM_MAX_FIELDS 10

/**
 * AppRecordForm:
 * @name: what win.add takes
 * @kind: the kind of the record
 * @title: of the dialog for a new one (msgid)
 * @told: what is said when it is saved (msgid)
 * @needs_party: whether it belongs to a customer
 * @fields: asked for, in this order; the first gets the cursor
 * @preset: field, value pairs that a new one begins with; "@today", "@now" and "@currency" stand
 *   for the day, the moment and the person's currency
 *
 * What is asked for in a dialog. Everything else about the fields is in the catalog.
 */
typedef struct
{
  const char *name;
  const char *kind;
  const char *title;
  const char *told;
  gboolean needs_party;
  const char *fields[APP_RECORD_FORM_MAX_FIELDS];
  const char *preset[9];
} AppRecordForm;

const AppRecordForm *app_record_form_find     (const char          *name);
const AppRecordForm *app_record_form_find_for (StoreRecord         *record);
StoreRecord         *app_record_form_new_record (const AppRecordForm *form,
                                               StoreDatabase       *database,
                                               const StoreId       *party);

G_END_DECLS
