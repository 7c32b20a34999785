/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-data.h"

#include "store-sheet.h"

#define TODAY 20777

StoreTextExamples *
message_data_load (const char *path,
                   const char *text_column,
                   const char *label_column,
                   guint       step)
{
  g_autoptr (StoreTextExamples) examples = NULL;
  g_autoptr (StoreSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  int text, label;
  guint n = 0;

  if (path == NULL)
    return NULL;
  file = g_file_new_for_path (path);
  sheet = store_sheet_open (file, NULL, NULL, &error);
  g_assert_no_error (error);
  text = store_sheet_find_column (sheet, text_column);
  label = store_sheet_find_column (sheet, label_column);
  g_assert_cmpint (MIN (text, label), >=, 0);

  examples = store_text_examples_new ();
  while (store_sheet_next (sheet, NULL, &error))
    if (store_sheet_get_row (sheet) == STORE_SHEET_ROW_DATA && n++ % step == 0)
      store_text_examples_take (examples,
                                store_folded_text_new (store_sheet_get_cell (sheet, text), -1),
                                store_sheet_get_cell (sheet, label), 1.0, TRUE);
  g_assert_no_error (error);
  return g_steal_pointer (&examples);
}

void
message_data_add (StoreMessages *messages,
                  const char    *text,
                  const char    *label)
{
  StoreMessage message = { .text = (char *) text, .label = (char *) label,
                           .day = STORE_MESSAGE_NO_DAY };

  store_messages_add (messages, &message);
}

StoreMessages *
message_data_copy (const StoreTextExamples *examples)
{
  StoreMessages *messages = store_messages_new ();

  for (guint i = 0; i < examples->n; i++)
    {
      g_autofree char *text = store_folded_text_dup (examples->texts[i], 0, examples->texts[i]->n);

      message_data_add (messages, text, NULL);
    }
  return messages;
}

StoreIntent *
message_data_ask (StoreMessages *messages)
{
  StoreIntentOptions options = STORE_INTENT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreIntent *intent;

  options.today = TODAY;
  intent = store_intent_new (messages, &options, NULL, &error);
  g_assert_no_error (error);
  return intent;
}
