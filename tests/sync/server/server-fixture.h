/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-batch-header.h"
#include "sync-endpoint-remote.h"
#include "sync-error.h"
#include "sync-server-limits.h"
#include "sync-signed-session.h"

G_BEGIN_DECLS

/**
 * ServerFixture:
 * @directory: the server's data folder
 * @url: where it listens
 * @limits: what it allows; change before server_fixture_start()
 * @address: where to listen; change before server_fixture_start()
 * @origin: (nullable): a name that it goes by besides
 * @account: the keys of an account
 * @account_id: its id
 * @device: the keys of a device
 * @remote: that device's remote
 *
 * A real server on a socket of this machine, in a thread of this process.
 */
typedef struct
{
  char *directory;
  char *url;
  SyncServerLimits limits;
  const char *address;
  const char *origin;
  SyncSigningKey account;
  guint8 account_id[SYNC_ACCOUNT_ID_SIZE];
  SyncSigningKey device;
  SyncRemote *remote;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
} ServerFixture;

void        server_fixture_set_up      (ServerFixture          *self,
                                        const void             *data);
void        server_fixture_tear_down   (ServerFixture          *self,
                                        const void             *data);
void        server_fixture_start       (ServerFixture          *self);
void        server_fixture_stop        (ServerFixture          *self);
void        server_fixture_join        (ServerFixture          *self);

SyncRemote *server_fixture_make_remote (ServerFixture          *self,
                                        const SyncSigningKey   *device);
GBytes     *server_fixture_make_batch  (ServerFixture          *self,
                                        const SyncSigningKey   *device,
                                        guint64                 first,
                                        guint64                 last,
                                        const char             *branch,
                                        gsize                   size);
guint       server_fixture_ask         (ServerFixture          *self,
                                        const SyncSigningKey   *device,
                                        SyncSignedRequest      *request,
                                        SyncProblem            *problem);
char       *server_fixture_dup_path    (ServerFixture          *self,
                                        const char             *rest);

SyncPutStatus server_fixture_put       (SyncRemote             *remote,
                                        GBytes                 *batch);
guint64     server_fixture_get_end     (SyncRemote             *remote,
                                        const SyncSigningKey   *device);
char       *server_fixture_talk        (ServerFixture          *self,
                                        const char             *text,
                                        guint                   seconds);

G_END_DECLS
