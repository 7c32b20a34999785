/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-session.h"

G_BEGIN_DECLS

/**
 * AppCliGrid:
 *
 * Cells of text under titles, on their way to standard output.
 */
typedef struct _AppCliGrid AppCliGrid;

AppCliGrid *app_cli_grid_new        (void);
void        app_cli_grid_free       (AppCliGrid    *self);
void        app_cli_grid_add_column (AppCliGrid    *self,
                                     const char    *title);
void        app_cli_grid_take_cell  (AppCliGrid    *self,
                                     char          *text);
void        app_cli_grid_print      (AppCliGrid    *self,
                                     AppCliSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliGrid, app_cli_grid_free)

G_END_DECLS
