/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry of the change log is also the record that travels: the same bytes lie in the log, are
 * chained, sealed and sent. Format 1, with numbers packed as in store-packing.h:
 *
 *   byte      format (1)
 *   number    this record's number in its stream, from 1
 *   number    part: 0, 1, 2 ... of one transaction
 *   byte      flags: 1 = the transaction's last part
 *   fixed     stamp: 48 bits of UTC milliseconds, 16 bits of counter (hybrid logical clock)
 *   signed    wall time of the writer, UTC milliseconds
 *   number    level of the writer's catalog
 *   byte      origin: person, rule, import, seed, outside
 *   group     the group of transactions it belongs to: 0 = its own | 1, 16 bytes
 *   group     what it undoes: 0 = nothing | 1, 16 bytes | 2, 8 bytes of stream, number
 *   byte      secret: 0 = none | 1, 16 bytes | 2 = taken out by a redaction
 *   value     label: a few words on what was done, personal
 *   number    streams named below; 8 bytes each; they are called 1, 2 ...; 0 is the record's own
 *   number    seen: streams of which the writer has applied more since its last record;
 *             stream, number each
 *   number    rows, sorted by kind and id; each:
 *     number  kind
 *     bytes   16 bytes of id
 *     byte    action: 1 insert, 2 edit, 3 delete, 4 restore
 *     insert: number mask of fields; for each bit: new value
 *     edit:   number mask; number of head classes, each: number mask of field groups, number of
 *             marks; mark = stream, signed (stamp of this record - stamp of the write replaced);
 *             then for each bit of the mask: old value, new value
 *     delete: nothing
 *     restore: number of marks of the deletes that it ends
 *
 *   value = byte tag: type (0 null, 1 signed, 2 text: number of bytes and UTF-8, 3 bytes alike)
 *           | 16 personal | 32 redacted (16 bytes of digest stand for the value)
 *           | 64 kept in a redacted record (16 bytes of its own salt go before the value)
 *
 * A group is written whole: the mask holds every field of each group it touches. The number of a
 * field is its bit, so a kind has at most 63. Kinds and fields that the reader does not know
 * decode all the same.
 *
 * The chain goes over content with salted digests, so that a redacted record still proves:
 * h(0) = BLAKE2b-256 (key, "clientele stream 1" | stream id), h(n) = BLAKE2b-256 (key, h(n-1) | c),
 * where c is the body without its secret (tag and bytes) and with each personal value replaced by
 * (type | 16, digest), digest = BLAKE2b-128 (salt, type byte | bytes after the tag), salt of the
 * i-th personal value from 0 = BLAKE2b-128 (secret, i as a number). The key is the account's.
 */
#include "config.h"

#include "store-entry-private.h"
#include "store-error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define CHUNK_SIZE 4096

int
store_stream_id_compare (const StoreStreamId *a,
                         const StoreStreamId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

/**
 * store_write_mark_compare:
 * @a: a write
 * @b: another
 *
 * Returns: the order that decides: by stamp, then by stream. Any thread.
 */
int
store_write_mark_compare (const StoreWriteMark *a,
                          const StoreWriteMark *b)
{
  if (a->stamp != b->stamp)
    return a->stamp < b->stamp ? -1 : 1;
  return store_stream_id_compare (&a->stream, &b->stream);
}

/**
 * store_stream_id_to_string:
 * @stream: a stream
 *
 * Returns: (transfer full): its 16 hexadecimal digits. Any thread.
 */
char *
store_stream_id_to_string (const StoreStreamId *stream)
{
  char text[2 * STORE_STREAM_ID_SIZE + 1];

  g_return_val_if_fail (stream != NULL, NULL);

  sodium_bin2hex (text, sizeof text, stream->bytes, sizeof stream->bytes);
  return g_strdup (text);
}

/**
 * store_stream_id_parse:
 * @stream: (out): the stream
 * @text: 16 hexadecimal digits
 *
 * Returns: %FALSE if @text is none. Any thread.
 */
gboolean
store_stream_id_parse (StoreStreamId *stream,
                       const char    *text)
{
  gsize length;

  g_return_val_if_fail (stream != NULL && text != NULL, FALSE);

  return strlen (text) == 2 * sizeof stream->bytes &&
         sodium_hex2bin (stream->bytes, sizeof stream->bytes, text, strlen (text), NULL, &length,
                         NULL) == 0 &&
         length == sizeof stream->bytes;
}

char *
store_entry_name_single_group (const StoreStreamId *stream,
                               guint64              number)
{
  g_autofree char *name = store_stream_id_to_string (stream);

  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT, name, number);
}

