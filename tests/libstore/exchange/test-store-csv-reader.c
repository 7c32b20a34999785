/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store-csv-reader.h"
#include "store-csv-writer.h"

static StoreCsvReader *
open_bytes (const char            *text,
            gssize                 length,
            const StoreCsvOptions *options)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  StoreCsvReader *reader;

  bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  reader = store_csv_reader_new (stream, options, NULL, &error);
  g_assert_no_error (error);
  return reader;
}

static void
assert_record (StoreCsvReader     *reader,
               guint64             line,
               const char *const  *cells)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (store_csv_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (store_csv_reader_get_line (reader), ==, line);
  for (; cells[n] != NULL; n++)
    g_assert_cmpstr (store_csv_reader_get_cell (reader, n), ==, cells[n]);
  g_assert_cmpuint (store_csv_reader_get_n_cells (reader), ==, n);
}

static void
assert_end (StoreCsvReader *reader)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store_csv_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
}

#define CELLS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_lines_of_every_system_are_counted (void)
{
  g_autoptr (StoreCsvReader) reader = open_bytes ("a,b\r\n\"x\r\ny\",1\n\nc,d\re,f", -1, NULL);

  assert_record (reader, 1, CELLS ("a", "b"));
  assert_record (reader, 2, CELLS ("x\r\ny", "1"));
  assert_record (reader, 4, CELLS (""));
  assert_record (reader, 5, CELLS ("c", "d"));
  assert_record (reader, 6, CELLS ("e", "f"));
  assert_end (reader);
}

static void
test_quotes_are_read_as_spreadsheets_do (void)
{
  g_autoptr (StoreCsvReader) reader = NULL;

  reader = open_bytes ("\"O'Reilly \"\"Best\"\"\", \"a,b\" ,x\"y\"\n"
                       "\"Acme\" Inc.,\"\",\n",
                       -1, NULL);
  assert_record (reader, 1, CELLS ("O'Reilly \"Best\"", "a,b", "x\"y\""));
  assert_record (reader, 2, CELLS ("Acme Inc.", "", ""));
  assert_end (reader);
}

static void
test_unclosed_quote_costs_one_line (void)
{
  g_autoptr (StoreCsvReader) reader = open_bytes ("a,b\n\"c,d\ne,f\ng,h\n", -1, NULL);

  assert_record (reader, 1, CELLS ("a", "b"));
  assert_record (reader, 2, CELLS ("\"c", "d"));
  g_assert_nonnull (store_csv_reader_get_fault (reader));
  assert_record (reader, 3, CELLS ("e", "f"));
  g_assert_null (store_csv_reader_get_fault (reader));
  assert_record (reader, 4, CELLS ("g", "h"));
  assert_end (reader);
}

static void
test_long_cell_is_a_fault_and_bounded (void)
{
  g_autofree char *filler = g_strnfill (300, 'x');
  g_autofree char *text = g_strconcat ("a,", filler, ",b\nc,d\n", NULL);
  g_autoptr (StoreCsvReader) reader = open_bytes (text, -1, &(StoreCsvOptions){ .max_cell = 100 });

  g_assert_true (store_csv_reader_next (reader, NULL, NULL));
  g_assert_nonnull (store_csv_reader_get_fault (reader));
  g_assert_cmpuint (strlen (store_csv_reader_get_cell (reader, 1)), ==, 100);
  g_assert_cmpstr (store_csv_reader_get_cell (reader, 2), ==, "b");
  assert_record (reader, 2, CELLS ("c", "d"));
}

static void
test_line_longer_than_the_window_is_passed (void)
{
  g_autofree char *filler = g_strnfill (200 * 1024, 'x');
  g_autofree char *text = g_strconcat ("a,", filler, "\r\nc,d\n", NULL);
  g_autoptr (StoreCsvReader) reader = open_bytes (text, -1, &(StoreCsvOptions){ .max_cell = 100 });

  g_assert_true (store_csv_reader_next (reader, NULL, NULL));
  g_assert_nonnull (store_csv_reader_get_fault (reader));
  assert_record (reader, 2, CELLS ("c", "d"));
  assert_end (reader);
}

static void
test_zero_byte_is_a_fault_of_its_line (void)
{
  g_autoptr (StoreCsvReader) reader = open_bytes ("a,b\nc\0c,d\ne,f\n", 14, NULL);

  assert_record (reader, 1, CELLS ("a", "b"));
  assert_record (reader, 2, CELLS ("cc", "d"));
  g_assert_nonnull (store_csv_reader_get_fault (reader));
  assert_record (reader, 3, CELLS ("e", "f"));
  g_assert_null (store_csv_reader_get_fault (reader));
}

