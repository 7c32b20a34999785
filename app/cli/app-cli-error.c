/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-cli-error.h"

G_DEFINE_QUARK (app-cli-error-quark, app_cli_error)
