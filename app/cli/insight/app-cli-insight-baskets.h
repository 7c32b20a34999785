/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

G_BEGIN_DECLS

/**
 * AppCliBasketLine:
 * @basket: what was bought together has the same
 * @item: one thing in it
 * @id: (nullable): the customer, where --id was given
 * @day: when, days since 1970-01-01; %APP_CLI_BASKET_NO_DAY where --date was not given
 *
 * One line of a file of baskets; its texts live as long as the lines.
 */
typedef struct
{
  const char *basket;
  const char *item;
  const char *id;
  gint32 day;
} AppCliBasketLine;

#define APP_CLI_BASKET_NO_DAY G_MININT32

/**
 * AppCliBaskets:
 * @n: number of lines
 * @lines: the lines, in the order of the file, up to the day of --until
 */
typedef struct
{
  guint n;
  const AppCliBasketLine *lines;

  GArray *array;
  GStringChunk *texts;
} AppCliBaskets;

AppCliBaskets *app_cli_insight_read_baskets (AppCliSession    *session,
                                             AppCliArguments  *arguments,
                                             GError          **error);
void           app_cli_baskets_free         (AppCliBaskets    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliBaskets, app_cli_baskets_free)

G_END_DECLS
