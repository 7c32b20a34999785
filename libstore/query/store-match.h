/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The index keeps the beginnings of words up to so many characters. */
#define STORE_MATCH_KEPT_PREFIX 3

/**
 * StoreMatch:
 *
 * What a person typed, as the full-text index is asked for it. Immutable; any thread.
 */
typedef struct _StoreMatch StoreMatch;

StoreMatch *store_match_new            (const char  *words);
void        store_match_free           (StoreMatch  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreMatch, store_match_free)

char       *store_match_dup_expression (StoreMatch  *self);
char       *store_match_dup_coarse     (StoreMatch  *self);
gboolean    store_match_is_met         (StoreMatch  *self,
                                        const char  *text);

G_END_DECLS
