/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-record.h"

G_BEGIN_DECLS

#define APP_TYPE_FIELD_EDITOR (app_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (AppFieldEditor, app_field_editor, APP, FIELD_EDITOR, GObject)

/* Signals:
 *   "commit": the person is through with a new value (left the field, chose, pressed Enter)
 *   "entered": Enter was pressed in a line of text */

AppFieldEditor   *app_field_editor_new         (const StoreField *field);
GtkWidget        *app_field_editor_get_row     (AppFieldEditor   *self);
const StoreField *app_field_editor_get_field   (AppFieldEditor   *self);
void              app_field_editor_show        (AppFieldEditor   *self,
                                                StoreRecord      *record);
char             *app_field_editor_dup_text    (AppFieldEditor   *self);
void              app_field_editor_set_text    (AppFieldEditor   *self,
                                                const char       *text);
gboolean          app_field_editor_is_empty    (AppFieldEditor   *self);
gboolean          app_field_editor_is_changed  (AppFieldEditor   *self);
void              app_field_editor_set_problem (AppFieldEditor   *self,
                                                const char       *problem);
void              app_field_editor_focus       (AppFieldEditor   *self);

G_END_DECLS
