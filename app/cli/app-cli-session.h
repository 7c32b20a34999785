/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-database.h"

G_BEGIN_DECLS

/**
 * AppCliSession:
 *
 * One run of the command line: which store, and where the answer goes. The answer is written in
 * one piece when the verb is done, so a verb that fails has printed nothing on standard output.
 */
typedef struct _AppCliSession AppCliSession;

AppCliSession *app_cli_session_new          (const char      *store,
                                             gboolean         json);
void           app_cli_session_free         (AppCliSession   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliSession, app_cli_session_free)

const char    *app_cli_session_get_path     (AppCliSession   *self);
StoreDatabase *app_cli_session_open         (AppCliSession   *self,
                                             GError         **error);
StoreDatabase *app_cli_session_create       (AppCliSession   *self,
                                             GError         **error);

gboolean       app_cli_session_wants_json   (AppCliSession   *self);
void           app_cli_session_print        (AppCliSession   *self,
                                             const char      *format,
                                             ...) G_GNUC_PRINTF (2, 3);
void           app_cli_session_take_json    (AppCliSession   *self,
                                             JsonNode        *document);
void           app_cli_session_say          (AppCliSession   *self,
                                             const char      *format,
                                             ...) G_GNUC_PRINTF (2, 3);
GCancellable  *app_cli_session_get_cancellable (AppCliSession *self);
void           app_cli_session_report       (double           share,
                                             gpointer         session);
gboolean       app_cli_session_flush        (AppCliSession   *self,
                                             GError         **error);

G_END_DECLS
