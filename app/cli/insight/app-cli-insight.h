/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-cli-insight-view.h"
#include "app-cli-verb.h"

#include "store-model.h"

G_BEGIN_DECLS

/*
 * How to add a verb:
 *
 * 1. app-cli-insight-WORD.c defines `const AppCliInsight app_cli_insight_WORD`: the verb with its
 *    options (the groups below and its own), the columns of its text, its drawing, and functions
 *    that make its document. `run` calls app_cli_insight_run(). See app-cli-insight-rfm.c.
 * 2. Declare it below and add it to the table in app-cli-insight.c; add the file to meson.build and
 *    po/POTFILES.in.
 * 3. app/drawings/app-drawing-WORD.[ch] makes its chart from the document.
 * 4. A section in data/man/clientele-insight.1 names its options and every member of its JSON; a
 *    test in tests/app/cli compares them. Completion needs nothing: it reads the help.
 *
 * Messages for the person beside the answer: put them into the document ("definition", "notes",
 * "validation": {"words"}); the frame says them. Long work takes app_cli_session_get_cancellable()
 * and, as progress, app_cli_session_report() with the session as its data. --threads is done by
 * the frame.
 */

/**
 * AppCliInsight:
 * @verb: "insight WORD", with its options; @run calls app_cli_insight_run()
 * @view: how its document is shown
 * @compute: makes the document from the arguments
 * @fit: (nullable): makes a model from the arguments, for `insight fit WORD FILE`
 * @predict: (nullable): makes the document by a model, for `insight predict FILE`
 *
 * One analysis on the command line. The functions are called with options checked to be known.
 */
typedef struct
{
  AppCliVerb verb;
  AppCliInsightView view;
  JsonNode   *(*compute) (AppCliSession    *session,
                          AppCliArguments  *arguments,
                          GError          **error);
  StoreModel *(*fit)     (AppCliSession    *session,
                          AppCliArguments  *arguments,
                          GError          **error);
  JsonNode   *(*predict) (AppCliSession    *session,
                          AppCliArguments  *arguments,
                          StoreModel       *model,
                          GError          **error);
} AppCliInsight;

extern const AppCliInsight app_cli_insight_churn;
extern const AppCliInsight app_cli_insight_clv;
extern const AppCliInsight app_cli_insight_cohorts;
extern const AppCliInsight app_cli_insight_demand;
extern const AppCliInsight app_cli_insight_indices;
extern const AppCliInsight app_cli_insight_intent;
extern const AppCliInsight app_cli_insight_drops;
extern const AppCliInsight app_cli_insight_forecast;
extern const AppCliInsight app_cli_insight_response;
extern const AppCliInsight app_cli_insight_rfm;
extern const AppCliInsight app_cli_insight_tournament;
extern const AppCliInsight app_cli_insight_recommend;
extern const AppCliInsight app_cli_insight_rules;
extern const AppCliInsight app_cli_insight_segments;

extern const AppCliVerb app_cli_insight_fit;
extern const AppCliVerb app_cli_insight_predict;

gboolean             app_cli_insight_run      (const AppCliInsight  *insight,
                                               AppCliSession        *session,
                                               AppCliArguments      *arguments,
                                               GError              **error);
gboolean             app_cli_insight_begin    (const AppCliInsight  *insight,
                                               AppCliSession        *session,
                                               AppCliArguments      *arguments,
                                               GError              **error);
gboolean             app_cli_insight_end      (const AppCliInsight  *insight,
                                               AppCliSession        *session,
                                               AppCliArguments      *arguments,
                                               JsonNode             *document,
                                               GError              **error);
const AppCliInsight *app_cli_insight_find     (const char           *word);
const char          *app_cli_insight_get_word (const AppCliInsight  *insight);
gboolean             app_cli_insight_get_seed (AppCliArguments      *arguments,
                                               guint64              *seed,
                                               GError              **error);

/* Where the orders come from: the store, or a file. */
#define APP_CLI_INSIGHT_ORDERS_OPTIONS \
  { "orders", "FILE.csv", N_("Orders from this file; no store is needed or made") }, \
  { "id", "COLUMN", N_("Its column with the customer") }, \
  { "date", "COLUMN", N_("Its column with the date") }, \
  { "value", "COLUMN", N_("Its column with the value of the order") }, \
  { "until", "DATE", N_("Orders up to this day count: today if not given, of a file the last") }
#define APP_CLI_INSIGHT_ORDERS_USAGE \
  "[--orders FILE.csv --id COLUMN --date COLUMN --value COLUMN] [--until DATE]"

#define APP_CLI_INSIGHT_BASKETS_OPTIONS \
  { "orders", "FILE.csv", N_("Baskets from this file; no store is needed or made") }, \
  { "basket", "COLUMN", N_("Its column with the order; lines of one order are bought together") }, \
  { "item", "COLUMN", N_("Its column with the thing that was bought") }, \
  { "id", "COLUMN", N_("Its column with the customer") }, \
  { "date", "COLUMN", N_("Its column with the date") }, \
  { "until", "DATE", N_("Orders up to this day count: today if not given, of a file the last") }
#define APP_CLI_INSIGHT_BASKETS_USAGE \
  "[--orders FILE.csv --basket COLUMN --item COLUMN [--id COLUMN] [--date COLUMN]] [--until DATE]"

#define APP_CLI_INSIGHT_SERIES_OPTIONS \
  { "series", "FILE.csv", N_("Values from this file; no store is needed or made") }, \
  { "date", "COLUMN", N_("Its column with the date") }, \
  { "value", "COLUMN", N_("Its column with the value") }, \
  { "until", "DATE", N_("Values up to this day count: today if not given, of a file the last") }
#define APP_CLI_INSIGHT_SERIES_USAGE \
  "[--series FILE.csv --date COLUMN --value COLUMN] [--until DATE]"

#define APP_CLI_INSIGHT_ROWS_OPTIONS \
  { "rows", "FILE.csv", N_("A table from this file; no store is needed or made") }, \
  { "label", "COLUMN", N_("Its column with what is to be foretold") }, \
  { "id", "COLUMN", N_("Its column that names each row") }, \
  { "leave-out", "COLUMN", N_("A column not to be used; may be given again") }
#define APP_CLI_INSIGHT_ROWS_USAGE \
  "[--rows FILE.csv --label COLUMN [--id COLUMN] [--leave-out COLUMN]...]"

#define APP_CLI_INSIGHT_MESSAGES_OPTIONS \
  { "messages", "FILE.csv", N_("Messages from this file; no store is needed or made") }, \
  { "text", "COLUMN", N_("Its column with the message") }, \
  { "label", "COLUMN", N_("Its column with what the message means, to learn from") }, \
  { "id", "COLUMN", N_("Its column that names each message") }
#define APP_CLI_INSIGHT_MESSAGES_USAGE \
  "[--messages FILE.csv --text COLUMN [--label COLUMN] [--id COLUMN]]"

/* What every analysis takes; an option "explain" or "seed" stands where it has a meaning. */
#define APP_CLI_INSIGHT_COMMON_OPTIONS \
  { "chart", "FILE", N_("Draw it, too: a file that ends in .svg, .png or .pdf") }, \
  { "threads", "N", N_("Work on so many threads; the answer is the same") }
#define APP_CLI_INSIGHT_COMMON_USAGE "[--chart FILE]"

#define APP_CLI_INSIGHT_EXPLAIN_OPTION \
  { "explain", "ID", N_("Say in words why it is so for this one") }
#define APP_CLI_INSIGHT_SEED_OPTION \
  { "seed", "N", N_("Begin the random numbers here: 1 if not given") }

G_END_DECLS
