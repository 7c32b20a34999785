/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-text-examples.h"

G_BEGIN_DECLS

/**
 * StoreMessageExampleFunc:
 * @text: a message
 * @intent: what it wants
 * @mood: good, neutral or bad
 * @data: the caller's
 */
typedef void (*StoreMessageExampleFunc) (const char *text,
                                         const char *intent,
                                         const char *mood,
                                         gpointer    data);

void store_message_examples_foreach (StoreMessageExampleFunc func,
                                     gpointer                data);

G_END_DECLS
