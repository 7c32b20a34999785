/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What messages want. They come from a file, from --say, or are the store's; the list of words and
 * what was learnt come from the store where there is one, but not for a file, whose answers depend
 * on the file alone. A correction is an edit of the activity: `clientele-cli set ID
 * intent=return`; an entry of the list of words is a setting: `clientele-cli add setting
 * name=lexicon:WORD value="order 3"`.
 */
#include "config.h"

#include "app-cli-day.h"
#include "app-cli-insight.h"
#include "app-cli-insight-messages.h"
#include "app-today.h"

#include "app-drawing-intent.h"

#include "store-error.h"
#include "store-intent.h"
#include "store-messages-read.h"

#include <glib/gi18n.h>

/* Messages of a file are told by their line where no column names them. */
static StoreMessages *
read_file (AppCliSession    *session,
           AppCliArguments  *arguments,
           GError          **error)
{
  g_autoptr (AppCliMessages) read = app_cli_insight_read_messages (session, arguments, error);
  g_autoptr (StoreMessages) messages = store_messages_new ();

  if (!read)
    return NULL;
  for (guint i = 0; i < read->n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      StoreMessage message = {
        .id = read->messages[i].id ? (char *) read->messages[i].id : number,
        .text = (char *) read->messages[i].text,
        .label = (char *) read->messages[i].label,
        .day = STORE_MESSAGE_NO_DAY,
      };

      store_messages_add (messages, &message);
    }
  return g_steal_pointer (&messages);
}

static void
add_said (StoreMessages *messages,
          const char    *text)
{
  StoreMessage message = { .id = (char *) "1", .text = (char *) text,
                           .day = STORE_MESSAGE_NO_DAY };

  store_messages_add (messages, &message);
}

static gboolean
has_store (AppCliSession *session)
{
  return g_file_test (app_cli_session_get_path (session), G_FILE_TEST_EXISTS);
}

/* The messages, and as @lexicon the list of words; %NULL for that of the program. What --say says
 * comes after those of the store. */
static StoreMessages *
read_messages (AppCliSession    *session,
               AppCliArguments  *arguments,
               StoreLexicon    **lexicon,
               GError          **error)
{
  const char *said = app_cli_arguments_get_value (arguments, "say");
  g_autoptr (StoreMessages) messages = NULL;
  g_auto (GStrv) refused = NULL;
  StoreDatabase *database;

  if (app_cli_arguments_has (arguments, "messages"))
    return read_file (session, arguments, error);
  if (said && !has_store (session))
    messages = store_messages_new ();
  else
    {
      database = app_cli_session_open (session, error);
      messages = database ? store_messages_read (database, error) : NULL;
      *lexicon = messages ? store_lexicon_read (database, &refused, error) : NULL;
      if (!*lexicon)
        return NULL;
    }
  for (guint i = 0; refused && refused[i]; i++)
    app_cli_session_say (session, "%s", refused[i]);
  if (said)
    add_said (messages, said);
  return g_steal_pointer (&messages);
}

static gboolean
find_explained (AppCliArguments      *arguments,
                const StoreMessages  *messages,
                guint                *row,
                GError              **error)
{
  const char *id = app_cli_arguments_get_value (arguments, "explain");

  *row = G_MAXUINT;
  if (!id || store_messages_find (messages, id, row))
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("There is no message “%s”."), id);
  return FALSE;
}

/* With --say the answer is about that message alone. */
static void
keep_last_message (JsonNode *document)
{
  JsonObject *object = json_node_get_object (document);
  JsonArray *messages = json_object_get_array_member (object, "messages");

  while (json_array_get_length (messages) > 1)
    json_array_remove_element (messages, 0);
}

static JsonNode *
write_document (AppCliArguments    *arguments,
                const StoreIntent  *intent,
                GError            **error)
{
  JsonNode *document;
  guint row;

  if (!find_explained (arguments, intent->messages, &row, error))
    return NULL;
  document = store_intent_to_json (intent);
  if (app_cli_arguments_has (arguments, "say"))
    keep_last_message (document);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_intent_dup_reason (intent, row),
                                     store_intent_nearest_json (intent, row));
  return document;
}

static gboolean
get_options (AppCliArguments     *arguments,
             StoreLexicon        *lexicon,
             StoreIntentOptions  *options,
             GError             **error)
{
  const char *until = app_cli_arguments_get_value (arguments, "until");

  options->lexicon = lexicon;
  options->today = app_today_get ();
  return (!until || app_cli_day_parse (until, &options->today, error)) &&
         app_cli_insight_get_seed (arguments, &options->seed, error);
}

static StoreIntent *
ask (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreLexicon) lexicon = NULL;
  g_autoptr (StoreMessages) messages = read_messages (session, arguments, &lexicon, error);

  if (!messages || !get_options (arguments, lexicon, &options, error))
    return NULL;
  return store_intent_new (messages, &options, app_cli_session_get_cancellable (session), error);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreIntent) intent = ask (session, arguments, error);

  return intent ? write_document (arguments, intent, error) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreIntent) intent = ask (session, arguments, error);

  return intent ? store_intent_to_model (intent) : NULL;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (StoreLexicon) lexicon = NULL;
  g_autoptr (StoreMessages) messages = read_messages (session, arguments, &lexicon, error);
  g_autoptr (StoreIntent) intent = NULL;

  if (!messages || !get_options (arguments, lexicon, &options, error))
    return NULL;
  intent = store_intent_new_from_model (model, messages, &options,
                                        app_cli_session_get_cancellable (session), error);
  return intent ? write_document (arguments, intent, error) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_intent, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_MESSAGES_OPTIONS,
  { "say", "TEXT", N_("Ask about this message alone") },
  { "until", "DATE", N_("The day from which “tomorrow” counts: today if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Message") },
  { "label", N_("Intent") },
  { "p", N_("Likely"), APP_CLI_INSIGHT_PERCENT },
  { "mood_label", N_("Mood") },
  { "text", N_("Text") },
  { NULL },
};

const AppCliInsight app_cli_insight_intent = {
  .verb = {
    "insight intent",
    APP_CLI_INSIGHT_MESSAGES_USAGE " [--say TEXT] [--explain ID]",
    N_("Say what messages want, and their mood"),
    N_("A line a message: id, intent, how likely that is right, mood, text. The answer is learnt\n"
       "from what you said of other messages. To correct one:\n"
       "clientele-cli set ID intent=return"),
    0, 0, options, run },
  .view = { "messages", columns, app_drawing_intent },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
