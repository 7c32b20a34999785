/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program keeps for the person beside the business: views and settings. */
#include "config.h"

#include "store-catalog-private.h"

#include <glib/gi18n-lib.h>

static const StoreField saved_view_fields[] = {
  { 1, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED },
  { 2, 0, "kind", N_("Kind"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED | STORE_FIELD_HIDDEN },
  { 3, 0, "filter", N_("Filter"), STORE_FIELD_JSON, STORE_FIELD_HIDDEN },
  { 4, 0, "sort", N_("Sort"), STORE_FIELD_TEXT, STORE_FIELD_HIDDEN },
  { 5, 0, "columns", N_("Columns"), STORE_FIELD_JSON, STORE_FIELD_HIDDEN },
  { 6, 0, "rank", N_("Rank"), STORE_FIELD_RANK, STORE_FIELD_QUIET | STORE_FIELD_HIDDEN },
};

const StoreKind store_kind_saved_view = {
  90, "saved_view", N_("Saved view"), N_("Saved views"), STORE_MERGE_FIELDS, "name",
  .fields = saved_view_fields, .n_fields = G_N_ELEMENTS (saved_view_fields),
};

static const StoreField setting_fields[] = {
  { 1, 0, "name", N_("Name"), STORE_FIELD_TEXT, STORE_FIELD_REQUIRED | STORE_FIELD_INDEXED },
  { 2, 0, "value", N_("Value"), STORE_FIELD_TEXT, 0 },
};

const StoreKind store_kind_setting = {
  91, "setting", N_("Setting"), N_("Settings"), STORE_MERGE_FIELDS, "name", .key = "name",
  .fields = setting_fields, .n_fields = G_N_ELEMENTS (setting_fields),
};
