/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --explain ID: who is meant, and where the words about them stand in a document. */
#include "config.h"

#include "app-cli-insight-view.h"

#include "store-error.h"

#include <glib/gi18n.h>

/**
 * app_cli_insight_find_explained:
 * @table: the customers
 * @row: (out): whom --explain names; G_MAXUINT where it was not given
 *
 * Returns: %FALSE where there is no such customer
 */
gboolean
app_cli_insight_find_explained (AppCliArguments     *arguments,
                                StorePurchaseTable  *table,
                                guint               *row,
                                GError             **error)
{
  g_return_val_if_fail (arguments != NULL && table != NULL && row != NULL, FALSE);

  const char *id = app_cli_arguments_get_value (arguments, "explain");

  *row = G_MAXUINT;
  if (!id || store_purchase_table_find (table, id, row))
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("“%s” has no orders up to that day. Take an id from the list."), id);
  return FALSE;
}

/**
 * app_cli_insight_add_explanation:
 * @document: an object
 * @id: of the customer or row that is explained
 * @reason: (transfer full) (nullable): in a plain sentence
 * @nearest: (transfer full) (nullable): an array of objects {"id", "reason" (how it stood),
 *   "outcome" (what came then), "distance"}
 *
 * Adds the member "explanation".
 */
void
app_cli_insight_add_explanation (JsonNode   *document,
                                 const char *id,
                                 char       *reason,
                                 JsonNode   *nearest)
{
  g_return_if_fail (document != NULL && JSON_NODE_HOLDS_OBJECT (document));

  JsonObject *explanation = json_object_new ();

  json_object_set_string_member (explanation, "id", id);
  json_object_set_string_member (explanation, "reason", reason ? reason : "");
  if (nearest)
    json_object_set_member (explanation, "nearest", nearest);
  else
    json_object_set_array_member (explanation, "nearest", json_array_new ());
  json_object_set_object_member (json_node_get_object (document), "explanation", explanation);
  g_free (reason);
}
