/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SYNC_RECOVERY_LIST_SIZE 2048

/* The words of a recovery key, sorted. */
extern const char *const sync_recovery_words[SYNC_RECOVERY_LIST_SIZE];

G_END_DECLS