gboolean
store_entry_parse_single_group (const char    *group,
                                StoreStreamId *stream,
                                guint64       *number)
{
  g_auto (GStrv) parts = g_strsplit (group, "-", 2);

  return parts[0] && parts[1] && store_stream_id_parse (stream, parts[0]) &&
         g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT64, number, NULL);
}

gboolean
store_entry_next_token (StoreUnpacker   *in,
                        StoreEntryToken *token)
{
  gsize length;

  *token = (StoreEntryToken){ .start = in->at };
  token->tag = store_unpack_byte (in);

  if (token->tag & STORE_ENTRY_TAG_REDACTED)
    {
      token->digest = store_unpack_bytes (in, STORE_DIGEST_SIZE);
      return !in->failed;
    }
  if (token->tag & STORE_ENTRY_TAG_SALTED)
    token->salt = store_unpack_bytes (in, STORE_SECRET_SIZE);

  token->payload = in->at;
  switch (token->tag & STORE_ENTRY_TAG_TYPE)
    {
    case STORE_VALUE_NULL:
      break;
    case STORE_VALUE_INTEGER:
      token->value = store_value_integer (store_unpack_signed (in));
      break;
    case STORE_VALUE_TEXT:
    case STORE_VALUE_BLOB:
      length = store_unpack_number (in);
      token->value.type = token->tag & STORE_ENTRY_TAG_TYPE;
      token->value.length = (guint32) length;
      token->value.data = length <= G_MAXUINT32 ? store_unpack_bytes (in, length) : NULL;
      if (token->value.data == NULL)
        in->failed = TRUE;
      if (!in->failed && token->value.type == STORE_VALUE_TEXT &&
          !g_utf8_validate_len ((const char *) token->value.data, length, NULL))
        in->failed = TRUE;
      break;
    default:
      in->failed = TRUE;
      break;
    }
  return !in->failed;
}

/* One allocation for many small arrays; an entry of 10,000 rows makes 30,000 of them. */
static gpointer
take_room (StoreEntry *entry,
           gsize      *left,
           gsize       size)
{
  guint8 *chunk;

  if (size == 0)
    return NULL;

  size = (size + 7) & ~(gsize) 7;
  if (size > *left)
    {
      gsize room = MAX (size, CHUNK_SIZE);

      g_ptr_array_add (entry->chunks, g_malloc0 (room));
      *left = room;
      chunk = g_ptr_array_index (entry->chunks, entry->chunks->len - 1);
      /* Room is handed out from the end, so that what is left says where. */
      *left -= size;
      return chunk + *left;
    }
  chunk = g_ptr_array_index (entry->chunks, entry->chunks->len - 1);
  *left -= size;
  return chunk + *left;
}

typedef struct
{
  StoreEntry *entry;
  StoreUnpacker in;
  StoreStreamId *streams;
  guint n_streams;
  gsize left;
} Decoder;

static const StoreStreamId *
unpack_stream (Decoder *self)
{
  guint64 ref = store_unpack_number (&self->in);

  if (ref > self->n_streams)
    self->in.failed = TRUE;
  return self->in.failed || ref == 0 ? &self->entry->stream : &self->streams[ref - 1];
}

static void
unpack_marks (Decoder         *self,
              StoreEntryHeads *heads)
{
  guint64 n_marks = store_unpack_number (&self->in);

  if (n_marks > store_unpack_left (&self->in))
    self->in.failed = TRUE;
  if (self->in.failed)
    return;

  heads->n_marks = (guint) n_marks;
  heads->marks = take_room (self->entry, &self->left, n_marks * sizeof (StoreWriteMark));
  for (guint i = 0; i < n_marks && !self->in.failed; i++)
    {
      heads->marks[i].stream = *unpack_stream (self);
      heads->marks[i].stamp = self->entry->stamp - (guint64) store_unpack_signed (&self->in);
    }
}

static void
unpack_mask (Decoder       *self,
             StoreEntryRow *row)
{
  row->mask = store_unpack_number (&self->in);
  row->n_values = (guint) __builtin_popcountll (row->mask);
  row->old_values = take_room (self->entry, &self->left, row->n_values * sizeof (StoreValue));
  row->new_values = take_room (self->entry, &self->left, row->n_values * sizeof (StoreValue));
}

static void
unpack_values (Decoder       *self,
               StoreEntryRow *row,
               gboolean       with_old)
{
  StoreEntryToken token;

  for (guint i = 0; i < row->n_values && !self->in.failed; i++)
    {
      if (with_old && store_entry_next_token (&self->in, &token))
        row->old_values[i] = token.value;
      if (store_entry_next_token (&self->in, &token))
        row->new_values[i] = token.value;
    }
}

