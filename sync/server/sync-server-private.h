/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sync-server.h"
#include "sync-server-database.h"
#include "sync-server-listener.h"
#include "sync-server-rate.h"
#include "sync-server-waiting.h"
#include "sync-server-writer.h"

G_BEGIN_DECLS

struct _SyncServer
{
  GObject parent_instance;

  SyncServerLimits limits;
  SoupServer *soup;
  SyncServerListener *listener;
  SyncServerWriter *writer;
  SyncServerDatabase *reader;
  SyncServerRate *rate;
  SyncServerWaiting *waiting;
  GPtrArray *origins;
  char *uri;
  gboolean is_loopback;
  guint n_paused;
};

gboolean sync_server_is_registration_open (SyncServer        *self,
                                           SoupServerMessage *message);
char    *sync_server_dup_origin           (SyncServer        *self,
                                           SoupServerMessage *message);

G_END_DECLS
