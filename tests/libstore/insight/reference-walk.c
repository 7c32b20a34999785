/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "reference-walk.h"

typedef struct
{
  const ReferenceRow *rows;
  guint n_rows;
  guint *visits;
  gpointer data;
} Walk;

static gboolean
try_rows (Walk       *self,
          const char *path,
          JsonNode   *value)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      g_auto (GStrv) steps = NULL;

      if (!g_pattern_match_simple (self->rows[i].pattern, path) ||
          (g_str_equal (self->rows[i].pattern, "*") && !JSON_NODE_HOLDS_VALUE (value)))
        continue;
      self->visits[i]++;
      steps = g_strsplit (path, "/", -1);
      if (self->rows[i].check != NULL)
        self->rows[i].check (steps, value, self->data);
      return TRUE;
    }
  return FALSE;
}

static void
visit (Walk       *self,
       const char *path,
       JsonNode   *value)
{
  if (*path != '\0' && try_rows (self, path, value))
    return;

  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (value));

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *below = g_strconcat (path, *path != '\0' ? "/" : "", l->data, NULL);

          visit (self, below, json_object_get_member (json_node_get_object (value), l->data));
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (value))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
      {
        g_autofree char *below = g_strdup_printf ("%s/%u", path, i);

        visit (self, below, json_array_get_element (json_node_get_array (value), i));
      }
  else
    {
      g_test_message ("no row tests %s", path);
      g_test_fail ();
    }
}

void
reference_walk (JsonNode           *root,
                const ReferenceRow *rows,
                guint               n_rows,
                gpointer            data)
{
  g_autofree guint *visits = g_new0 (guint, n_rows);
  Walk walk = { rows, n_rows, visits, data };

  visit (&walk, "", root);
  for (guint i = 0; i < n_rows; i++)
    if (visits[i] == 0)
      {
        g_test_message ("nothing is named %s", rows[i].pattern);
        g_test_fail ();
      }
}

/* The number itself, or element @which of an array of numbers. */
double
reference_walk_number (JsonNode *value,
                       guint     which)
{
  if (JSON_NODE_HOLDS_ARRAY (value))
    value = json_array_get_element (json_node_get_array (value), which);
  return json_node_get_double (value);
}