static void
unpack_head_classes (Decoder       *self,
                     StoreEntryRow *row)
{
  guint64 n_heads = store_unpack_number (&self->in);

  if (n_heads > 64)
    self->in.failed = TRUE;
  if (self->in.failed)
    return;

  row->n_heads = (guint) n_heads;
  row->heads = take_room (self->entry, &self->left, n_heads * sizeof (StoreEntryHeads));
  for (guint i = 0; i < n_heads && !self->in.failed; i++)
    {
      row->heads[i].groups = store_unpack_number (&self->in);
      unpack_marks (self, &row->heads[i]);
    }
}

static void
unpack_row (Decoder       *self,
            StoreEntryRow *row)
{
  guint64 kind = store_unpack_number (&self->in);
  const guint8 *id = store_unpack_bytes (&self->in, STORE_ID_SIZE);

  row->action = store_unpack_byte (&self->in);
  if (self->in.failed || kind == 0 || kind > G_MAXUINT16)
    {
      self->in.failed = TRUE;
      return;
    }
  row->kind = (guint) kind;
  memcpy (row->id.bytes, id, STORE_ID_SIZE);

  switch (row->action)
    {
    case STORE_ENTRY_INSERT:
      unpack_mask (self, row);
      unpack_values (self, row, FALSE);
      break;
    case STORE_ENTRY_EDIT:
      unpack_mask (self, row);
      unpack_head_classes (self, row);
      unpack_values (self, row, TRUE);
      break;
    case STORE_ENTRY_DELETE:
      break;
    case STORE_ENTRY_RESTORE:
      row->n_heads = 1;
      row->heads = take_room (self->entry, &self->left, sizeof (StoreEntryHeads));
      unpack_marks (self, &row->heads[0]);
      break;
    default:
      self->in.failed = TRUE;
      break;
    }
}

static char *
unpack_group (Decoder *self)
{
  StoreStreamId stream;
  StoreId id;
  const guint8 *bytes;

  switch (store_unpack_byte (&self->in))
    {
    case STORE_ENTRY_GROUP_NONE:
      return NULL;
    case STORE_ENTRY_GROUP_ID:
      bytes = store_unpack_bytes (&self->in, sizeof id.bytes);
      if (bytes == NULL)
        return NULL;
      memcpy (id.bytes, bytes, sizeof id.bytes);
      return store_id_to_string (&id);
    case STORE_ENTRY_GROUP_SINGLE:
      bytes = store_unpack_bytes (&self->in, sizeof stream.bytes);
      if (bytes == NULL)
        return NULL;
      memcpy (stream.bytes, bytes, sizeof stream.bytes);
      return store_entry_name_single_group (&stream, store_unpack_number (&self->in));
    default:
      self->in.failed = TRUE;
      return NULL;
    }
}

static guint
unpack_small_number (Decoder *self)
{
  guint64 number = store_unpack_number (&self->in);

  if (number > G_MAXUINT)
    self->in.failed = TRUE;
  return (guint) number;
}

static void
unpack_header (Decoder *self)
{
  StoreEntry *entry = self->entry;
  StoreEntryToken label;
  guint8 secret;

  entry->number = store_unpack_number (&self->in);
  entry->part = unpack_small_number (self);
  entry->last = (store_unpack_byte (&self->in) & STORE_ENTRY_FLAG_LAST) != 0;
  entry->stamp = store_unpack_fixed (&self->in);
  entry->wall_time = store_unpack_signed (&self->in);
  entry->level = unpack_small_number (self);
  entry->origin = store_unpack_byte (&self->in);
  entry->group = unpack_group (self);
  entry->undoes = unpack_group (self);

  secret = store_unpack_byte (&self->in);
  if (secret == STORE_ENTRY_SECRET_HERE)
    store_unpack_bytes (&self->in, STORE_SECRET_SIZE);
  else if (secret > STORE_ENTRY_SECRET_REDACTED)
    self->in.failed = TRUE;
  if (store_entry_next_token (&self->in, &label))
    entry->label = store_value_dup_text (&label.value);

  if (entry->number == 0 || entry->stamp > STORE_STAMP_MAX)
    self->in.failed = TRUE;
}

static void
unpack_streams (Decoder *self)
{
  guint64 n_streams = store_unpack_number (&self->in);

  if (n_streams > store_unpack_left (&self->in) / STORE_STREAM_ID_SIZE)
    self->in.failed = TRUE;
  if (self->in.failed)
    return;

  self->streams = take_room (self->entry, &self->left, n_streams * sizeof (StoreStreamId));
  self->n_streams = (guint) n_streams;
  for (guint i = 0; i < n_streams; i++)
    memcpy (self->streams[i].bytes, store_unpack_bytes (&self->in, STORE_STREAM_ID_SIZE),
            STORE_STREAM_ID_SIZE);
}

