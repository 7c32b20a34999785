/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the last synchronisation found is kept in the store beside the streams, under the cursor
 * name "sync.status", as a serialised GVariant of type (xasas), little endian: the time in UTC
 * milliseconds, the names of the devices found identical, and of those that had less or more.
 */
#include "config.h"

#include "sync-status.h"

#include <glib/gi18n-lib.h>

#define CURSOR_NAME "sync.status"
#define TYPE "(xasas)"

static GVariant *
to_little_endian (GVariant *variant)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  GVariant *swapped = g_variant_byteswap (variant);

  g_variant_unref (variant);
  return swapped;
#else
  return variant;
#endif
}

static void
take_names (GPtrArray    *names,
            GVariantIter *iter)
{
  char *name;

  while (g_variant_iter_next (iter, "s", &name))
    g_ptr_array_add (names, name);
}

static gboolean
load_last (SyncStatus     *status,
           StoreDatabase  *store,
           GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes = store_log_get_cursor (store, CURSOR_NAME, &local_error);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariantIter) identical = NULL;
  g_autoptr (GVariantIter) behind = NULL;

  if (bytes == NULL)
    {
      if (local_error == NULL || g_error_matches (local_error, STORE_ERROR, STORE_ERROR_NOT_FOUND))
        return TRUE;

      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, FALSE));
  variant = to_little_endian (variant);
  g_variant_get (variant, TYPE, &status->last_sync, &identical, &behind);
  take_names (status->identical, identical);
  take_names (status->behind, behind);

  return TRUE;
}

static gboolean
load_pending (SyncStatus     *status,
              StoreDatabase  *store,
              SyncKeys       *keys,
              GError        **error)
{
  g_autoptr (GArray) streams = store_log_list_streams (store, error);
  guint64 sent = sync_keys_get_sent (keys);

  if (streams == NULL)
    return FALSE;

  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);

      if (stream->own && stream->number > sent)
        status->pending = stream->number - sent;
    }

  return TRUE;
}

/**
 * sync_status_load:
 * @store: a store
 * @keys: its keys
 * @error: why not
 *
 * Returns: (transfer full) (nullable): the state of synchronisation
 */
SyncStatus *
sync_status_load (StoreDatabase  *store,
                  SyncKeys       *keys,
                  GError        **error)
{
  g_autoptr (SyncStatus) status = NULL;

  g_return_val_if_fail (STORE_IS_DATABASE (store), NULL);
  g_return_val_if_fail (keys != NULL, NULL);

  status = g_new0 (SyncStatus, 1);
  status->has_account = sync_keys_get_account (keys) != NULL && sync_keys_get_confirmed (keys);
  status->remote = g_strdup (sync_keys_get_remote (keys));
  status->identical = g_ptr_array_new_with_free_func (g_free);
  status->behind = g_ptr_array_new_with_free_func (g_free);

  if (!load_last (status, store, error) || !load_pending (status, store, keys, error))
    return NULL;

  return g_steal_pointer (&status);
}

static GVariant *
make_names (GPtrArray *names)
{
  return g_variant_new_strv ((const char *const *) names->pdata, names->len);
}

/**
 * sync_status_record:
 * @store: a store
 * @result: what a synchronisation came to that went through
 * @now: UTC milliseconds
 * @error: why not
 *
 * Keeps what @result found for sync_status_load(). Writes no record.
 *
 * Returns: whether it is kept
 */
gboolean
sync_status_record (StoreDatabase     *store,
                    const SyncResult  *result,
                    gint64             now,
                    GError           **error)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (STORE_IS_DATABASE (store), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  variant = g_variant_ref_sink (g_variant_new ("(x@as@as)",
                                               now,
                                               make_names (result->identical),
                                               make_names (result->behind)));
  variant = to_little_endian (variant);
  bytes = g_variant_get_data_as_bytes (variant);

  return store_log_set_cursor (store, CURSOR_NAME, bytes, error);
}

static char *
join_names (GPtrArray *names)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append (joined, _(", "));
      g_string_append (joined, g_ptr_array_index (names, i));
    }

  return g_string_free (joined, FALSE);
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");

  return g_date_time_format (local, "%x %H:%M");
}

static void
append_last (GString          *text,
             const SyncStatus *status)
{
  g_autofree char *time = NULL;
  g_autofree char *names = NULL;

  if (status->last_sync == 0)
    {
      g_string_append (text, _("Never synchronised yet."));
      return;
    }

  time = format_time (status->last_sync);
  if (status->behind->len > 0)
    {
      names = join_names (status->behind);
      g_string_append_printf (text,
                              _("Synchronised at %s; not everything is on every device yet: %s."),
                              time,
                              names);
    }
  else if (status->identical->len > 0)
    {
      names = join_names (status->identical);
      g_string_append_printf (text, _("Identical with %s, checked at %s."), names, time);
    }
  else
    {
      g_string_append_printf (text, _("Synchronised at %s."), time);
    }
}

/**
 * sync_status_to_string:
 * @status: a status
 *
 * Returns: (transfer full): the status in words for the person
 */
char *
sync_status_to_string (const SyncStatus *status)
{
  GString *text;
  guint pending;

  g_return_val_if_fail (status != NULL, NULL);

  pending = MIN (status->pending, G_MAXUINT);
  if (!status->has_account)
    return g_strdup (_("This store does not synchronise with another device yet."));

  text = g_string_new (NULL);
  append_last (text, status);
  if (pending > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE,
                                           "%u change waits to be sent.",
                                           "%u changes wait to be sent.",
                                           pending),
                              pending);
    }

  return g_string_free (text, FALSE);
}

/**
 * sync_status_free:
 * @status: a status
 */
void
sync_status_free (SyncStatus *status)
{
  if (status == NULL)
    return;

  g_free (status->remote);
  g_ptr_array_unref (status->identical);
  g_ptr_array_unref (status->behind);
  g_free (status);
}
