/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-site.h"

G_BEGIN_DECLS

#define SIM_MAX_SITES 4

/**
 * SimWrite:
 * @record: index of the record
 * @field: (nullable): name of the field; %NULL for a delete
 * @value: (nullable): what was written
 * @site: index of the site that wrote it
 * @number: its number in that site's stream
 * @seen: how far its writer had applied the other sites' streams
 *
 * One acknowledged write, as the model remembers it.
 */
typedef struct
{
  guint record;
  const char *field;
  char *value;
  guint site;
  guint64 number;
  guint64 seen[SIM_MAX_SITES];
} SimWrite;

/**
 * SimWorld:
 * @seed: decides everything
 * @rand: the only source of chance
 * @vault: what the sites share
 * @sites: (element-type SimSite): the devices
 * @records: (element-type StoreId): all records that were ever added
 * @writes: (element-type SimWrite): all that was acknowledged
 * @counter: makes values unlike
 *
 * A business on some devices, and a model that remembers what each of them was told is saved.
 */
typedef struct
{
  guint32 seed;
  GRand *rand;
  SyncMemoryVault *vault;
  GPtrArray *sites;
  GArray *records;
  GPtrArray *writes;
  guint counter;
} SimWorld;

SimWorld *sim_world_new           (guint32   seed,
                                   guint     n_sites);
void      sim_world_free          (SimWorld *world);
SimSite  *sim_world_get_site      (SimWorld *world,
                                   guint     index);

guint     sim_world_add           (SimWorld *world,
                                   guint     site);
void      sim_world_edit          (SimWorld *world,
                                   guint     site,
                                   guint     record,
                                   const char *field);
void      sim_world_delete        (SimWorld *world,
                                   guint     site,
                                   guint     record);
void      sim_world_skew_clocks   (SimWorld *world);
void      sim_world_act           (SimWorld *world,
                                   guint     site);
void      sim_world_sync_badly    (SimWorld *world,
                                   guint     site);
void      sim_world_sync_all      (SimWorld *world,
                                   guint     rounds);
void      sim_world_heal          (SimWorld *world);
gboolean  sim_world_is_equal      (SimWorld *world);
void      sim_world_assert_equal  (SimWorld *world);
void      sim_world_assert_kept   (SimWorld *world);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimWorld, sim_world_free)

G_END_DECLS
