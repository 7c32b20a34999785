/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writing half of the format that stands at the head of store-entry.c. */
#include "store-entry-writer.h"

#include "store-entry-private.h"
#include "store-packing.h"

#include <sodium.h>

void
store_entry_writer_init (StoreEntryWriter    *self,
                         const StoreStreamId *own)
{
  *self = (StoreEntryWriter){ .last = TRUE, .own = *own };
  self->streams = g_array_new (FALSE, FALSE, sizeof (StoreStreamId));
  self->seen = g_byte_array_new ();
  self->rows = g_byte_array_new ();
}

void
store_entry_writer_clear (StoreEntryWriter *self)
{
  g_clear_pointer (&self->streams, g_array_unref);
  g_clear_pointer (&self->seen, g_byte_array_unref);
  g_clear_pointer (&self->rows, g_byte_array_unref);
}

/* The writer's own stream is number 0 and stands in no table: a record does not name itself. */
static guint
refer_to_stream (StoreEntryWriter    *self,
                 const StoreStreamId *stream)
{
  if (store_stream_id_compare (stream, &self->own) == 0)
    return 0;
  for (guint i = 0; i < self->streams->len; i++)
    if (store_stream_id_compare (&g_array_index (self->streams, StoreStreamId, i), stream) == 0)
      return i + 1;
  g_array_append_val (self->streams, *stream);
  return self->streams->len;
}

void
store_entry_writer_add_seen (StoreEntryWriter    *self,
                             const StoreStreamId *stream,
                             guint64              number)
{
  store_pack_number (self->seen, refer_to_stream (self, stream));
  store_pack_number (self->seen, number);
  self->n_seen++;
}

gsize
store_entry_writer_get_size (const StoreEntryWriter *self)
{
  return self->rows->len;
}

void
store_entry_writer_begin_row (StoreEntryWriter *self,
                              guint             kind,
                              const StoreId    *id,
                              StoreEntryAction  action)
{
  store_pack_number (self->rows, kind);
  store_pack_bytes (self->rows, id->bytes, sizeof id->bytes);
  store_pack_byte (self->rows, (guint8) action);
  self->n_rows++;
}

void
store_entry_writer_add_mask (StoreEntryWriter *self,
                             guint64           mask)
{
  store_pack_number (self->rows, mask);
}

void
store_entry_writer_add_count (StoreEntryWriter *self,
                              guint             count)
{
  store_pack_number (self->rows, count);
}

void
store_entry_writer_add_heads (StoreEntryWriter *self,
                              guint64           groups,
                              guint             n_marks)
{
  store_pack_number (self->rows, groups);
  store_pack_number (self->rows, n_marks);
}

void
store_entry_writer_add_mark (StoreEntryWriter     *self,
                             const StoreWriteMark *mark)
{
  store_pack_number (self->rows, refer_to_stream (self, &mark->stream));
  store_pack_signed (self->rows, (gint64) (self->stamp - mark->stamp));
}

static void
pack_value (GByteArray       *out,
            const StoreValue *value,
            gboolean          personal)
{
  guint8 tag = (guint8) value->type;

  if (personal && value->type != STORE_VALUE_NULL)
    tag |= STORE_ENTRY_TAG_PERSONAL;
  store_pack_byte (out, tag);
  switch (value->type)
    {
    case STORE_VALUE_INTEGER:
      store_pack_signed (out, value->integer);
      break;
    case STORE_VALUE_TEXT:
    case STORE_VALUE_BLOB:
      store_pack_number (out, value->length);
      store_pack_bytes (out, value->data, value->length);
      break;
    case STORE_VALUE_NULL:
    default:
      break;
    }
}

void
store_entry_writer_add_value (StoreEntryWriter *self,
                              const StoreValue *value,
                              gboolean          personal)
{
  self->personal |= personal && value->type != STORE_VALUE_NULL;
  pack_value (self->rows, value, personal);
}

static void
pack_group (GByteArray *out,
            const char *group)
{
  StoreId id;
  StoreStreamId stream;
  guint64 number;

  if (group == NULL)
    {
      store_pack_byte (out, STORE_ENTRY_GROUP_NONE);
    }
  else if (store_id_parse (&id, group))
    {
      store_pack_byte (out, STORE_ENTRY_GROUP_ID);
      store_pack_bytes (out, id.bytes, sizeof id.bytes);
    }
  else if (store_entry_parse_single_group (group, &stream, &number))
    {
      store_pack_byte (out, STORE_ENTRY_GROUP_SINGLE);
      store_pack_bytes (out, stream.bytes, sizeof stream.bytes);
      store_pack_number (out, number);
    }
  else
    {
      g_assert_not_reached ();
    }
}

/* Returns: (transfer full): the body; the writer is empty afterwards and may be cleared. */
GBytes *
store_entry_writer_finish (StoreEntryWriter *self)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new (96 + self->seen->len + self->rows->len);
  StoreValue label = store_value_text (self->label);
  guint8 secret[STORE_SECRET_SIZE];

  store_pack_byte (out, STORE_ENTRY_FORMAT);
  store_pack_number (out, self->number);
  store_pack_number (out, self->part);
  store_pack_byte (out, self->last ? STORE_ENTRY_FLAG_LAST : 0);
  store_pack_fixed (out, self->stamp);
  store_pack_signed (out, self->wall_time);
  store_pack_number (out, self->level);
  store_pack_byte (out, (guint8) self->origin);
  pack_group (out, self->group);
  pack_group (out, self->undoes);

  if (self->personal || self->label)
    {
      randombytes_buf (secret, sizeof secret);
      store_pack_byte (out, STORE_ENTRY_SECRET_HERE);
      store_pack_bytes (out, secret, sizeof secret);
    }
  else
    {
      store_pack_byte (out, STORE_ENTRY_SECRET_NONE);
    }
  pack_value (out, &label, TRUE);

  store_pack_number (out, self->streams->len);
  store_pack_bytes (out, self->streams->data, self->streams->len * sizeof (StoreStreamId));
  store_pack_number (out, self->n_seen);
  store_pack_bytes (out, self->seen->data, self->seen->len);
  store_pack_number (out, self->n_rows);
  store_pack_bytes (out, self->rows->data, self->rows->len);

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
