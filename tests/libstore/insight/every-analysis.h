/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes as orders, twelve an order: who, what, when and for how much, near each other or at the
 * ends of what there is. Every analysis answers them, with numbers that JSON can hold, or says why
 * not; anything else ends the program. */
void every_analysis_answer (const guint8 *data,
                            gsize         size);

/* A text as a model: every analysis that it names scores by it, or refuses it. */
void every_analysis_score  (const char   *text,
                            gsize         size);

G_END_DECLS
