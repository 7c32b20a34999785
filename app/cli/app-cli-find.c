/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that find records. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-record.h"
#include "app-cli-table.h"
#include "app-cli-verb.h"

#include "store-query.h"
#include "store-search.h"

#include <glib/gi18n.h>

#define SEARCH_LIMIT 50

/* Stages and the like stand in the order that the person gave them. */
static const char *
get_usual_sort (const StoreKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == STORE_FIELD_RANK)
      return kind->fields[i].name;
  return NULL;
}

static StoreQuery *
build_query (AppCliArguments  *arguments,
             GError          **error)
{
  const char *name = app_cli_arguments_get (arguments, 0);
  const char *where = app_cli_arguments_get_value (arguments, "where");
  const char *sort = app_cli_arguments_get_value (arguments, "sort");
  const StoreKind *kind = app_cli_record_find_kind (name, NULL, error);
  guint limit = 0;

  if (!kind || !app_cli_arguments_get_number (arguments, "limit", 1, &limit, error))
    return NULL;

  g_autoptr (StoreQuery) query = store_query_new (name);
  g_autoptr (StoreFilter) filter = where ? store_filter_parse (kind, where, error) : NULL;
  gboolean descending = sort && sort[0] == '-';

  if (where && !filter)
    return NULL;
  if (sort && !app_cli_record_find_field (kind, sort + descending, error))
    return NULL;

  if (filter)
    store_query_set_filter (query, filter);
  if (sort)
    store_query_set_sort (query, sort + descending, descending);
  else if (get_usual_sort (kind))
    store_query_set_sort (query, get_usual_sort (kind), FALSE);
  if (app_cli_arguments_has (arguments, "limit"))
    store_query_set_limit (query, limit);
  store_query_set_trashed (query, app_cli_arguments_has (arguments, "trashed"));
  return g_steal_pointer (&query);
}

static gboolean
run_list (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  g_autoptr (StoreQuery) query = build_query (arguments, error);

  if (!query)
    return FALSE;

  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (GPtrArray) records = database ? store_query_run (query, database, error) : NULL;

  if (!records)
    return FALSE;

  if (app_cli_session_wants_json (session))
    app_cli_session_take_json (session, app_cli_table_to_json (records));
  else
    return app_cli_table_print (records, store_query_get_kind (query),
                                app_cli_arguments_get_value (arguments, "fields"), session, error);
  return TRUE;
}

static void
build_reference (JsonBuilder *builder,
                 StoreRecord *record)
{
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (record), id);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, store_record_get_kind (record)->name);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, store_record_get_title (record));
}

static void
build_hit (JsonBuilder *builder,
           StoreHit    *hit)
{
  build_reference (builder, hit->record);
  json_builder_set_member_name (builder, "owner");
  if (hit->owner)
    {
      build_reference (builder, hit->owner);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static void
print_hit (AppCliSession *session,
           StoreHit      *hit)
{
  const char *title = store_record_get_title (hit->record);
  const char *owner = hit->owner ? store_record_get_title (hit->owner) : NULL;
  char id[STORE_ID_STRING_LENGTH + 1];

  store_id_print (store_record_get_id (hit->record), id);
  app_cli_session_print (session, "%s\t%s\t%s", id, store_record_get_kind (hit->record)->name,
                         title ? title : "");
  app_cli_session_print (session, "\t%s\n", owner ? owner : "");
}

static gboolean
run_search (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);
  guint limit = SEARCH_LIMIT;

  if (!database || !app_cli_arguments_get_number (arguments, "limit", 1, &limit, error))
    return FALSE;

  g_autofree char *words = app_cli_arguments_join (arguments, 0);
  g_autoptr (GPtrArray) hits = store_search (database, words, limit, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!hits)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      build_hit (builder, g_ptr_array_index (hits, i));
      print_hit (session, g_ptr_array_index (hits, i));
    }
  json_builder_end_array (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static const AppCliOption list_options[] = {
  { "where", "TEXT", N_("Only records of which this is true: FIELD OP VALUE [and …]") },
  { "sort", "FIELD", N_("In the order of this field; -FIELD for the largest first") },
  { "limit", "N", N_("At most so many") },
  { "fields", "A,B,…", N_("Print these fields behind the id") },
  { "trashed", NULL, N_("What lies in the trash, instead") },
  { NULL },
};

static const AppCliOption search_options[] = {
  { "limit", "N", N_("At most so many") },
  { NULL },
};

static const AppCliVerb verbs[] = {
  { "list", "KIND [--where TEXT] [--sort FIELD] [--limit N]", N_("Print the records of a kind"),
    N_("OP is one of = != < <= > >= and ~ (contains); quote a value that has spaces.\n"
       "On a terminal it is a table; else a line a record with tabs between the values."),
    1, 1, list_options, run_list },
  { "search", "TEXT", N_("Find records by words, beginnings of words or Chinese characters"),
    NULL, 1, APP_CLI_MANY, search_options, run_search },
  { NULL },
};

const AppCliFamily app_cli_find = { N_("Finding:"), verbs };
