/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The name that the index names it by. */
#define STORE_TOKENIZER "clientele"

gboolean store_tokenizer_attach (sqlite3  *handle,
                                 GError  **error);

G_END_DECLS
