/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of any encoding as a stream of valid UTF-8. Bytes that mean nothing in the encoding
 * become U+FFFD, so that one damaged cell costs one character and not the import.
 */
#include "config.h"
#include "store-text-decoder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-error.h"

#define RAW_SIZE (64 * 1024)
#define REPLACEMENT "\xef\xbf\xbd"
#define REPLACEMENT_LENGTH 3

struct _StoreTextDecoder
{
  GInputStream *stream;
  StoreTextEncoding encoding;
  GIConv conversion;
  gsize bom_length;
  guint64 length;
  guint64 position;
  gboolean at_end;
  gsize start;
  gsize fill;
  char raw[RAW_SIZE];
};

/* What cannot be read twice (a pipe) is taken into memory first. */
static GInputStream *
ensure_seekable (GInputStream  *stream,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    return g_object_ref (stream);

  memory = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                              cancellable, error) < 0)
    return NULL;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_input_stream_new_from_bytes (bytes);
}

static gboolean
guess_encoding (StoreTextDecoder  *self,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autoptr (StoreEncodingGuess) guess = store_encoding_guess_new ();
  StoreTextEncoding found;
  gssize n_read;

  while ((n_read = g_input_stream_read (self->stream, self->raw, RAW_SIZE,
                                        cancellable, error)) > 0)
    {
      store_encoding_guess_add (guess, (const guint8 *) self->raw, (gsize) n_read);
      self->length += (guint64) n_read;
    }
  if (n_read < 0)
    return FALSE;

  found = store_encoding_guess_finish (guess, &self->bom_length);
  if (self->encoding == STORE_TEXT_ENCODING_UNKNOWN)
    self->encoding = found;
  else if (self->encoding != found)
    self->bom_length = 0;
  return TRUE;
}

/**
 * store_text_decoder_new:
 * @stream: the bytes; read twice, so what cannot seek is kept in memory
 * @encoding: the encoding, or %STORE_TEXT_ENCODING_UNKNOWN to find it out
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Returns: (transfer full) (nullable): the text from its beginning. One thread at a time.
 */
