/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which encoding a file is in, from all of its bytes.
 *
 *  1. A byte order mark decides.
 *  2. Zero bytes that lie (nearly) all on odd or all on even places mean UTF-16.
 *  3. Bytes that are valid UTF-8 to the end are UTF-8.
 *  4. Bytes that are valid GB18030 to the end may still be Western text: "Söhne" is a valid pair of
 *     bytes in GB18030. In Chinese text the second byte of a pair is a high one nearly always, for
 *     the common characters of GB 2312 have two high bytes; in Western text an accented letter is
 *     followed by a plain one nearly always. The majority decides.
 *  5. All else is Windows-1252, in which (nearly) every byte is a character.
 *
 * The whole file is looked at, since an export can have its first accent on line 60,000. The
 * checks are small state machines, so that the file may come in pieces of any size.
 */
#include "store-text-encoding.h"

#include <string.h>

/* Of all bytes, one in so many must be zero before a text without a mark counts as UTF-16; one
 * alone is an accident. */
#define ZEROES_ONE_IN 50
#define ZEROES_MIN 2
#define ZEROES_DOMINANCE 20

typedef struct
{
  gboolean broken;
  guint pending;
  guint8 low;
  guint8 high;
} Utf8Check;

typedef struct
{
  gboolean broken;
  guint state;
  guint64 high_pairs;
  guint64 plain_pairs;
  guint64 quadruples;
} Gb18030Check;

struct _StoreEncodingGuess
{
  guint8 head[3];
  guint n_head;
  guint64 length;
  guint64 zeroes[2];
  Utf8Check utf8;
  Gb18030Check gb18030;
};

/**
 * store_text_encoding_get_charset:
 * @encoding: a known encoding
 *
 * Returns: its name as iconv() takes it. Any thread.
 */
const char *
store_text_encoding_get_charset (StoreTextEncoding encoding)
{
  switch (encoding)
    {
    case STORE_TEXT_ENCODING_UTF_8:
      return "UTF-8";
    case STORE_TEXT_ENCODING_UTF_16LE:
      return "UTF-16LE";
    case STORE_TEXT_ENCODING_UTF_16BE:
      return "UTF-16BE";
    case STORE_TEXT_ENCODING_GB18030:
      return "GB18030";
    case STORE_TEXT_ENCODING_WINDOWS_1252:
      return "CP1252";
    case STORE_TEXT_ENCODING_UNKNOWN:
    default:
      g_return_val_if_reached ("UTF-8");
    }
}

static void
utf8_check_lead (Utf8Check *check,
                 guint8     byte)
{
  check->low = 0x80;
  check->high = 0xbf;

  if (byte >= 0xc2 && byte <= 0xdf)
    check->pending = 1;
  else if (byte >= 0xe0 && byte <= 0xef)
    check->pending = 2;
  else if (byte >= 0xf0 && byte <= 0xf4)
    check->pending = 3;
  else
    check->broken = TRUE;

  /* Overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629, section 4). */
  if (byte == 0xe0)
    check->low = 0xa0;
  else if (byte == 0xed)
    check->high = 0x9f;
  else if (byte == 0xf0)
    check->low = 0x90;
  else if (byte == 0xf4)
    check->high = 0x8f;
}

static void
utf8_check_add (Utf8Check *check,
                guint8     byte)
{
  if (check->pending == 0)
    {
      if (byte >= 0x80)
        utf8_check_lead (check, byte);
      return;
    }

  if (byte < check->low || byte > check->high)
    check->broken = TRUE;
  check->low = 0x80;
  check->high = 0xbf;
  check->pending--;
}

static void
gb18030_check_add (Gb18030Check *check,
                   guint8        byte)
{
  gboolean is_digit = byte >= 0x30 && byte <= 0x39;
  gboolean is_lead = byte >= 0x81 && byte <= 0xfe;

  switch (check->state)
    {
    case 0:
      check->state = is_lead ? 1 : 0;
      check->broken = byte == 0x80 || byte == 0xff;
      break;

    case 1:
      if (is_digit)
        {
          check->state = 2;
          break;
        }
      check->state = 0;
      if (byte >= 0x80 && byte <= 0xfe)
        check->high_pairs++;
      else if (byte >= 0x40 && byte <= 0x7e)
        check->plain_pairs++;
      else
        check->broken = TRUE;
      break;

    case 2:
      check->state = 3;
      check->broken = !is_lead;
      break;

    default:
      check->state = 0;
      check->broken = !is_digit;
      check->quadruples++;
    }
}

