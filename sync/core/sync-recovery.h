/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-identity.h"

G_BEGIN_DECLS

#define SYNC_ROOT_KEY_SIZE 32
#define SYNC_RECOVERY_WORDS 24

char     *sync_recovery_to_words   (const guint8   root[SYNC_ROOT_KEY_SIZE]);
gboolean  sync_recovery_from_words (const char    *words,
                                    guint8         root[SYNC_ROOT_KEY_SIZE],
                                    GError       **error);

G_END_DECLS
