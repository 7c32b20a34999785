/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Every member of the document must be named, as `.It Li NAME` or on a line of `.Li`, in the
 * section of its verb in the man page of insight, or in its section "JSON". Names that are data (a
 * number, or below a member listed in @free_below) are passed over. */
void cli_manual_check (JsonNode          *document,
                       const char        *verb,
                       const char *const *free_below);
