/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-lexicon.h"
#include "store-messages.h"

G_BEGIN_DECLS

/* A setting with this before its name is an entry of the list of words: "lexicon:WORD". */
#define STORE_LEXICON_SETTING "lexicon:"

StoreMessages *store_messages_read (StoreDatabase  *database,
                                    GError        **error);
StoreLexicon  *store_lexicon_read  (StoreDatabase  *database,
                                    char         ***refused,
                                    GError        **error);

G_END_DECLS
