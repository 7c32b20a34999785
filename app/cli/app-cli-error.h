/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AppCliError:
 * @APP_CLI_ERROR_USAGE: the command line was not understood; exit status 2
 * @APP_CLI_ERROR_FAILED: what was asked for could not be done; exit status 1
 */
typedef enum
{
  APP_CLI_ERROR_USAGE,
  APP_CLI_ERROR_FAILED,
} AppCliError;

#define APP_CLI_ERROR (app_cli_error_quark ())

GQuark app_cli_error_quark (void);

G_END_DECLS
