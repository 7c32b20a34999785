/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app-field-editor.h"
#include "store-database.h"

G_BEGIN_DECLS

/**
 * AppEditFinished:
 * @owner: whoever asked for the edit, still alive
 * @error: (nullable): why it was not made
 */
typedef void (*AppEditFinished) (gpointer      owner,
                                 const GError *error);

void app_edit_write  (GtkWidget       *origin,
                      StoreDatabase   *database,
                      const char      *label,
                      const char      *told,
                      StoreWriteFunc   func,
                      gpointer         data,
                      GDestroyNotify   destroy,
                      gpointer         owner,
                      AppEditFinished  finished);
void app_edit_save   (GtkWidget       *origin,
                      StoreDatabase   *database,
                      const char      *label,
                      const char      *told,
                      GPtrArray       *records,
                      gpointer         owner,
                      AppEditFinished  finished);
void app_edit_fields (GtkWidget       *origin,
                      StoreDatabase   *database,
                      StoreRecord     *record,
                      GPtrArray       *editors,
                      gpointer         owner,
                      AppEditFinished  finished);
void app_edit_delete (GtkWidget       *origin,
                      StoreDatabase   *database,
                      StoreRecord     *record,
                      gpointer         owner,
                      AppEditFinished  finished);

G_END_DECLS