/**
 * store_encoding_guess_new:
 *
 * Returns: (transfer full): a guess that has seen nothing yet. One thread at a time.
 */
StoreEncodingGuess *
store_encoding_guess_new (void)
{
  return g_new0 (StoreEncodingGuess, 1);
}

/**
 * store_encoding_guess_free:
 * @guess: (transfer full): a guess
 */
void
store_encoding_guess_free (StoreEncodingGuess *guess)
{
  g_free (guess);
}

/**
 * store_encoding_guess_add:
 * @guess: a guess
 * @data: the next bytes of the file
 * @length: how many
 *
 * Takes more evidence; pieces may be cut anywhere.
 */
void
store_encoding_guess_add (StoreEncodingGuess *guess,
                          const guint8       *data,
                          gsize               length)
{
  g_return_if_fail (guess != NULL && (data != NULL || length == 0));

  for (gsize i = 0; i < length && guess->n_head < G_N_ELEMENTS (guess->head); i++)
    guess->head[guess->n_head++] = data[i];

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = data[i];

      if (byte == 0)
        guess->zeroes[(guess->length + i) & 1]++;
      if (byte < 0x80 && guess->utf8.pending == 0 && guess->gb18030.state == 0)
        continue;
      if (!guess->utf8.broken)
        utf8_check_add (&guess->utf8, byte);
      if (!guess->gb18030.broken)
        gb18030_check_add (&guess->gb18030, byte);
    }
  guess->length += length;
}

static StoreTextEncoding
guess_by_mark (const StoreEncodingGuess *guess,
               gsize                    *bom_length)
{
  const guint8 *head = guess->head;

  *bom_length = 2;
  if (guess->n_head >= 2 && head[0] == 0xff && head[1] == 0xfe)
    return STORE_TEXT_ENCODING_UTF_16LE;
  if (guess->n_head >= 2 && head[0] == 0xfe && head[1] == 0xff)
    return STORE_TEXT_ENCODING_UTF_16BE;

  *bom_length = 3;
  if (guess->n_head == 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    return STORE_TEXT_ENCODING_UTF_8;

  *bom_length = 0;
  return STORE_TEXT_ENCODING_UNKNOWN;
}

static StoreTextEncoding
guess_by_zeroes (const StoreEncodingGuess *guess)
{
  guint64 even = guess->zeroes[0];
  guint64 odd = guess->zeroes[1];

  if ((even + odd) * ZEROES_ONE_IN < guess->length || even + odd < ZEROES_MIN)
    return STORE_TEXT_ENCODING_UNKNOWN;
  if (odd > even * ZEROES_DOMINANCE)
    return STORE_TEXT_ENCODING_UTF_16LE;
  if (even > odd * ZEROES_DOMINANCE)
    return STORE_TEXT_ENCODING_UTF_16BE;
  return STORE_TEXT_ENCODING_UNKNOWN;
}

/**
 * store_encoding_guess_finish:
 * @guess: a guess that has seen the whole file
 * @bom_length: (out): bytes of the byte order mark, which are no text
 *
 * Returns: the encoding, never %STORE_TEXT_ENCODING_UNKNOWN.
 */
StoreTextEncoding
store_encoding_guess_finish (StoreEncodingGuess *guess,
                             gsize              *bom_length)
{
  const Gb18030Check *gb18030;
  StoreTextEncoding encoding;

  g_return_val_if_fail (guess != NULL && bom_length != NULL, STORE_TEXT_ENCODING_UTF_8);

  encoding = guess_by_mark (guess, bom_length);
  if (encoding == STORE_TEXT_ENCODING_UNKNOWN)
    encoding = guess_by_zeroes (guess);
  if (encoding != STORE_TEXT_ENCODING_UNKNOWN)
    return encoding;

  if (!guess->utf8.broken && guess->utf8.pending == 0)
    return STORE_TEXT_ENCODING_UTF_8;

  gb18030 = &guess->gb18030;
  if (!gb18030->broken && gb18030->state == 0 &&
      gb18030->high_pairs + gb18030->quadruples >= gb18030->plain_pairs)
    return STORE_TEXT_ENCODING_GB18030;
  return STORE_TEXT_ENCODING_WINDOWS_1252;
}
