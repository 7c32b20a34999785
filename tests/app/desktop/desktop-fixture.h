/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-window.h"

G_BEGIN_DECLS

/**
 * DesktopFixture:
 * @folder: where the store lies, gone after the test
 * @path: of the store
 * @store: the store
 * @window: shows the store
 *
 * A window over a store of its own. The test turns the main loop.
 */
typedef struct
{
  char *folder;
  char *path;
  StoreDatabase *store;
  AppWindow *window;
} DesktopFixture;

/* Waits for a condition; twenty seconds are longer than anything takes, with sanitizers on a busy
 * machine. */
#define desktop_wait_for(condition) \
  G_STMT_START \
    { \
      gint64 desktop_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
      while (!(condition) && g_get_monotonic_time () < desktop_end) \
        desktop_turn (); \
      g_assert_true (condition); \
    } \
  G_STMT_END

gboolean   desktop_init             (int                  *argc,
                                     char               ***argv);
void       desktop_set_up           (DesktopFixture       *fixture,
                                     const void           *data);
void       desktop_tear_down        (DesktopFixture       *fixture,
                                     const void           *data);
void       desktop_turn             (void);
GtkWidget *desktop_find             (GtkWidget            *root,
                                     GType                 type,
                                     const char           *title);
GtkWidget *desktop_find_styled      (GtkWidget            *root,
                                     const char           *css_class);
GtkWidget *desktop_find_window      (GType                 type);
StoreId    desktop_add_party        (StoreDatabase        *store,
                                     const char           *name);
guint      desktop_count            (StoreDatabase        *store,
                                     const char           *kind);
char      *desktop_read             (StoreDatabase        *store,
                                     const StoreId        *id,
                                     const char           *field);
void       desktop_show_customer    (DesktopFixture       *fixture,
                                     const StoreId        *id);
void       desktop_keep_picture     (GtkWidget            *window,
                                     const char           *name);

G_END_DECLS
