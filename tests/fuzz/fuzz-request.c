/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sync-json.h"
#include "sync-request-signature.h"
#include "sync-server-path.h"

/* What the server reads before it knows who asks: path, query, Authorization, JSON. The input's
 * first byte chooses which; what is taken must be spelt exactly as we would spell it.
 */

int LLVMFuzzerTestOneInput (const uint8_t *bytes,
                            size_t         size);

static void
read_signature (const char *text)
{
  SyncRequestSignature signature;
  g_autofree char *again = NULL;

  if (!sync_request_signature_parse (text, &signature))
    return;

  again = sync_request_signature_format (&signature);
  g_assert_cmpstr (text, ==, again);
}

static void
read_path (const char *text)
{
  SyncServerPath path;

  if (sync_server_path_parse (text, &path))
    g_assert_true (g_str_has_prefix (text, "/v1") && strstr (text, "..") == NULL);
}

static void
read_query (const char *text)
{
  static const char *const names[] = { "after", "max", "wait", NULL };
  guint64 values[3] = { 0 };

  if (sync_server_query_parse (text, names, values))
    g_assert_cmpuint (values[0] | values[1] | values[2], <, G_GUINT64_CONSTANT (1) << 50);
}

static void
read_json (const void *bytes,
           gsize       size)
{
  g_autoptr (JsonObject) object = sync_json_parse (bytes, size);
  guint64 number;

  if (object == NULL)
    return;

  sync_json_get_string (object, "key");
  sync_json_get_number (object, "have", &number);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes,
                        size_t         size)
{
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;

  text = g_strndup ((const char *) bytes + 1, size - 1);
  switch (bytes[0] % 4)
    {
    case 0:
      read_signature (text);
      break;
    case 1:
      read_path (text);
      break;
    case 2:
      read_query (text);
      break;
    default:
      read_json (bytes + 1, size - 1);
      break;
    }

  return 0;
}
