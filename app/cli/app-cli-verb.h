/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

/**
 * AppCliFunc:
 * @session: the store and the output
 * @arguments: what was given, already counted and with known options only
 *
 * Does what a verb says. An error of %APP_CLI_ERROR_USAGE ends with exit status 2 and the verb's
 * usage, any other with 1.
 */
typedef gboolean (*AppCliFunc) (AppCliSession    *session,
                                AppCliArguments  *arguments,
                                GError          **error);

/**
 * AppCliChooseFunc:
 * @arguments: what stands behind the verb, with its options still in it
 *
 * Returns: (transfer none) (nullable): the options of a verb for which they depend on what is
 *   asked for; %NULL with a usage error where that cannot be.
 */
typedef const AppCliOption *(*AppCliChooseFunc) (AppCliArguments  *arguments,
                                                 GError          **error);

/**
 * AppCliVerb:
 * @name: one word, or two as in "account join"
 * @usage: (nullable): the arguments as help shows them (msgid)
 * @summary: one line of help (msgid)
 * @details: (nullable): further paragraphs of help (msgid)
 * @min: the least number of arguments
 * @max: the greatest, or %APP_CLI_MANY
 * @options: (nullable): ended by an entry without name
 * @run: what it does
 * @choose: (nullable): in place of @options, where they depend on the arguments
 */
typedef struct
{
  const char *name;
  const char *usage;
  const char *summary;
  const char *details;
  guint min;
  guint max;
  const AppCliOption *options;
  AppCliFunc run;
  AppCliChooseFunc choose;
} AppCliVerb;

#define APP_CLI_MANY G_MAXUINT

/**
 * AppCliFamily:
 * @title: the heading in help (msgid)
 * @verbs: (nullable): ended by an entry without name
 * @list: (nullable): in place of @verbs, verbs that have a file each; ended by %NULL
 *
 * Verbs that belong together; each family is a table in a file of its own.
 */
typedef struct
{
  const char *title;
  const AppCliVerb *verbs;
  const AppCliVerb *const *list;
} AppCliFamily;

extern const AppCliFamily app_cli_clashes;
extern const AppCliFamily app_cli_exchange;
extern const AppCliFamily app_cli_find;
extern const AppCliFamily app_cli_history;
extern const AppCliFamily app_cli_insight;
extern const AppCliFamily app_cli_records;
extern const AppCliFamily app_cli_safety;
extern const AppCliFamily app_cli_sync;

const AppCliFamily *const *app_cli_get_families (void);
const AppCliVerb          *app_cli_family_get   (const AppCliFamily *family,
                                                 guint               index);

G_END_DECLS
