/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-backup.h"

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

char     *app_cli_key_read_input      (GError          **error);
char     *app_cli_key_read_passphrase (AppCliArguments  *arguments,
                                       GError          **error);
gboolean  app_cli_key_find_own        (const char       *store,
                                       StoreBackupKey   *key,
                                       GError          **error);
GArray   *app_cli_key_find_near       (const char       *store,
                                       const char       *backup);

G_END_DECLS
