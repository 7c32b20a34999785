/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreTextEncoding:
 * @STORE_TEXT_ENCODING_UNKNOWN: to be found out from the bytes
 * @STORE_TEXT_ENCODING_UTF_8: UTF-8, with or without a byte order mark
 * @STORE_TEXT_ENCODING_UTF_16LE: what Windows programs call Unicode text
 * @STORE_TEXT_ENCODING_UTF_16BE: the same with the bytes swapped
 * @STORE_TEXT_ENCODING_GB18030: Chinese Excel; GBK and GB 2312 are parts of it
 * @STORE_TEXT_ENCODING_WINDOWS_1252: Western Excel; Latin-1 is nearly a part of it
 *
 * The encodings that people's exports come in.
 */
typedef enum
{
  STORE_TEXT_ENCODING_UNKNOWN,
  STORE_TEXT_ENCODING_UTF_8,
  STORE_TEXT_ENCODING_UTF_16LE,
  STORE_TEXT_ENCODING_UTF_16BE,
  STORE_TEXT_ENCODING_GB18030,
  STORE_TEXT_ENCODING_WINDOWS_1252,
} StoreTextEncoding;

typedef struct _StoreEncodingGuess StoreEncodingGuess;

const char         *store_text_encoding_get_charset (StoreTextEncoding   encoding);

StoreEncodingGuess *store_encoding_guess_new        (void);
void                store_encoding_guess_free       (StoreEncodingGuess *guess);
void                store_encoding_guess_add        (StoreEncodingGuess *guess,
                                                     const guint8       *data,
                                                     gsize               length);
StoreTextEncoding   store_encoding_guess_finish     (StoreEncodingGuess *guess,
                                                     gsize              *bom_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEncodingGuess, store_encoding_guess_free)

G_END_DECLS
