/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

/**
 * AppDossier:
 * @party: the customer
 * @contacts: (element-type StoreRecord): ways to reach them
 * @addresses: (element-type StoreRecord)
 * @tags: (element-type StoreRecord): of kind tag
 * @relations: (element-type AppRelation): people and companies they belong to
 * @story: (element-type AppStoryEntry): open tasks, then the latest first
 *
 * All that a customer's page shows, read in one go.
 */
typedef struct
{
  StoreRecord *party;
  GPtrArray *contacts;
  GPtrArray *addresses;
  GPtrArray *tags;
  GPtrArray *relations;
  GPtrArray *story;
} AppDossier;

/**
 * AppRelation:
 * @other: whom they are related to
 * @role: (nullable): as what
 */
typedef struct
{
  StoreRecord *other;
  char *role;
} AppRelation;

void        app_dossier_free        (AppDossier           *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppDossier, app_dossier_free)

void        app_dossier_load_async  (StoreDatabase        *database,
                                     const StoreId        *party,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
AppDossier *app_dossier_load_finish (GAsyncResult         *result,
                                     GError              **error);
gboolean    app_dossier_concerns    (StoreChangeSet       *changes,
                                     const StoreId        *party);

G_END_DECLS
