/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-error.h"
#include "sync-identity.h"

G_BEGIN_DECLS

/**
 * SyncNotice:
 * @code: what the person can do about it
 * @stream: which device's stream it is about; zeros for none
 * @text: a sentence for the person
 *
 * Something that went wrong without stopping the rest.
 */
typedef struct
{
  SyncError code;
  guint8 stream[SYNC_STREAM_ID_SIZE];
  char *text;
} SyncNotice;

SyncNotice *sync_notice_new  (SyncError      code,
                              const guint8  *stream,
                              const char    *text);
void        sync_notice_free (SyncNotice    *notice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncNotice, sync_notice_free)

G_END_DECLS
