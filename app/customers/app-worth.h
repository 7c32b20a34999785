/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_WORTH (app_worth_get_type ())
G_DECLARE_FINAL_TYPE (AppWorth, app_worth, APP, WORTH, GObject)

/**
 * AppWorthFigures:
 * @past: what they bought so far, in a line
 * @value: (nullable): what they will probably spend within a year; %NULL where the orders of the
 *   business are too few to say
 * @reason: why, or why nothing can be said
 * @group: (nullable): the group of alike customers they belong to
 * @until: the day up to which orders count
 *
 * What a customer is worth, in words.
 */
typedef struct
{
  char *past;
  char *value;
  char *reason;
  char *group;
  char *until;
} AppWorthFigures;

void             app_worth_figures_free (AppWorthFigures      *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppWorthFigures, app_worth_figures_free)

AppWorth        *app_worth_new          (StoreDatabase        *database);
void             app_worth_look_async   (AppWorth             *self,
                                         const StoreId        *party,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
AppWorthFigures *app_worth_look_finish  (AppWorth             *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
