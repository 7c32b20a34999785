/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AppCliProgress:
 *
 * How far long work is, in one line of the terminal that is written over; nothing where standard
 * error is not a terminal. It may be told on any thread.
 */
typedef struct _AppCliProgress AppCliProgress;

AppCliProgress *app_cli_progress_new    (void);
void            app_cli_progress_free   (AppCliProgress *self);
void            app_cli_progress_report (AppCliProgress *self,
                                         double          share);
void            app_cli_progress_clear  (AppCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliProgress, app_cli_progress_free)

G_END_DECLS
