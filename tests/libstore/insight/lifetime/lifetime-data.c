/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "lifetime-data.h"

static StorePurchaseTable *
load_whole (const char *name)
{
  gboolean cdnow = g_str_equal (name, "cdnow_sample");
  g_autofree char *path = NULL;

  if (g_str_equal (name, "online_retail"))
    return online_retail_load ("2011-12-09", TRUE);
  path = shared_data_find (cdnow ? "clv/cdnow_sample.csv" : "clv/grocery_elog.csv");
  if (cdnow)
    return purchases_load (path, 1, 2, 4, "1998-06-30");
  return purchases_load (path, 0, 1, -1, "2007-12-30");
}

LifetimeData *
lifetime_data_load (const char *name)
{
  const char *cut = g_str_equal (name, "cdnow_sample") ? "1997-09-30"
                    : g_str_equal (name, "grocery")    ? "2006-12-31"
                                                       : "2011-08-31";
  StorePurchaseTable *whole = load_whole (name);
  LifetimeData *data;

  if (whole == NULL)
    return NULL;
  data = g_new0 (LifetimeData, 1);
  data->whole = whole;
  data->past = store_purchase_table_cut (whole, day_of (cut));
  data->patterns = store_purchase_patterns_new (data->past);
  data->days = (guint) (store_purchase_table_get_columns (whole)->until - day_of (cut));
  return data;
}

void
lifetime_data_free (LifetimeData *data)
{
  if (data == NULL)
    return;
  store_purchase_table_unref (data->whole);
  store_purchase_table_unref (data->past);
  store_purchase_patterns_free (data->patterns);
  g_free (data);
}

double
reference_number (JsonNode   *reference,
                  const char *format,
                  ...)
{
  g_autofree char *path = NULL;
  va_list list;

  va_start (list, format);
  path = g_strdup_vprintf (format, list);
  va_end (list);
  return shared_reference_get (reference, path);
}

gboolean
reference_has (JsonNode   *reference,
               const char *format,
               ...)
{
  g_autofree char *path = NULL;
  g_auto (GStrv) steps = NULL;
  JsonNode *node = reference;
  va_list list;

  va_start (list, format);
  path = g_strdup_vprintf (format, list);
  va_end (list);
  steps = g_strsplit (path, "/", -1);
  for (guint i = 0; steps[i] != NULL && node != NULL; i++)
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        node = json_array_get_element (json_node_get_array (node), atoi (steps[i]));
      else if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      else
        node = NULL;
    }
  return node != NULL;
}

StorePurchaseModel
reference_model (JsonNode              *reference,
                 const char            *path,
                 StorePurchaseModelKind kind)
{
  StorePurchaseModel model = { .kind = kind, .k = 1, .occasion_weeks = 1.0 };

  for (guint i = 0; i < store_purchase_model_get_n_parameters (kind); i++)
    model.parameters[i] =
      reference_number (reference, "%s/%s", path, store_purchase_model_get_parameter_name (kind, i));
  return model;
}
