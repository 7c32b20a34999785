/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-log.h"
#include "sync-engine.h"
#include "sync-memory-remote.h"

G_BEGIN_DECLS

/**
 * SimRemoteWrap:
 * @remote: (transfer full): the site's remote
 * @data: the site's
 *
 * Puts another remote in front of the site's own, for a test that plants a bug.
 *
 * Returns: (transfer full): what the engine gets
 */
typedef SyncRemote *(*SimRemoteWrap) (SyncRemote *remote,
                                      gpointer    data);

/**
 * SimSite:
 * @name: what its device is called
 * @folder: a folder of its own
 * @path: its store
 * @store: (nullable): open
 * @engine: (nullable): its engine
 * @vault: what all sites share
 * @remote: (nullable): the remote of the last connection
 * @requests: requests of earlier connections since sim_site_set_fault()
 * @fault_at: number of the request that goes wrong, 0 for none
 * @fault: how
 * @clock_offset: how far its clock is ahead, milliseconds
 * @part_size: bytes of a part of a transaction, 0 for the usual; see sim_site_set_part_size()
 * @wrap: (nullable): see #SimRemoteWrap
 * @wrap_data: for @wrap
 *
 * One device of the simulator: a real store and a real engine in a folder of their own.
 */
typedef struct
{
  char *name;
  char *folder;
  char *path;
  StoreDatabase *store;
  SyncEngine *engine;
  SyncMemoryVault *vault;
  SyncMemoryRemote *remote;
  guint requests;
  guint fault_at;
  SyncMemoryFault fault;
  gint64 clock_offset;
  gsize part_size;
  SimRemoteWrap wrap;
  gpointer wrap_data;
} SimSite;

SimSite    *sim_site_new          (SyncMemoryVault  *vault,
                                   const char       *name);
void        sim_site_free         (SimSite          *site);
void        sim_site_set_part_size (SimSite         *site,
                                   gsize             size);
void        sim_site_open         (SimSite          *site);
void        sim_site_close        (SimSite          *site);
void        sim_site_copy_files   (SimSite          *site,
                                   const char       *from,
                                   const char       *to,
                                   gboolean          keys);

void        sim_site_create       (SimSite          *site);
void        sim_site_join         (SimSite          *site,
                                   SimSite          *first);
void        sim_site_set_fault    (SimSite          *site,
                                   guint             request,
                                   SyncMemoryFault   fault);
guint       sim_site_get_requests (SimSite          *site);
gboolean    sim_site_try_sync     (SimSite          *site,
                                   SyncResult      **result,
                                   GError          **error);
SyncResult *sim_site_sync         (SimSite          *site);

char       *sim_site_dup_digest   (SimSite          *site);
char       *sim_site_dup_heads    (SimSite          *site);
char       *sim_site_dup_clashes  (SimSite          *site);
guint64     sim_site_get_number   (SimSite          *site,
                                   const char       *stream);
char       *sim_site_dup_stream   (SimSite          *site);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimSite, sim_site_free)

G_END_DECLS
