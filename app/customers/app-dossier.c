/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-dossier.h"

#include "app-story-entry.h"
#include "store-query.h"

/* So many of each kind: a page for a person to read, not an archive. */
#define MAX_OF_A_KIND 200

static void
relation_free (gpointer data)
{
  AppRelation *relation = data;

  g_object_unref (relation->other);
  g_free (relation->role);
  g_free (relation);
}

void
app_dossier_free (AppDossier *dossier)
{
  g_clear_object (&dossier->party);
  g_clear_pointer (&dossier->contacts, g_ptr_array_unref);
  g_clear_pointer (&dossier->addresses, g_ptr_array_unref);
  g_clear_pointer (&dossier->tags, g_ptr_array_unref);
  g_clear_pointer (&dossier->relations, g_ptr_array_unref);
  g_clear_pointer (&dossier->story, g_ptr_array_unref);
  g_free (dossier);
}

static GPtrArray *
load_related (StoreDatabase  *database,
              const char     *kind,
              const char     *field,
              const StoreId  *party,
              const char     *sort,
              GError        **error)
{
  g_autoptr (StoreQuery) query = store_query_new (kind);

  store_query_set_related (query, field, party);
  if (sort)
    store_query_set_sort (query, sort, TRUE);
  store_query_set_limit (query, MAX_OF_A_KIND);

  return store_query_run (query, database, error);
}

static gboolean
load_tags (AppDossier     *dossier,
           StoreDatabase  *database,
           const StoreId  *party,
           GError        **error)
{
  g_autoptr (GPtrArray) taggings = load_related (database, "tagging", "party", party, NULL, error);

  if (!taggings)
    return FALSE;

  dossier->tags = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < taggings->len; i++)
    {
      StoreRecord *tag = NULL;
      StoreId id;

      if (store_record_get_reference (g_ptr_array_index (taggings, i), "tag", &id))
        tag = store_database_load (database, store_catalog_find ("tag"), &id, NULL);
      /* A tag may arrive from the other device after what it is stuck to. */
      if (tag)
        g_ptr_array_add (dossier->tags, tag);
    }

  return TRUE;
}

static gboolean
load_relations (AppDossier     *dossier,
                StoreDatabase  *database,
                const StoreId  *party,
                const char     *own,
                const char     *other,
                GError        **error)
{
  g_autoptr (GPtrArray) links = load_related (database, "party_link", own, party, NULL, error);

  if (!links)
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    {
      StoreRecord *link = g_ptr_array_index (links, i);
      AppRelation *relation;
      StoreRecord *found = NULL;
      StoreId id;

      if (store_record_get_reference (link, other, &id))
        found = store_database_load (database, store_catalog_find ("party"), &id, NULL);
      if (!found)
        continue;

      relation = g_new0 (AppRelation, 1);
      relation->other = found;
      relation->role = g_strdup (store_record_get_text (link, "role"));
      g_ptr_array_add (dossier->relations, relation);
    }

  return TRUE;
}

static gboolean
add_to_story (AppDossier     *dossier,
              StoreDatabase  *database,
              const char     *kind,
              const StoreId  *party,
              const char     *sort,
              GError        **error)
{
  g_autoptr (GPtrArray) records = load_related (database, kind, "party", party, sort, error);

  if (!records)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (dossier->story,
                     app_story_entry_new_for_record (g_ptr_array_index (records, i)));

  return TRUE;
}

static gboolean
add_changes_to_story (AppDossier     *dossier,
                      StoreDatabase  *database,
                      const StoreId  *party,
                      GError        **error)
{
  g_autoptr (GPtrArray) history = store_history_of_record (database, store_catalog_find ("party"),
                                                           party, MAX_OF_A_KIND, error);

  if (!history)
    return FALSE;

  for (guint i = 0; i < history->len; i++)
    g_ptr_array_add (dossier->story,
                     app_story_entry_new_for_history (g_ptr_array_index (history, i)));

  return TRUE;
}

static gboolean
load_story (AppDossier     *dossier,
            StoreDatabase  *database,
            const StoreId  *party,
            GError        **error)
{
  dossier->story = g_ptr_array_new_with_free_func (g_object_unref);
  if (!add_to_story (dossier, database, "activity", party, "start", error) ||
      !add_to_story (dossier, database, "task", party, "due", error) ||
      !add_to_story (dossier, database, "document", party, "date", error) ||
      !add_to_story (dossier, database, "deal", party, NULL, error) ||
      !add_changes_to_story (dossier, database, party, error))
    return FALSE;

  g_ptr_array_sort (dossier->story, app_story_entry_compare);
  return TRUE;
}

static AppDossier *
load (StoreDatabase  *database,
      const StoreId  *party,
      GError        **error)
{
  g_autoptr (AppDossier) dossier = g_new0 (AppDossier, 1);

  dossier->party = store_database_load (database, store_catalog_find ("party"), party, error);
  if (!dossier->party)
    return NULL;

  dossier->contacts = load_related (database, "contact_point", "party", party, NULL, error);
  if (!dossier->contacts)
    return NULL;
  dossier->addresses = load_related (database, "address", "party", party, NULL, error);
  if (!dossier->addresses)
    return NULL;

  dossier->relations = g_ptr_array_new_with_free_func (relation_free);
  if (!load_tags (dossier, database, party, error) ||
      !load_relations (dossier, database, party, "party", "other", error) ||
      !load_relations (dossier, database, party, "other", "party", error) ||
      !load_story (dossier, database, party, error))
    return NULL;

  return g_steal_pointer (&dossier);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      party,
                GCancellable *cancellable)
{
  GError *error = NULL;
  AppDossier *dossier = load (source, party, &error);

  if (dossier)
    g_task_return_pointer (task, dossier, (GDestroyNotify) app_dossier_free);
  else
    g_task_return_error (task, error);
}

void
app_dossier_load_async (StoreDatabase       *database,
                        const StoreId       *party,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (party, sizeof *party), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

AppDossier *
app_dossier_load_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * app_dossier_concerns:
 * @changes: what was committed
 *
 * Returns: whether the dossier of @party may have become another; rather once too often
 */
gboolean
app_dossier_concerns (StoreChangeSet *changes,
                      const StoreId  *party)
{
  static const char *const parts[] = {
    "contact_point", "address", "tag", "tagging", "party_link", "activity", "task", "document",
    "deal",
  };

  if (store_change_set_contains (changes, store_catalog_find ("party"), party))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (store_change_set_touches_kind (changes, store_catalog_find (parts[i])))
      return TRUE;

  return FALSE;
}