StoreTextDecoder *
store_text_decoder_new (GInputStream       *stream,
                        StoreTextEncoding   encoding,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_autoptr (StoreTextDecoder) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (StoreTextDecoder, 1);
  self->encoding = encoding;
  self->conversion = (GIConv) -1;
  self->stream = ensure_seekable (stream, cancellable, error);
  if (self->stream == NULL || !guess_encoding (self, cancellable, error))
    return NULL;

  if (self->encoding != STORE_TEXT_ENCODING_UTF_8)
    {
      self->conversion = g_iconv_open ("UTF-8", store_text_encoding_get_charset (self->encoding));
      if (self->conversion == (GIConv) -1)
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                       _("This system cannot read text in the encoding %s. "
                         "Save the file as UTF-8."),
                       store_text_encoding_get_charset (self->encoding));
          return NULL;
        }
    }

  if (!store_text_decoder_rewind (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * store_text_decoder_free:
 * @decoder: (transfer full): a decoder
 */
void
store_text_decoder_free (StoreTextDecoder *decoder)
{
  if (decoder->conversion != (GIConv) -1)
    g_iconv_close (decoder->conversion);
  g_clear_object (&decoder->stream);
  g_free (decoder);
}

static gboolean
fill_raw (StoreTextDecoder  *self,
          GCancellable      *cancellable,
          GError           **error)
{
  gssize n_read;

  memmove (self->raw, self->raw + self->start, self->fill - self->start);
  self->fill -= self->start;
  self->start = 0;

  n_read = g_input_stream_read (self->stream, self->raw + self->fill, RAW_SIZE - self->fill,
                                cancellable, error);
  if (n_read < 0)
    return FALSE;
  self->at_end = n_read == 0;
  self->fill += (gsize) n_read;
  self->position += (guint64) n_read;
  return TRUE;
}

/* Takes what is valid; a character cut by the end of the buffer stays for the next turn. */
static gsize
take_utf8 (StoreTextDecoder *self,
           char             *buffer,
           gsize             size)
{
  const char *from = self->raw + self->start;
  gsize n = MIN (self->fill - self->start, size);
  const char *end;
  gsize n_valid = 0;

  while (n_valid < n)
    {
      g_utf8_validate_len (from + n_valid, n - n_valid, &end);
      n_valid = (gsize) (end - from);
      /* A zero byte is a character to us; the reader says where it stands. */
      if (n_valid == n || *end != '\0')
        break;
      n_valid++;
    }

  memcpy (buffer, from, n_valid);
  self->start += n_valid;
  return n_valid;
}

static gsize
take_converted (StoreTextDecoder *self,
                char             *buffer,
                gsize             size)
{
  char *from = self->raw + self->start;
  gsize n_from = self->fill - self->start;
  char *to = buffer;
  gsize n_to = size;

  g_iconv (self->conversion, &from, &n_from, &to, &n_to);
  self->start = self->fill - n_from;
  return size - n_to;
}

static gsize
take_replacement (StoreTextDecoder *self,
                  char             *buffer)
{
  memcpy (buffer, REPLACEMENT, REPLACEMENT_LENGTH);
  self->start++;
  return REPLACEMENT_LENGTH;
}

/**
 * store_text_decoder_read:
 * @decoder: a decoder
 * @buffer: (out caller-allocates): where the text goes
 * @size: room there, 16 bytes at least
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Reads on. What is written is valid UTF-8 and ends between two characters; it may hold NUL.
 *
 * Returns: bytes written, 0 at the end, -1 on error
 */
gssize
store_text_decoder_read (StoreTextDecoder  *decoder,
                         char              *buffer,
                         gsize              size,
                         GCancellable      *cancellable,
                         GError           **error)
{
  gsize n_taken = 0;

  g_return_val_if_fail (decoder != NULL && buffer != NULL && size >= 16, -1);

  while (n_taken == 0)
    {
      gsize n_raw = decoder->fill - decoder->start;

      /* Sixteen bytes hold any character of any encoding. */
      if (n_raw < 16 && !decoder->at_end)
        {
          if (!fill_raw (decoder, cancellable, error))
            return -1;
          continue;
        }
      if (n_raw == 0)
        break;

      n_taken = decoder->conversion == (GIConv) -1 ? take_utf8 (decoder, buffer, size)
                                                   : take_converted (decoder, buffer, size);
      if (n_taken == 0)
        n_taken = take_replacement (decoder, buffer);
    }
  return (gssize) n_taken;
}

/**
 * store_text_decoder_rewind:
 * @decoder: a decoder
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Goes back to the first character.
 */
gboolean
store_text_decoder_rewind (StoreTextDecoder  *decoder,
                           GCancellable      *cancellable,
                           GError           **error)
{
  g_return_val_if_fail (decoder != NULL, FALSE);

  if (!g_seekable_seek (G_SEEKABLE (decoder->stream), (goffset) decoder->bom_length, G_SEEK_SET,
                        cancellable, error))
    return FALSE;
  if (decoder->conversion != (GIConv) -1)
    g_iconv (decoder->conversion, NULL, NULL, NULL, NULL);
  decoder->position = decoder->bom_length;
  decoder->start = decoder->fill = 0;
  decoder->at_end = FALSE;
  return TRUE;
}

/**
 * store_text_decoder_get_encoding:
 * @decoder: a decoder
 *
 * Returns: the encoding that was told or found
 */
StoreTextEncoding
store_text_decoder_get_encoding (StoreTextDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, STORE_TEXT_ENCODING_UTF_8);

  return decoder->encoding;
}

/**
 * store_text_decoder_get_progress:
 * @decoder: a decoder
 *
 * Returns: how much of the file has been read, 0 to 1
 */
double
store_text_decoder_get_progress (StoreTextDecoder *decoder)
{
  g_return_val_if_fail (decoder != NULL, 0);

  return decoder->length == 0 ? 1 : MIN ((double) decoder->position / (double) decoder->length, 1);
}
