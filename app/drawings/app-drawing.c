/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

#define JULIAN_OF_EPOCH 719163

/**
 * app_drawing_set_empty:
 *
 * Says that there is nothing to draw.
 */
void
app_drawing_set_empty (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("There is nothing to draw: the answer has no figures. Ask without "
                         "--chart to read why."));
}

/**
 * app_drawing_get_list:
 *
 * Returns: (transfer none) (nullable): a list that is not empty; %NULL with an error that says that
 * there is nothing to draw.
 */
JsonArray *
app_drawing_get_list (JsonObject  *object,
                      const char  *member,
                      GError     **error)
{
  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  JsonNode *node = json_object_get_member (object, member);

  if (node && JSON_NODE_HOLDS_ARRAY (node) &&
      json_array_get_length (json_node_get_array (node)) > 0)
    return json_node_get_array (node);
  app_drawing_set_empty (error);
  return NULL;
}

/**
 * app_drawing_get_number:
 *
 * Returns: a number, or NAN.
 */
double
app_drawing_get_number (JsonObject *object,
                        const char *member)
{
  g_return_val_if_fail (object != NULL && member != NULL, NAN);

  JsonNode *node = json_object_get_member (object, member);
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                    : G_TYPE_INVALID;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

/**
 * app_drawing_get_text:
 *
 * Returns: (transfer none): a text, or "".
 */
const char *
app_drawing_get_text (JsonObject *object,
                      const char *member)
{
  g_return_val_if_fail (object != NULL && member != NULL, "");

  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : "";
}

/**
 * app_drawing_get_person:
 *
 * Returns: (transfer none): what a customer is called: the name, or else the id
 */
const char *
app_drawing_get_person (JsonObject *object)
{
  const char *name = app_drawing_get_text (object, "name");

  return *name ? name : app_drawing_get_text (object, "id");
}

/**
 * app_drawing_get_day:
 *
 * Returns: days since 1970-01-01 of a day, or of the first of a month; or NAN.
 */
double
app_drawing_get_day (JsonObject *object,
                     const char *member)
{
  guint year, month, day = 1;
  GDate date;

  if (sscanf (app_drawing_get_text (object, member), "%4u-%2u-%2u", &year, &month, &day) < 2 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NAN;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (double) g_date_get_julian (&date) - JULIAN_OF_EPOCH;
}

/**
 * app_drawing_dup_number:
 *
 * Returns: (transfer full): a whole number as it is, any other with three digits that count, as the
 * person's language writes it.
 */
char *
app_drawing_dup_number (double value)
{
  double size = fabs (value);
  int digits = size >= 100 || value == floor (value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;

  return g_strdup_printf ("%'.*f", digits, value);
}
