/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "store-sheet.h"

G_BEGIN_DECLS

/**
 * AppCliSheet:
 *
 * A table file that an option names, and the lines of it that could not be taken: each is told
 * with its number and the reason, and the others count. Any encoding and separator.
 */
typedef struct _AppCliSheet AppCliSheet;

/**
 * AppCliSheetFunc:
 * @sheet: stands at a row
 * @data: of the caller
 *
 * Takes a row; an error leaves the row out and says why.
 */
typedef gboolean (*AppCliSheetFunc) (StoreSheet  *sheet,
                                     gpointer     data,
                                     GError     **error);

AppCliSheet *app_cli_sheet_open        (AppCliSession    *session,
                                        AppCliArguments  *arguments,
                                        const char       *option,
                                        GError          **error);
void         app_cli_sheet_free        (AppCliSheet      *self);
StoreSheet  *app_cli_sheet_get         (AppCliSheet      *self);
gboolean     app_cli_sheet_find_column (AppCliSheet      *self,
                                        AppCliArguments  *arguments,
                                        const char       *option,
                                        guint            *column,
                                        GError          **error);
gboolean     app_cli_sheet_find_name   (AppCliSheet      *self,
                                        const char       *name,
                                        guint            *column,
                                        GError          **error);
gboolean     app_cli_sheet_scan        (AppCliSheet      *self,
                                        AppCliSheetFunc   func,
                                        gpointer          data,
                                        GError          **error);
gboolean     app_cli_sheet_read        (AppCliSheet      *self,
                                        AppCliSheetFunc   func,
                                        gpointer          data,
                                        GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliSheet, app_cli_sheet_free)

G_END_DECLS
