/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *store_figure_words_dup      (double number);
char *store_figure_words_dup_cell (double number);

G_END_DECLS
