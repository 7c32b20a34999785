/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AppCliOption:
 * @name: without the dashes
 * @argument: (nullable): what its value is called in help, %NULL for one that takes none
 * @summary: one line of help (msgid)
 */
typedef struct
{
  const char *name;
  const char *argument;
  const char *summary;
} AppCliOption;

/**
 * AppCliArguments:
 *
 * The words of a command line, sorted into options and the rest. They are UTF-8 in every locale.
 */
typedef struct _AppCliArguments AppCliArguments;

AppCliArguments    *app_cli_arguments_new       (const char *const     *words,
                                                 GError               **error);
void                app_cli_arguments_free      (AppCliArguments       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppCliArguments, app_cli_arguments_free)

gboolean            app_cli_arguments_take      (AppCliArguments       *self,
                                                 const AppCliOption    *options,
                                                 GError               **error);
char               *app_cli_arguments_pop       (AppCliArguments       *self);
gboolean            app_cli_arguments_finish    (AppCliArguments       *self,
                                                 GError               **error);

guint               app_cli_arguments_get_count (AppCliArguments       *self);
const char         *app_cli_arguments_get       (AppCliArguments       *self,
                                                 guint                  index);
char               *app_cli_arguments_join      (AppCliArguments       *self,
                                                 guint                  first);
gboolean            app_cli_arguments_has       (AppCliArguments       *self,
                                                 const char            *option);
const char         *app_cli_arguments_get_value (AppCliArguments       *self,
                                                 const char            *option);
void                app_cli_arguments_set_value (AppCliArguments       *self,
                                                 const char            *option,
                                                 const char            *value);
const char *const  *app_cli_arguments_get_values (AppCliArguments      *self,
                                                 const char            *option);
gboolean            app_cli_arguments_get_number (AppCliArguments      *self,
                                                 const char            *option,
                                                 guint                  least,
                                                 guint                 *number,
                                                 GError               **error);
gboolean            app_cli_arguments_get_real  (AppCliArguments       *self,
                                                 const char            *option,
                                                 double                 least,
                                                 double                 most,
                                                 double                *number,
                                                 GError               **error);
gboolean            app_cli_arguments_get_choice (AppCliArguments      *self,
                                                 const char            *option,
                                                 const char *const     *choices,
                                                 guint                 *choice,
                                                 GError               **error);

G_END_DECLS
