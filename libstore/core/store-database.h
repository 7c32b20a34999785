/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-catalog.h"
#include "store-change-set.h"
#include "store-error.h"
#include "store-record.h"
#include "store-transaction.h"

G_BEGIN_DECLS

#define STORE_TYPE_DATABASE (store_database_get_type ())
G_DECLARE_FINAL_TYPE (StoreDatabase, store_database, STORE, DATABASE, GObject)

/**
 * StoreOpenFlags:
 * @STORE_OPEN_EXISTING: fail with %STORE_ERROR_NOT_FOUND where there is no file
 * @STORE_OPEN_CREATE: make the file, its folder (0700) and the seeded records where missing
 */
typedef enum
{
  STORE_OPEN_EXISTING = 0,
  STORE_OPEN_CREATE = 1 << 0,
} StoreOpenFlags;

/* Signal "changed" (StoreChangeSet *): after a commit of ours or of another process became
 * visible, on the main context that was the thread default where the store was opened. */

StoreDatabase *store_database_open            (const char           *path,
                                               StoreOpenFlags        flags,
                                               GError              **error);
void           store_database_close           (StoreDatabase        *self);
const char    *store_database_get_path        (StoreDatabase        *self);

/* Labels are msgids of a few words ("Edit", "Import", "Undo"), shown in the history. A group of
 * several transactions shares a group id (see store_database_new_group()); NULL: its own group.
 * The sync forms block until the writer thread has committed; never call them on the main thread
 * of the desktop. @group_out: (out)(optional)(transfer full): the name that undo takes. */
gboolean       store_database_write           (StoreDatabase        *self,
                                               const char           *label,
                                               const char           *group,
                                               StoreWriteFunc        func,
                                               gpointer              data,
                                               char                **group_out,
                                               GError              **error);
void           store_database_write_async     (StoreDatabase        *self,
                                               const char           *label,
                                               const char           *group,
                                               StoreWriteFunc        func,
                                               gpointer              data,
                                               GDestroyNotify        destroy,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       store_database_write_finish    (StoreDatabase        *self,
                                               GAsyncResult         *result,
                                               char                **group_out,
                                               GError              **error);
char          *store_database_new_group       (StoreDatabase        *self);

/* One record. */
StoreRecord   *store_database_load            (StoreDatabase        *self,
                                               const StoreKind      *kind,
                                               const StoreId        *id,
                                               GError              **error);
StoreRecord   *store_database_load_any        (StoreDatabase        *self,
                                               const StoreId        *id,
                                               GError              **error);
void           store_database_load_async      (StoreDatabase        *self,
                                               const StoreKind      *kind,
                                               const StoreId        *id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
StoreRecord   *store_database_load_finish     (StoreDatabase        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
gboolean       store_database_save            (StoreDatabase        *self,
                                               const char           *label,
                                               StoreRecord          *record,
                                               char                **group_out,
                                               GError              **error);
void           store_database_save_async      (StoreDatabase        *self,
                                               const char           *label,
                                               StoreRecord          *record,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);

/* Settings of the business (kind setting): they travel to the other devices. */
char          *store_database_dup_setting     (StoreDatabase        *self,
                                               const char           *name,
                                               GError              **error);

/* Any work that blocks, on a reader thread; the callback of a GTask. For code of libstore and for
 * callers that chain several blocking calls of libstore. */
void           store_database_run_async       (StoreDatabase        *self,
                                               GTask                *task,
                                               GTaskThreadFunc       func);

G_END_DECLS