static void
test_delimiter_is_found (void)
{
  static const struct
  {
    const char *text;
    char delimiter;
  } cases[] = {
    { "Name;Betrag\nA;1,5\nB;2,5\n", ';' },
    { "1,5;2,5\n3,5;4,5\n", ';' },
    { "a\tb,c\td\ne\tf\tg\n", '\t' },
    { "a|b\nc|d\n", '|' },
    { "name,notes\nx,\"a;b;c\"\ny,\"d;e;f\"\n", ',' },
    { "one\ntwo\n", ',' },
    { "", ',' },
    { "sep=;\r\na,b;c\r\n", ';' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreCsvReader) reader = open_bytes (cases[i].text, -1, NULL);

      g_assert_cmpint (store_csv_reader_get_delimiter (reader), ==, cases[i].delimiter);
    }
}

static void
test_separator_line_is_no_record (void)
{
  g_autoptr (StoreCsvReader) reader = open_bytes ("sep=;\r\na,b;c\r\n", -1, NULL);

  assert_record (reader, 2, CELLS ("a,b", "c"));
  assert_end (reader);
  g_assert_true (store_csv_reader_rewind (reader, NULL, NULL));
  assert_record (reader, 2, CELLS ("a,b", "c"));
}

static void
assert_encoding (const char        *bytes,
                 gssize             length,
                 StoreTextEncoding  encoding,
                 const char        *cell)
{
  g_autoptr (StoreCsvReader) reader = open_bytes (bytes, length, NULL);

  g_assert_true (store_csv_reader_next (reader, NULL, NULL));
  g_assert_cmpstr (store_csv_reader_get_cell (reader, 0), ==, cell);
  g_assert_cmpint (store_csv_reader_get_encoding (reader), ==, encoding);
}

static void
test_encoding_is_found (void)
{
  assert_encoding ("\xef\xbb\xbfz\xc3\xbc,1\n", -1, STORE_TEXT_ENCODING_UTF_8, "zü");
  assert_encoding ("\xff\xfe\x20\x5f,\0\x31\0\n\0", 10, STORE_TEXT_ENCODING_UTF_16LE, "张");
  assert_encoding ("\x5f\x20\0,\0\x31\0\n", 8, STORE_TEXT_ENCODING_UTF_16BE, "张");
  assert_encoding ("\xd5\xc5\xbe\xb2,1\n", -1, STORE_TEXT_ENCODING_GB18030, "张静");
  assert_encoding ("\x94\x39\xfc\x36,1\n", -1, STORE_TEXT_ENCODING_GB18030, "😀");
  assert_encoding ("S\xf6hne,1\n", -1, STORE_TEXT_ENCODING_WINDOWS_1252, "Söhne");
  assert_encoding ("Caf\xe9,\x80\n", -1, STORE_TEXT_ENCODING_WINDOWS_1252, "Café");
  assert_encoding ("Gr\xf6\xdf" "e M\xfcller S\xf6hne,1\n", -1, STORE_TEXT_ENCODING_WINDOWS_1252,
                   "Größe Müller Söhne");
}

static void
test_accent_behind_the_first_chunk_is_not_missed (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (StoreCsvReader) reader = NULL;
  g_autofree char *last = NULL;

  for (int i = 0; i < 20000; i++)
    g_string_append (text, "plain,text\n");
  g_string_append (text, "\xd5\xc5\xbe\xb2,1\n");
  reader = open_bytes (text->str, (gssize) text->len, NULL);
  while (store_csv_reader_next (reader, NULL, NULL))
    {
      g_free (last);
      last = g_strdup (store_csv_reader_get_cell (reader, 0));
    }
  g_assert_cmpstr (last, ==, "张静");
  g_assert_cmpuint (store_csv_reader_get_line (reader), ==, 20002);
}

static void
test_wrong_encoding_damages_characters_only (void)
{
  g_autoptr (StoreCsvReader) reader = NULL;

  reader = open_bytes ("\xd5\xc5,1\nb,2\n", -1,
                       &(StoreCsvOptions){ .encoding = STORE_TEXT_ENCODING_UTF_8 });
  g_assert_true (store_csv_reader_next (reader, NULL, NULL));
  g_assert_true (g_utf8_validate (store_csv_reader_get_cell (reader, 0), -1, NULL));
  assert_record (reader, 2, CELLS ("b", "2"));
}

