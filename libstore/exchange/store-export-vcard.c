/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All customers as cards for telephones and address books: vCard 3.0 (RFC 2426), which all of them
 * read, in UTF-8, folded at 75 bytes between characters. A birthday without its year is written as
 * Apple writes it, 1604 and a note beside it, for 3.0 has no other way.
 *
 * The file is written under another name and renamed when the disk has it.
 */
#include "config.h"
#include "store-export-vcard.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "store-connection.h"
#include "store-export-file.h"
#include "store-record-private.h"
#include "store-vcard.h"

#define FOLD_AT 75
#define NO_YEAR "1604"

typedef struct
{
  StoreConnection *connection;
  GString *out;
  GCancellable *cancellable;
} Export;

/* Writes "NAME:value" and folds it; @value has its escapes. */
static void
append_line (GString    *out,
             const char *name,
             const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize room = FOLD_AT;
  const char *at = line;

  while (strlen (at) > room)
    {
      gsize n = room;

      while (((guchar) at[n] & 0xc0) == 0x80)
        n--;
      g_string_append_len (out, at, (gssize) n);
      g_string_append (out, "\r\n ");
      at += n;
      room = FOLD_AT - 1;
    }
  g_string_append (out, at);
  g_string_append (out, "\r\n");
}

static char *
dup_escaped (StoreRecord *record,
             const char  *field)
{
  const char *text = store_record_get_text (record, field);

  return store_vcard_escape (text != NULL ? text : "");
}

static void
append_text (GString     *out,
             const char  *name,
             StoreRecord *record,
             const char  *field)
{
  g_autofree char *value = dup_escaped (record, field);

  if (*value != '\0')
    append_line (out, name, value);
}

/* Several fields as the parts of one value. */
static void
append_parts (GString           *out,
              const char        *name,
              StoreRecord       *record,
              const char *const *fields)
{
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean has_any = FALSE;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *part = *fields[i] != '\0' ? dup_escaped (record, fields[i]) : g_strdup ("");

      has_any = has_any || *part != '\0';
      g_string_append_printf (value, "%s%s", i > 0 ? ";" : "", part);
    }
  if (has_any)
    append_line (out, name, value->str);
}

static GPtrArray *
select_records (Export           *self,
                const StoreKind  *kind,
                const char       *condition,
                const StoreId    *id,
                GError          **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s AND trashed = 0 "
                                          "ORDER BY n",
                                          store_record_get_select (kind), kind->name, condition);
  g_autoptr (StoreStatement) statement = store_connection_prepare (self->connection, sql, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  store_statement_bind_id (statement, 1, id);
  while (TRUE)
    {
      if (!store_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&records);
      g_ptr_array_add (records, store_record_read (kind, statement, 0));
    }
}

/* Appends @field of the records that the links of @party lead to, with commas between. */
static gboolean
collect_linked (Export       *self,
                StoreRecord  *party,
                const char   *link_kind,
                const char   *link_field,
                const char   *kind,
                const char   *only_kind,
                GString      *list,
                GError      **error)
{
  g_autoptr (GPtrArray) links = select_records (self, STORE_KIND (link_kind), "party = ?1",
                                                store_record_get_id (party), error);

  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      g_autofree char *title = NULL;
      StoreRecord *record;
      StoreId id;

      if (!store_record_get_reference (links->pdata[i], link_field, &id))
        continue;
      found = select_records (self, STORE_KIND (kind), "id = ?1", &id, error);
      if (found == NULL)
        return FALSE;
      record = found->len > 0 ? found->pdata[0] : NULL;
      if (record == NULL ||
          (only_kind != NULL && g_strcmp0 (store_record_get_text (record, "kind"), only_kind) != 0))
        continue;
      title = store_vcard_escape (store_record_get_title (record));
      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", title);
      if (only_kind != NULL)
        return TRUE;
    }
  return TRUE;
}

