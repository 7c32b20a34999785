/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * E-mail addresses as people's exports write them: "<a@b.example>", "Ann <a@b.example>",
 * "mailto:a@b.example", "a at b.example", in capitals, with full-width signs. The one form is lower
 * case: RFC 5321 lets the local part depend on case, no host that people write to does.
 */
#include "config.h"
#include "store-email-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"

/* RFC 5321, section 4.5.3.1. */
#define MAX_ADDRESS 254
#define MAX_LOCAL 64

/**
 * store_email_text_split:
 * @cell: one cell
 *
 * Takes apart a cell that holds several addresses.
 *
 * Returns: (transfer full): the parts, %NULL-terminated; release with g_strfreev(). Any thread.
 */
char **
store_email_text_split (const char *cell)
{
  const char *first;

  g_return_val_if_fail (cell != NULL, NULL);

  /* A slash is lawful in an address; it cuts where there are two of them. */
  first = strchr (cell, '@');
  return store_cell_text_split (cell, first != NULL && strchr (first + 1, '@') != NULL
                                        ? ";,|、，；\n\r/"
                                        : ";,|、，；\n\r");
}

/* What stands in the last <>, without "mailto:". */
static char *
take_address (const char *plain)
{
  const char *open = strrchr (plain, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  g_autofree char *address = close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1))
                                           : g_strdup (plain);

  g_strstrip (address);
  if (g_str_has_prefix (address, "mailto:"))
    {
      address[strcspn (address, "?")] = '\0';
      return g_strstrip (g_strdup (address + strlen ("mailto:")));
    }
  return g_steal_pointer (&address);
}

/* "a at b.example", "a (at) b.example", "a[at]b.example". */
static char *
put_sign (const char *address)
{
  static const char *const words[] = { " at ", "(at)", "[at]" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *word = strchr (address, '@') == NULL ? strstr (address, words[i]) : NULL;
      g_autofree char *local = word != NULL ? g_strndup (address, (gsize) (word - address)) : NULL;
      g_autofree char *domain = word != NULL ? g_strdup (word + strlen (words[i])) : NULL;

      if (word != NULL)
        return g_strconcat (g_strstrip (local), "@", g_strstrip (domain), NULL);
    }
  return g_strdup (address);
}

static gboolean
is_domain (const char *domain)
{
  gsize length = strlen (domain);

  return length > 2 && strchr (domain, '.') != NULL && strstr (domain, "..") == NULL &&
         domain[0] != '.' && domain[0] != '-' && domain[length - 1] != '.' &&
         domain[length - 1] != '-' && strpbrk (domain, "@ \"'()<>[]:;,\\/_!#$%&*+=?^`{|}~") == NULL;
}

static gboolean
is_address (const char *address)
{
  const char *at = strchr (address, '@');
  gsize n_local = at != NULL ? (gsize) (at - address) : 0;

  return n_local > 0 && n_local <= MAX_LOCAL && strlen (address) <= MAX_ADDRESS &&
         strcspn (address, " \"()<>[]:;,\\") >= n_local && address[0] != '.' &&
         is_domain (at + 1);
}

/**
 * store_email_text_parse:
 * @text: one address
 * @address: (out) (transfer full) (nullable): its one form, for %STORE_READING_VALUE
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * Returns: what became of the text. Any thread.
 */
StoreReading
store_email_text_parse (const char  *text,
                        char       **address,
                        GError     **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *written = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (text != NULL && address != NULL, STORE_READING_EMPTY);

  *address = NULL;
  if (store_cell_text_is_blank (text))
    return STORE_READING_EMPTY;

  plain = store_cell_text_plain (text);
  written = take_address (plain);
  found = put_sign (written);
  if (!is_address (found))
    {
      g_autofree char *shown = store_cell_text_shorten (text);

      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is no e-mail address."), shown);
      return STORE_READING_REFUSED;
    }
  *address = g_steal_pointer (&found);
  return STORE_READING_VALUE;
}
