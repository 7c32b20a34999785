/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-kind.h"

G_BEGIN_DECLS

/**
 * StoreTable:
 * @kind: the kind whose records lie in it
 * @columns: names of the fields' columns, with commas, in the order of the declaration
 * @insert_sql: INSERT of ?1 id, ?2 clock, then every field
 * @record_sql: SELECT of what store_record_read() wants, by id
 * @state_sql: SELECT of n, clock and every field by id
 * @column_of: where each field lies in the file, by position in the declaration
 * @trashed_column: where the trash mark lies
 * @clock_column: where the clock lies
 * @personal: bits of the personal fields
 * @parents: bits of the references that take a record along into the trash
 * @group_of: the group of each field, by number
 *
 * A kind as it lies in one file. Columns are found by name, since a field that came later lies
 * behind those that were there before. Private to libstore.
 */
typedef struct
{
  const StoreKind *kind;
  char *columns;
  char *insert_sql;
  char *state_sql;
  char *record_sql;
  int *column_of;
  int trashed_column;
  int clock_column;
  guint64 personal;
  guint64 parents;
  guint8 group_of[64];
} StoreTable;

/**
 * StoreTableSet: every table of a file.
 */
typedef struct
{
  StoreTable *tables;
  guint n_tables;
} StoreTableSet;

StoreTableSet    *store_table_set_load       (StoreConnection     *connection,
                                              GError             **error);
void              store_table_set_free       (StoreTableSet       *self);
const StoreTable *store_table_set_find       (const StoreTableSet *self,
                                              const StoreKind     *kind);
const StoreTable *store_table_set_find_by_id (const StoreTableSet *self,
                                              guint                kind);
const StoreTable *store_table_set_find_name  (const StoreTableSet *self,
                                              const char          *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTableSet, store_table_set_free)

G_END_DECLS
