/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of separated values: every cell is valid text, and every parser of cells
 * takes it. */
#include "store-cell-text.h"
#include "store-date-text.h"
#include "store-email-text.h"
#include "store-mapping.h"
#include "store-money-text.h"
#include "store-phone-text.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
read_cell (const char *cell)
{
  g_autofree char *clean = store_cell_text_clean (cell);
  g_autofree char *guarded = store_cell_text_guard (cell);
  g_auto (GStrv) emails = store_email_text_split (cell);
  g_auto (GStrv) phones = store_phone_text_split (cell);
  StoreDateText date;
  char currency[4];
  gint64 number;

  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_cmpstr (store_cell_text_unguard (guarded), ==, cell);
  store_date_text_parse (cell, NULL, &date, NULL);
  store_money_text_parse (cell, NULL, "EUR", &number, currency, NULL);
  for (guint i = 0; emails[i] != NULL; i++)
    {
      g_autofree char *email = NULL;

      store_email_text_parse (emails[i], &email, NULL);
    }
  for (guint i = 0; phones[i] != NULL; i++)
    {
      g_autofree char *phone = NULL;

      store_phone_text_parse (phones[i], &phone, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (StoreCsvReader) reader = NULL;
  g_autoptr (StoreSheet) sheet = NULL;
  g_autoptr (StoreImportTarget) target = store_import_target_new ("party", NULL);
  g_autoptr (StoreMapping) mapping = NULL;
  guint64 line = 0;

  reader = store_csv_reader_new (stream, &(StoreCsvOptions){ .max_cell = 256 }, NULL, NULL);
  g_assert_nonnull (reader);
  sheet = store_sheet_new (reader, NULL, NULL);
  g_assert_nonnull (sheet);
  mapping = store_mapping_new (target, sheet);
  g_assert_true (store_mapping_guess (mapping, NULL, NULL));

  while (store_sheet_next (sheet, NULL, NULL))
    {
      g_assert_cmpuint (store_sheet_get_line (sheet), >, line);
      line = store_sheet_get_line (sheet);
      for (guint i = 0; i < store_sheet_get_n_columns (sheet); i++)
        {
          g_assert_true (g_utf8_validate (store_sheet_get_cell (sheet, i), -1, NULL));
          read_cell (store_sheet_get_cell (sheet, i));
        }
    }
  return 0;
}
