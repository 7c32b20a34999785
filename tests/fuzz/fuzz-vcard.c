/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of cards: every cell of the table is valid text. */
#include "store-vcard-sheet.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (StoreSheet) sheet = store_vcard_sheet_new (stream, NULL, NULL);

  g_assert_nonnull (sheet);
  while (store_sheet_next (sheet, NULL, NULL))
    for (guint i = 0; i < store_sheet_get_n_columns (sheet); i++)
      g_assert_true (g_utf8_validate (store_sheet_get_cell (sheet, i), -1, NULL));
  return 0;
}
