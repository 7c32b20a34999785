/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-verb.h"

G_BEGIN_DECLS

char *app_cli_usage_line     (const AppCliVerb   *verb);
char *app_cli_usage_of_verb  (const AppCliVerb   *verb,
                              const AppCliOption *options);
char *app_cli_usage_overview (const AppCliOption *options);

G_END_DECLS