static void
unpack_seen (Decoder *self)
{
  guint64 n_seen = store_unpack_number (&self->in);

  if (n_seen > store_unpack_left (&self->in))
    self->in.failed = TRUE;
  if (self->in.failed)
    return;

  self->entry->n_seen = (guint) n_seen;
  self->entry->seen = take_room (self->entry, &self->left, n_seen * sizeof (StoreSeen));
  for (guint i = 0; i < n_seen && !self->in.failed; i++)
    {
      self->entry->seen[i].stream = *unpack_stream (self);
      self->entry->seen[i].number = store_unpack_number (&self->in);
    }
}

static void
unpack_rows (Decoder *self)
{
  guint64 n_rows = store_unpack_number (&self->in);

  /* The shortest row is 18 bytes long. */
  if (n_rows > store_unpack_left (&self->in) / 18)
    self->in.failed = TRUE;
  if (self->in.failed)
    return;

  self->entry->n_rows = (guint) n_rows;
  self->entry->rows = take_room (self->entry, &self->left, n_rows * sizeof (StoreEntryRow));
  for (guint i = 0; i < n_rows && !self->in.failed; i++)
    unpack_row (self, &self->entry->rows[i]);
}

/**
 * store_entry_decode:
 * @body: a record's bytes
 * @stream: the stream it belongs to
 * @error: %STORE_ERROR_TOO_NEW for another format, %STORE_ERROR_DAMAGED for bytes that do not parse
 *
 * Reads bytes from anywhere, bounded by their own length. Any thread.
 *
 * Returns: (transfer full): the entry, holding @body
 */
StoreEntry *
store_entry_decode (GBytes              *body,
                    const StoreStreamId *stream,
                    GError             **error)
{
  g_autoptr (StoreEntry) entry = NULL;
  gsize size;
  const guint8 *data;
  Decoder decoder = { 0 };

  g_return_val_if_fail (body != NULL && stream != NULL, NULL);

  data = g_bytes_get_data (body, &size);
  if (size > 0 && data[0] != STORE_ENTRY_FORMAT)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_NEW,
                   _("A change was written by a later version (format %u). Update Clientele to see it."),
                   data[0]);
      return NULL;
    }

  entry = g_new0 (StoreEntry, 1);
  entry->body = g_bytes_ref (body);
  entry->stream = *stream;
  entry->chunks = g_ptr_array_new_with_free_func (g_free);

  decoder.entry = entry;
  decoder.in = store_unpacker (data, size);
  store_unpack_byte (&decoder.in);
  unpack_header (&decoder);
  unpack_streams (&decoder);
  unpack_seen (&decoder);
  unpack_rows (&decoder);

  if (decoder.in.failed || store_unpack_left (&decoder.in) != 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("A change is damaged and cannot be read."));
      return NULL;
    }
  return g_steal_pointer (&entry);
}

/**
 * store_entry_free:
 * @entry: an entry
 *
 * Any thread.
 */
void
store_entry_free (StoreEntry *entry)
{
  if (entry == NULL)
    return;

  g_clear_pointer (&entry->body, g_bytes_unref);
  g_clear_pointer (&entry->chunks, g_ptr_array_unref);
  g_free (entry->group);
  g_free (entry->undoes);
  g_free (entry->label);
  g_free (entry);
}

static const StoreValue *
pick_value (const StoreEntryRow *row,
            const StoreValue    *values,
            guint                field)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << field;

  if (!(row->mask & bit))
    return NULL;
  return &values[__builtin_popcountll (row->mask & (bit - 1))];
}

/**
 * store_entry_row_get_new:
 * @row: a row of an entry
 * @field: a field's number
 *
 * Returns: (nullable): what it became, %NULL if the row does not carry the field. Any thread.
 */
const StoreValue *
store_entry_row_get_new (const StoreEntryRow *row,
                         guint                field)
{
  return pick_value (row, row->new_values, field);
}

/**
 * store_entry_row_get_old:
 * @row: a row of an entry
 * @field: a field's number
 *
 * Returns: (nullable): what the writer saw, %NULL if the row does not carry the field. Any thread.
 */
const StoreValue *
store_entry_row_get_old (const StoreEntryRow *row,
                         guint                field)
{
  return pick_value (row, row->old_values, field);
}

/**
 * store_entry_get_mark:
 * @entry: an entry
 *
 * Returns: the name of its writes. Any thread.
 */
StoreWriteMark
store_entry_get_mark (const StoreEntry *entry)
{
  return (StoreWriteMark){ .stamp = entry->stamp, .stream = entry->stream };
}
