/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program can use in a message: numbers of orders, numbers to call, money, days, quantities.
 * Scanners go over the folded text one after the other, the surest first; what one has taken no
 * other sees. Each is a function of the text and the day alone.
 */
#include "config.h"

#include "store-entities.h"

#include <string.h>

#include "store-entity-scan-private.h"
#include "store-insight-json.h"

static const char *const kind_names[] = {
  [STORE_ENTITY_ORDER] = "order",
  [STORE_ENTITY_PHONE] = "phone",
  [STORE_ENTITY_EMAIL] = "email",
  [STORE_ENTITY_AMOUNT] = "amount",
  [STORE_ENTITY_DATE] = "date",
  [STORE_ENTITY_TIME] = "time",
  [STORE_ENTITY_QUANTITY] = "quantity",
  [STORE_ENTITY_SHARE] = "share",
  [STORE_ENTITY_DISCOUNT] = "discount",
};

void
store_entity_free (StoreEntity *self)
{
  g_free (self->value);
  g_free (self->unit);
  g_free (self);
}

/* The name in JSON. */
const char *
store_entity_kind_get_name (StoreEntityKind kind)
{
  return kind_names[kind];
}

static gboolean
is_free (StoreEntityScan *scan,
         guint            start,
         guint            end)
{
  for (guint i = start; i < end; i++)
    if (scan->taken[i])
      return FALSE;
  return TRUE;
}

/* Takes characters @start to before @end for an entity, and what else came from the same characters
 * of the message; @value is taken over. Returns the end, or 0 where something else has a part of
 * them. */
guint
store_entity_scan_take (StoreEntityScan *scan,
                        StoreEntityKind  kind,
                        guint            start,
                        guint            end,
                        char            *value,
                        double           number,
                        const char      *unit)
{
  const guint *origins = scan->text->origins;
  StoreEntity *entity;

  while (start > 0 && origins[start - 1] == origins[start])
    start--;
  while (end < scan->text->n && origins[end] == origins[end - 1])
    end++;
  if (!is_free (scan, start, end))
    {
      g_free (value);
      return 0;
    }
  entity = g_new0 (StoreEntity, 1);
  entity->kind = kind;
  entity->start = origins[start];
  entity->end = origins[end - 1] + 1;
  entity->value = value;
  entity->number = number;
  entity->unit = g_strdup (unit);
  memset (scan->taken + start, 1, end - start);
  g_ptr_array_add (scan->found, entity);
  return end;
}

guint
store_entity_scan_spaces (StoreEntityScan *scan,
                          guint            at)
{
  while (at < scan->text->n && scan->text->chars[at] == ' ')
    at++;
  return at;
}

/* Whether one of the words stands right before @at, spaces and a colon left aside. */
gboolean
store_entity_scan_behind (StoreEntityScan   *scan,
                          guint              at,
                          const char *const *words)
{
  while (at > 0 && (scan->text->chars[at - 1] == ' ' || scan->text->chars[at - 1] == ':'))
    at--;
  for (; *words != NULL; words++)
    {
      guint length = (guint) g_utf8_strlen (*words, -1);

      if (length <= at && store_folded_text_match (scan->text, at - length, *words) == length)
        return TRUE;
    }
  return FALSE;
}

/* "2", "0.5", "1200": no more digits than it takes, and no exponent below 1e15. */
char *
store_entity_dup_number (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static int
compare_entities (gconstpointer a,
                  gconstpointer b)
{
  const StoreEntity *left = *(const StoreEntity *const *) a;
  const StoreEntity *right = *(const StoreEntity *const *) b;

  return (left->start > right->start) - (left->start < right->start);
}

/**
 * store_entities_find:
 * @text: a message
 * @today: the day it was written, days since 1970-01-01
 *
 * Returns: (transfer full) (element-type StoreEntity): what is in it, in the order of the text; no
 *   two overlap. Any thread.
 */
GPtrArray *
store_entities_find (const StoreFoldedText *text,
                     gint32                 today)
{
  static const StoreEntityScanner scanners[] = {
    store_entity_scan_email, store_entity_scan_order, store_entity_scan_phone,
    store_entity_scan_date,  store_entity_scan_time,  store_entity_scan_share,
    store_entity_scan_amount, store_entity_scan_quantity,
  };
  g_autofree guint8 *taken = NULL;
  StoreEntityScan scan = { .text = text, .today = today };

  g_return_val_if_fail (text != NULL, NULL);

  scan.taken = taken = g_new0 (guint8, text->n + 1);
  scan.found = g_ptr_array_new_with_free_func ((GDestroyNotify) store_entity_free);
  for (guint i = 0; i < G_N_ELEMENTS (scanners); i++)
    for (guint at = 0; at < text->n;)
      {
        guint end = taken[at] ? 0 : scanners[i](&scan, at);

        at = MAX (end, at + 1);
      }
  g_ptr_array_sort (scan.found, compare_entities);
  return scan.found;
}

static void
add_entity (JsonBuilder       *builder,
            const StoreEntity *entity,
            const char        *written)
{
  g_autofree char *text = g_utf8_substring (written, entity->start, entity->end);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "kind", store_entity_kind_get_name (entity->kind));
  store_insight_json_add_text (builder, "text", text);
  store_insight_json_add_count (builder, "start", entity->start);
  store_insight_json_add_count (builder, "end", entity->end);
  store_insight_json_add_text (builder, "value", entity->value);
  if (entity->kind >= STORE_ENTITY_QUANTITY || entity->kind == STORE_ENTITY_AMOUNT)
    {
      store_insight_json_add_number (builder, "number", entity->number);
      store_insight_json_add_text (builder, "unit", entity->unit);
    }
  json_builder_end_object (builder);
}

/* An array of objects, where a value is expected; @written is valid UTF-8. */
void
store_entities_add_json (JsonBuilder     *builder,
                         const GPtrArray *entities,
                         const char      *written)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < entities->len; i++)
    add_entity (builder, g_ptr_array_index (entities, i), written);
  json_builder_end_array (builder);
}
