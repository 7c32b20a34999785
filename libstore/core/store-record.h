/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "store-kind.h"
#include "store-value.h"

G_BEGIN_DECLS

#define STORE_TYPE_RECORD (store_record_get_type ())
G_DECLARE_FINAL_TYPE (StoreRecord, store_record, STORE, RECORD, GObject)

StoreRecord      *store_record_new               (const StoreKind  *kind);
StoreRecord      *store_record_new_with_id       (const StoreKind  *kind,
                                                  const StoreId    *id);
StoreRecord      *store_record_new_like          (StoreRecord      *record);
const StoreKind  *store_record_get_kind          (StoreRecord      *self);
const StoreId    *store_record_get_id            (StoreRecord      *self);
gint64            store_record_get_row           (StoreRecord      *self);
gboolean          store_record_is_trashed        (StoreRecord      *self);
gboolean          store_record_is_new            (StoreRecord      *self);
guint64           store_record_get_changed       (StoreRecord      *self);

const StoreValue *store_record_get_value         (StoreRecord      *self,
                                                  const char       *field);
const char       *store_record_get_text          (StoreRecord      *self,
                                                  const char       *field);
gint64            store_record_get_integer       (StoreRecord      *self,
                                                  const char       *field);
gboolean          store_record_get_boolean       (StoreRecord      *self,
                                                  const char       *field);
gboolean          store_record_get_reference     (StoreRecord      *self,
                                                  const char       *field,
                                                  StoreId          *id);
const char       *store_record_get_title         (StoreRecord      *self);

void              store_record_set_value         (StoreRecord      *self,
                                                  const char       *field,
                                                  const StoreValue *value);
void              store_record_set_text          (StoreRecord      *self,
                                                  const char       *field,
                                                  const char       *text);
void              store_record_set_integer       (StoreRecord      *self,
                                                  const char       *field,
                                                  gint64            integer);
void              store_record_set_reference     (StoreRecord      *self,
                                                  const char       *field,
                                                  const StoreId    *id);
gboolean          store_record_set_from_text     (StoreRecord      *self,
                                                  const char       *field,
                                                  const char       *text,
                                                  GError          **error);
char             *store_record_dup_raw_text      (StoreRecord      *self,
                                                  const char       *field);

G_END_DECLS
