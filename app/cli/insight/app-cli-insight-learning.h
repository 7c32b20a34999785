/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-arguments.h"
#include "app-cli-session.h"

#include "store-outcomes.h"
#include "store-rows.h"

G_BEGIN_DECLS

/* What the verbs that learn from rows share. */

#define APP_CLI_INSIGHT_LEARNING_METHODS "auto|logistic|tree|forest|boosting|svm|kernel"
#define APP_CLI_INSIGHT_LEARNING_OPTIONS \
  { "method", APP_CLI_INSIGHT_LEARNING_METHODS, \
    N_("How to learn: what does best on rows held back if not given") }, \
  { "yes", "WORD", N_("The word of the label that counts as yes: found out if not given") }

StoreRows *app_cli_insight_read_table    (AppCliSession               *session,
                                          AppCliArguments             *arguments,
                                          gboolean                     needs_label,
                                          GError                     **error);
gboolean   app_cli_insight_get_learning  (AppCliSession               *session,
                                          AppCliArguments             *arguments,
                                          StoreOutcomesOptions        *options,
                                          GError                     **error);
gboolean   app_cli_insight_find_row      (AppCliArguments             *arguments,
                                          const StoreRows             *rows,
                                          guint                       *row,
                                          GError                     **error);
JsonNode  *app_cli_insight_tell_outcomes (AppCliArguments             *arguments,
                                          const StoreOutcomes         *outcomes,
                                          GError                     **error);
gboolean   app_cli_insight_check_enough  (gboolean                     enough,
                                          char                       **notes,
                                          GError                     **error);
JsonNode  *app_cli_insight_compute_rows  (AppCliSession               *session,
                                          AppCliArguments             *arguments,
                                          const StoreOutcomesOptions  *options,
                                          GError                     **error);
StoreModel *app_cli_insight_fit_rows     (AppCliSession               *session,
                                          AppCliArguments             *arguments,
                                          const StoreOutcomesOptions  *options,
                                          GError                     **error);
JsonNode  *app_cli_insight_predict_rows  (AppCliSession               *session,
                                          AppCliArguments             *arguments,
                                          StoreModel                  *model,
                                          const StoreOutcomesOptions  *options,
                                          GError                     **error);

G_END_DECLS
