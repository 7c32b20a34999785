/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-import-cell.h"
#include "store-import-report.h"
#include "store-mapping.h"
#include "store-party-clues.h"
#include "store-transaction.h"

G_BEGIN_DECLS

/**
 * StoreImportOutcome:
 *
 * What became of a row.
 */
typedef enum
{
  STORE_IMPORT_TAKEN,
  STORE_IMPORT_UPDATED,
  STORE_IMPORT_UNCHANGED,
  STORE_IMPORT_REFUSED,
} StoreImportOutcome;

/**
 * StoreImportRun:
 * @transaction: of the chunk at hand
 * @guesses: one a column
 * @companies: (element-type utf8 StoreId): by the key of their names
 * @customers: (element-type utf8 StoreId): by the cell that orders name them with
 * @tags: (element-type utf8 StoreId): by their names
 * @is_fresh: whether the customer of the row at hand is new, so that nothing hangs on it yet
 * @seen: (element-type StoreId): records that this file has written already, with how often
 *
 * What the rows of one import share. Writer thread.
 */
typedef struct
{
  StoreImportTarget *target;
  StoreSheet *sheet;
  StoreMapping *mapping;
  StoreImportReport *report;
  StoreTransaction *transaction;
  StoreColumnGuess *guesses;
  char *currency;
  gboolean is_fresh;
  GHashTable *companies;
  GHashTable *customers;
  GHashTable *tags;
  GHashTable *seen;
} StoreImportRun;

/* store-import-row.c */
gboolean     store_import_run_get_id    (StoreImportRun          *run,
                                         StoreId                 *id);
const char  *store_import_run_get_cell  (StoreImportRun          *run,
                                         const char              *field);
char       **store_import_run_get_cells (StoreImportRun          *run,
                                         const char              *field);
void         store_import_run_leave     (StoreImportRun          *run,
                                         const char              *field,
                                         const char              *reason);
gboolean     store_import_run_load      (StoreImportRun          *run,
                                         const StoreKind         *kind,
                                         const StoreId           *id,
                                         StoreRecord            **record,
                                         GError                 **error);
gboolean     store_import_run_find      (StoreImportRun          *run,
                                         const StoreKind         *kind,
                                         const char              *field,
                                         const char              *text,
                                         StoreRecord            **record,
                                         GError                 **error);
GPtrArray   *store_import_run_children  (StoreImportRun          *run,
                                         const StoreKind         *kind,
                                         StoreRecord             *parent,
                                         GError                 **error);
gboolean     store_import_run_revive    (StoreImportRun          *run,
                                         StoreRecord            **record,
                                         GError                 **error);
gboolean     store_import_run_save      (StoreImportRun          *run,
                                         StoreRecord             *record,
                                         gboolean                *changed,
                                         GError                 **error);
guint        store_import_run_count     (StoreImportRun          *run,
                                         const StoreId           *id);
gboolean     store_import_run_draft     (StoreImportRun          *run,
                                         StoreRecord            **record,
                                         char                   **refusal,
                                         GError                 **error);
void         store_import_draft_apply   (StoreRecord             *draft,
                                         StoreRecord             *record);

/* store-import-party.c */
gboolean     store_import_party         (StoreImportRun          *run,
                                         StoreImportOutcome      *outcome,
                                         GError                 **error);

/* store-import-match.c */
gboolean     store_import_match         (StoreImportRun          *run,
                                         const StorePartyClues   *clues,
                                         StoreRecord            **party,
                                         GError                 **error);

/* store-import-children.c */
gboolean     store_import_company       (StoreImportRun          *run,
                                         const char              *name,
                                         StoreRecord            **company,
                                         GError                 **error);
gboolean     store_import_contacts      (StoreImportRun          *run,
                                         StoreRecord             *party,
                                         const StorePartyClues   *clues,
                                         gboolean                *changed,
                                         GError                 **error);
gboolean     store_import_link          (StoreImportRun          *run,
                                         StoreRecord             *party,
                                         StoreRecord             *company,
                                         gboolean                *changed,
                                         GError                 **error);
gboolean     store_import_address       (StoreImportRun          *run,
                                         StoreRecord             *party,
                                         gboolean                *changed,
                                         GError                 **error);
gboolean     store_import_tags          (StoreImportRun          *run,
                                         StoreRecord             *party,
                                         gboolean                *changed,
                                         GError                 **error);

/* store-import-record.c */
gboolean     store_import_record        (StoreImportRun          *run,
                                         StoreImportOutcome      *outcome,
                                         GError                 **error);

/* store-import-customer.c */
gboolean     store_import_customer      (StoreImportRun          *run,
                                         const char              *cell,
                                         gboolean                 create,
                                         StoreId                 *id,
                                         char                   **refusal,
                                         GError                 **error);
gboolean     store_import_find_titled   (StoreImportRun          *run,
                                         const StoreField        *field,
                                         const char              *cell,
                                         StoreId                 *id,
                                         char                   **refusal,
                                         GError                 **error);

G_END_DECLS