static char *
random_cell (GRand *random)
{
  static const char *const pieces[] = {
    "a", "\"", ",", ";", "\t", "\r\n", "\n", "\r", " ", "'", "=", "张", "é", "😀", "|", "sep=", "",
  };
  GString *cell = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 0, 8); n > 0; n--)
    g_string_append (cell, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (cell, FALSE);
}

static void
check_round_trip (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GString) text = g_string_new (g_rand_boolean (random) ? STORE_CSV_BOM : "");
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StoreCsvReader) reader = NULL;
  int n_columns = g_rand_int_range (random, 1, 6);
  int n_rows = g_rand_int_range (random, 1, 30);

  for (int i = 0; i < n_rows; i++)
    {
      for (int j = 0; j < n_columns; j++)
        {
          char *cell = random_cell (random);

          g_ptr_array_add (cells, cell);
          store_csv_append_cell (text, cell, j == 0);
        }
      store_csv_append_line_end (text);
    }

  reader = open_bytes (text->str, (gssize) text->len, &(StoreCsvOptions){ .delimiter = ',' });
  for (int i = 0; i < n_rows; i++)
    {
      g_assert_true (store_csv_reader_next (reader, NULL, NULL));
      g_assert_null (store_csv_reader_get_fault (reader));
      g_assert_cmpuint (store_csv_reader_get_n_cells (reader), ==, n_columns);
      for (int j = 0; j < n_columns; j++)
        g_assert_cmpstr (store_csv_reader_get_cell (reader, (guint) j), ==,
                         cells->pdata[i * n_columns + j]);
    }
  assert_end (reader);
}

static void
test_what_was_written_is_read (void)
{
  guint32 first = g_test_rand_int ();

  g_test_message ("seeds from %u", first);
  for (guint32 i = 0; i < 300; i++)
    check_round_trip (first + i);
}

/* Any bytes: no crash, no endless loop, always valid text, line numbers that rise. */
static void
test_any_bytes_are_survived (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 500; round++)
    {
      g_autoptr (StoreCsvReader) reader = NULL;
      char bytes[200];
      int length = g_rand_int_range (random, 0, sizeof bytes);
      guint64 line = 0;

      for (int i = 0; i < length; i++)
        bytes[i] = g_rand_int_range (random, 0, 3) == 0
                     ? ",;\"\n\r\t"[g_rand_int_range (random, 0, 6)]
                     : (char) g_rand_int (random);
      reader = open_bytes (bytes, length, &(StoreCsvOptions){ .max_cell = 16 });
      while (store_csv_reader_next (reader, NULL, NULL))
        {
          g_assert_cmpuint (store_csv_reader_get_line (reader), >, line);
          line = store_csv_reader_get_line (reader);
          for (guint i = 0; i < store_csv_reader_get_n_cells (reader); i++)
            g_assert_true (g_utf8_validate (store_csv_reader_get_cell (reader, i), -1, NULL));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/lines-of-every-system-are-counted",
                   test_lines_of_every_system_are_counted);
  g_test_add_func ("/csv-reader/quotes-are-read-as-spreadsheets-do",
                   test_quotes_are_read_as_spreadsheets_do);
  g_test_add_func ("/csv-reader/unclosed-quote-costs-one-line", test_unclosed_quote_costs_one_line);
  g_test_add_func ("/csv-reader/long-cell-is-a-fault-and-bounded",
                   test_long_cell_is_a_fault_and_bounded);
  g_test_add_func ("/csv-reader/line-longer-than-the-window-is-passed",
                   test_line_longer_than_the_window_is_passed);
  g_test_add_func ("/csv-reader/zero-byte-is-a-fault-of-its-line",
                   test_zero_byte_is_a_fault_of_its_line);
  g_test_add_func ("/csv-reader/delimiter-is-found", test_delimiter_is_found);
  g_test_add_func ("/csv-reader/separator-line-is-no-record", test_separator_line_is_no_record);
  g_test_add_func ("/csv-reader/encoding-is-found", test_encoding_is_found);
  g_test_add_func ("/csv-reader/accent-behind-the-first-chunk-is-not-missed",
                   test_accent_behind_the_first_chunk_is_not_missed);
  g_test_add_func ("/csv-reader/wrong-encoding-damages-characters-only",
                   test_wrong_encoding_damages_characters_only);
  g_test_add_func ("/csv-reader/what-was-written-is-read", test_what_was_written_is_read);
  g_test_add_func ("/csv-reader/any-bytes-are-survived", test_any_bytes_are_survived);

  return g_test_run ();
}
