/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared-data.h"

char *
line_next (char **rest)
{
  char *line = *rest;
  char *end;

  if (line == NULL || *line == '\0')
    return NULL;
  end = line;
  while (*end != '\0' && *end != '\n')
    end++;
  *rest = *end == '\n' ? end + 1 : end;
  *end = '\0';
  return line;
}

static char *
find_in (const char *variable,
         const char *folder,
         const char *path)
{
  const char *root = g_getenv (variable);
  g_autofree char *beside = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "..", "shared",
                                              folder, NULL);
  g_autofree char *full = g_build_filename (root != NULL ? root : beside, path, NULL);

  if (g_file_test (full, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&full);
  g_test_skip ("data not here");
  return NULL;
}

char *
shared_data_find (const char *path)
{
  return find_in ("CLIENTELE_SHARED_DATA", "data", path);
}

JsonNode *
shared_reference_load (const char *name)
{
  g_autofree char *path = find_in ("CLIENTELE_SHARED_REFERENCE", "reference", name);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *contents = NULL;

  if (path == NULL)
    return NULL;
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  /* The references were written by a program that prints NaN, which JSON does not have. */
  text = g_string_new (contents);
  g_string_replace (text, ": NaN", ": null", 0);
  g_string_replace (text, ": Infinity", ": null", 0);
  json_parser_load_from_data (parser, text->str, text->len, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* Path: names and array positions, separated by slashes. */
static JsonNode *
find_node (JsonNode   *root,
           const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  JsonNode *node = root;

  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        node = json_array_get_element (json_node_get_array (node), atoi (steps[i]));
      else
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      g_assert_nonnull (node);
    }
  return node;
}

double
shared_reference_get (JsonNode   *root,
                      const char *path)
{
  return json_node_get_double (find_node (root, path));
}

guint
shared_reference_count (JsonNode   *root,
                        const char *path)
{
  return json_array_get_length (json_node_get_array (find_node (root, path)));
}

const char *
shared_reference_get_text (JsonNode   *root,
                           const char *path)
{
  return json_node_get_string (find_node (root, path));
}

gint32
day_of (const char *iso_date)
{
  int year;
  int month;
  int day;
  GDate date;

  g_assert_cmpint (sscanf (iso_date, "%4d-%2d-%2d", &year, &month, &day), ==, 3);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return (gint32) g_date_get_julian (&date) - 719163;
}

StorePurchaseTable *
purchases_load (const char *path,
                guint       id_column,
                guint       date_column,
                int         value_column,
                const char *until)
{
  g_autofree char *contents = NULL;
  StorePurchaseTable *table;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  line_next (&rest);
  table = store_purchase_table_new (until != NULL ? day_of (until) : STORE_PURCHASE_UNTIL_LAST, 2);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (line), ",", -1);
      double value = 1.0;

      if (g_strv_length (cells) <= MAX (id_column, date_column))
        continue;
      if (value_column >= 0)
        value = g_ascii_strtod (cells[value_column], NULL);
      store_purchase_table_add (table, cells[id_column], day_of (cells[date_column]),
                                llround (value * 100.0));
    }
  store_purchase_table_finish (table);
  return table;
}

double *
numbers_load (const char *path,
              guint       first,
              guint       p,
              guint      *n)
{
  g_autofree char *contents = NULL;
  char *rest;
  char *line;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));

  *n = 0;
  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return (double *) (gpointer) g_array_free (numbers, TRUE);
  rest = contents;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (line, ",", -1);

      for (guint j = 0; j < p; j++)
        {
          double number = g_ascii_strtod (cells[first + j], NULL);

          g_array_append_val (numbers, number);
        }
      ++*n;
    }
  return (double *) (gpointer) g_array_free (numbers, FALSE);
}

/* Mean 0 and standard deviation 1, with division by n. */
void
numbers_standardise (double *points,
                     guint   n,
                     guint   p)
{
  for (guint j = 0; j < p; j++)
    {
      double mean = 0.0;
      double squares = 0.0;

      for (guint i = 0; i < n; i++)
        mean += points[i * p + j] / n;
      for (guint i = 0; i < n; i++)
        squares += (points[i * p + j] - mean) * (points[i * p + j] - mean);
      for (guint i = 0; i < n; i++)
        points[i * p + j] = (points[i * p + j] - mean) / sqrt (squares / n);
    }
}

static void
add_invoice (StorePurchaseTable *table,
             const char         *customer,
             const char         *day,
             double              value)
{
  if (*customer != '\0')
    store_purchase_table_add (table, customer, day_of (day), llround (value * 1000.0));
}

enum { SALE_QUANTITY, SALE_DAY, SALE_PRICE, SALE_CUSTOMER, SALE_COUNTRY, SALE_N };

/* The cells of a line in place. A description may hold commas, so the last five are counted from
 * the end. Returns the invoice, or NULL where cells are missing. */
static const char *
split_sale (char  *line,
            char **cells)
{
  const char *invoice = strsep (&line, ",");

  for (guint i = SALE_N; i-- > 0 && line != NULL;)
    {
      char *comma = strrchr (line, ',');

      if (comma == NULL)
        return NULL;
      cells[i] = comma + 1;
      *comma = '\0';
    }
  return line != NULL ? invoice : NULL;
}

/* The lines of an invoice follow each other. */
StorePurchaseTable *
online_retail_load (const char *until,
                    gboolean    by_line)
{
  g_autofree char *path = shared_data_find ("retail/online_retail.csv");
  g_autofree char *contents = NULL;
  char invoice[16] = "";
  char customer[16] = "";
  char day[16] = "";
  double value = 0.0;
  StorePurchaseTable *table;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  table = store_purchase_table_new (day_of (until), 3);
  rest = contents;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      char *cells[SALE_N];
      const char *number = split_sale (line, cells);
      double quantity;
      double price;

      if (number == NULL || *number == 'C' || *cells[SALE_CUSTOMER] == '\0')
        continue;
      quantity = atof (cells[SALE_QUANTITY]);
      price = atof (cells[SALE_PRICE]);
      if (quantity <= 0.0 || price <= 0.0)
        continue;
      if (by_line || !g_str_equal (number, invoice) ||
          !g_str_equal (cells[SALE_CUSTOMER], customer))
        {
          add_invoice (table, customer, day, value);
          value = 0.0;
        }
      g_strlcpy (invoice, number, sizeof invoice);
      g_strlcpy (customer, cells[SALE_CUSTOMER], sizeof customer);
      g_strlcpy (day, cells[SALE_DAY], 11);
      value += quantity * price;
    }
  add_invoice (table, customer, day, value);
  store_purchase_table_finish (table);
  return table;
}