static const char *
get_contact_name (const char *channel)
{
  static const struct
  {
    const char *channel;
    const char *name;
  } names[] = {
    { "email", "EMAIL;TYPE=INTERNET" }, { "phone", "TEL;TYPE=VOICE" },
    { "mobile", "TEL;TYPE=CELL" },      { "web", "URL" },
    { "wechat", "X-WECHAT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].channel, channel) == 0)
      return names[i].name;
  return "X-CONTACT";
}

static gboolean
append_contacts (Export       *self,
                 StoreRecord  *party,
                 GError      **error)
{
  static const char *const address[] = {
    "", "", "street", "city", "region", "postcode", "country", NULL,
  };
  const StoreId *id = store_record_get_id (party);
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) addresses = NULL;

  contacts = select_records (self, STORE_KIND ("contact_point"), "party = ?1", id, error);
  addresses = contacts != NULL
                ? select_records (self, STORE_KIND ("address"), "party = ?1", id, error)
                : NULL;
  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    append_text (self->out,
                 get_contact_name (store_record_get_text (contacts->pdata[i], "channel")),
                 contacts->pdata[i], "value");
  for (guint i = 0; i < addresses->len; i++)
    append_parts (self->out, "ADR", addresses->pdata[i], address);
  return TRUE;
}

static void
append_birthday (Export      *self,
                 StoreRecord *party)
{
  const char *birthday = store_record_get_text (party, "birthday");
  g_autofree char *with_year = NULL;

  if (birthday == NULL)
    return;
  if (!g_str_has_prefix (birthday, "--"))
    {
      append_line (self->out, "BDAY", birthday);
      return;
    }
  with_year = g_strconcat (NO_YEAR, birthday + 1, NULL);
  append_line (self->out, "BDAY;X-APPLE-OMIT-YEAR=" NO_YEAR, with_year);
}

static gboolean
append_card (Export       *self,
             StoreRecord  *party,
             GError      **error)
{
  static const char *const names[] = {
    "family_name", "given_name", "", "name_prefix", "name_suffix", NULL,
  };
  gboolean is_company = g_strcmp0 (store_record_get_text (party, "kind"), "company") == 0;
  g_autoptr (GString) company = g_string_new (NULL);
  g_autoptr (GString) tags = g_string_new (NULL);
  g_autofree char *uid = NULL;
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (party), id);
  uid = g_strconcat (STORE_VCARD_UID, id, NULL);
  if (!collect_linked (self, party, "party_link", "other", "party", "company", company, error) ||
      !collect_linked (self, party, "tagging", "tag", "tag", NULL, tags, error))
    return FALSE;

  g_string_append (self->out, "BEGIN:VCARD\r\nVERSION:3.0\r\n");
  append_line (self->out, "PRODID", STORE_VCARD_PROGRAM "Clientele " CLIENTELE_VERSION "//EN");
  append_line (self->out, "UID", uid);
  append_text (self->out, "FN", party, "display_name");
  append_parts (self->out, "N", party, names);
  append_text (self->out, "NICKNAME", party, "nickname");
  append_text (self->out, "TITLE", party, "job_title");
  if (is_company)
    append_line (self->out, "X-ABShowAs", "COMPANY");
  if (is_company)
    append_text (self->out, "ORG", party, "display_name");
  else if (company->len > 0)
    append_line (self->out, "ORG", company->str);
  append_birthday (self, party);
  if (tags->len > 0)
    append_line (self->out, "CATEGORIES", tags->str);
  append_text (self->out, "NOTE", party, "notes");
  if (!append_contacts (self, party, error))
    return FALSE;
  g_string_append (self->out, "END:VCARD\r\n");
  return TRUE;
}

static gboolean
write_cards (Export           *self,
             StoreExportFile  *file,
             guint64          *n_cards,
             GError          **error)
{
  const StoreKind *kind = STORE_KIND ("party");
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM party WHERE trashed = 0 ORDER BY n",
                                          store_record_get_select (kind));
  g_autoptr (StoreStatement) statement = store_connection_prepare (self->connection, sql, error);
  gboolean row = TRUE;

  self->out = store_export_file_buffer (file);
  for (*n_cards = 0; statement != NULL; (*n_cards)++)
    {
      g_autoptr (StoreRecord) party = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      party = store_record_read (kind, statement, 0);
      if (!append_card (self, party, error) || !store_export_file_yield (file, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
write_file (Export      *self,
            const char  *path,
            guint64     *n_cards,
            GError     **error)
{
  g_autoptr (StoreExportFile) file = store_export_file_new (path, error);

  return file != NULL && store_connection_execute (self->connection, "BEGIN", error) &&
         write_cards (self, file, n_cards, error) &&
         store_connection_execute (self->connection, "END", error) &&
         store_export_file_close (file, error);
}

/**
 * store_export_vcards:
 * @database: the store
 * @path: the file; one that is there is replaced when the new one is whole
 * @n_cards: (out): how many cards it holds
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_FULL, %STORE_ERROR_FAILED, or %G_IO_ERROR_CANCELLED; @path is then as before
 *
 * Writes every live customer as a card, blocking; on a thread that may wait.
 */
gboolean
store_export_vcards (StoreDatabase  *database,
                     const char     *path,
                     guint64        *n_cards,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autofree char *part = NULL;
  Export export = { .cancellable = cancellable };
  gboolean done;

  g_return_val_if_fail (STORE_IS_DATABASE (database) && path != NULL && n_cards != NULL, FALSE);

  export.connection = store_connection_open (store_database_get_path (database),
                                             STORE_CONNECTION_READ, error);
  if (export.connection == NULL)
    return FALSE;
  part = g_strdup_printf ("%s.part-%08x", path, g_random_int ());
  done = write_file (&export, part, n_cards, error);
  store_connection_free (export.connection);
  if (done && rename (part, path) != 0)
    {
      store_export_set_error (error, path, errno);
      done = FALSE;
    }
  if (!done)
    g_unlink (part);
  return done;
}
