/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-text-encoding.h"

G_BEGIN_DECLS

typedef struct _StoreTextDecoder StoreTextDecoder;

StoreTextDecoder *store_text_decoder_new          (GInputStream      *stream,
                                                   StoreTextEncoding  encoding,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
void              store_text_decoder_free         (StoreTextDecoder  *decoder);
gssize            store_text_decoder_read         (StoreTextDecoder  *decoder,
                                                   char              *buffer,
                                                   gsize              size,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
gboolean          store_text_decoder_rewind       (StoreTextDecoder  *decoder,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
StoreTextEncoding store_text_decoder_get_encoding (StoreTextDecoder  *decoder);
double            store_text_decoder_get_progress (StoreTextDecoder  *decoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTextDecoder, store_text_decoder_free)

G_END_DECLS
