/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of orders and of telephones, and addresses of mail. Digits alone say little: a number is
 * an order's where a word or # says so, and a telephone's where it has the form of one (a Chinese
 * mobile or fixed line, a plus before it) or where a word says so.
 */
#include "config.h"

#include <string.h>

#include "store-entity-scan-private.h"
#include "store-phone-text.h"

#define LEAST_ORDER 3
#define MOST_ORDER 32
#define LEAST_PHONE 7
#define MOST_PHONE 24
#define MOST_LOCAL_PART 64
#define MOST_DOMAIN 255

static const char *const order_words[] = {
  "订单编号", "订单号码", "订单号", "订单", "单号", "运单", "发票号", "order number", "order no.",
  "order no", "order id", "orders", "order", "invoice number", "invoice no.", "invoice",
  "tracking number", "parcel", "ref.", "ref", "reference", NULL,
};

static const char *const order_joints[] = {
  "号码", "编号", "号", "是", "为", "number", "no.", "no", "id", "is", "#", ":", " ", "-", NULL,
};

static const char *const phone_words[] = {
  "电话", "手机", "手机号", "号码", "号码是", "电话是", "手机是", "热线", "phone", "number", "tel",
  "mobile", "call", "is", "at", "是", "打", "拨", NULL,
};

static gboolean
is_code_char (gunichar c)
{
  return c < 0x80 && (g_ascii_isalnum ((char) c) || c == '-' || c == '_');
}

/* A run of letters, digits and hyphens with enough digits in it. */
static guint
find_code_end (const StoreFoldedText *text,
               guint                  at)
{
  guint n_digits = 0;
  guint end = at;

  if (!store_folded_text_is_latin (text, at))
    return 0;
  for (; end < text->n && end - at <= MOST_ORDER && is_code_char (text->chars[end]); end++)
    n_digits += store_folded_text_is_digit (text, end);
  while (end > at && !store_folded_text_is_latin (text, end - 1))
    end--;
  return n_digits >= LEAST_ORDER && end - at <= MOST_ORDER ? end : 0;
}

static gboolean
is_unit_ahead (const StoreFoldedText *text,
               guint                  at)
{
  static const char *const words[] = { "元", "块", "件", "个", "盒", "箱", "套", "台", "年", "月",
                                       "天", "%", " units", " pieces", " pcs", " boxes", NULL };

  return store_folded_text_match_any (text, at, words, NULL) > 0;
}

guint
store_entity_scan_order (StoreEntityScan *scan,
                         guint            at)
{
  const StoreFoldedText *text = scan->text;
  guint start = at + store_folded_text_match_any (text, at, order_words, NULL);
  guint length, end;
  char *value;

  if (start == at && text->chars[at] != '#')
    return 0;
  if (start == at && at > 0 && store_folded_text_is_latin (text, at - 1))
    return 0;
  while ((length = store_folded_text_match_any (text, start, order_joints, NULL)) > 0)
    start += length;
  end = find_code_end (text, start);
  if (end == 0 || is_unit_ahead (text, end))
    return 0;
  value = store_folded_text_dup (text, start, end);
  for (char *c = value; *c != '\0'; c++)
    *c = g_ascii_toupper (*c);
  return store_entity_scan_take (scan, STORE_ENTITY_ORDER, start, end, value, 0, NULL);
}

static gboolean
is_phone_sign (gunichar c)
{
  return c < 0x80 && strchr ("-. ()", (int) c) != NULL;
}

static guint
find_phone_end (const StoreFoldedText *text,
                guint                  at,
                guint                 *n_digits)
{
  guint end = at;
  guint last = at;

  *n_digits = 0;
  for (; end < text->n && end - at < MOST_PHONE; end++)
    {
      if (store_folded_text_is_digit (text, end))
        {
          ++*n_digits;
          last = end + 1;
        }
      else if (text->chars[end] == '+' ? end > at : !is_phone_sign (text->chars[end]))
        break;
    }
  return last;
}

/* Whether the digits have the form of a number to call without a word that says so. */
static gboolean
looks_like_phone (const char *written,
                  const char *number)
{
  gsize length = strlen (number);

  if (number[0] == '+')
    return length >= LEAST_PHONE + 1;
  if (number[0] == '0')
    return length >= 10 && length <= 12;
  return (g_str_has_prefix (number, "400") || g_str_has_prefix (number, "800")) && length == 10 &&
         strpbrk (written, "- ") != NULL;
}

guint
store_entity_scan_phone (StoreEntityScan *scan,
                         guint            at)
{
  const StoreFoldedText *text = scan->text;
  g_autofree char *written = NULL;
  g_autofree char *number = NULL;
  guint n_digits, end;

  if (!store_folded_text_is_digit (text, at) && text->chars[at] != '+' && text->chars[at] != '(')
    return 0;
  if (at > 0 && (store_folded_text_is_latin (text, at - 1) || text->chars[at - 1] == '+' ||
                 text->chars[at - 1] == '.' || text->chars[at - 1] == '-'))
    return 0;
  end = find_phone_end (text, at, &n_digits);
  if (n_digits < LEAST_PHONE || store_folded_text_is_latin (text, end) || is_unit_ahead (text, end))
    return 0;
  written = store_folded_text_dup (text, at, end);
  if (store_phone_text_parse (written, &number, NULL) != STORE_READING_VALUE)
    return 0;
  if (!looks_like_phone (written, number) && !store_entity_scan_behind (scan, at, phone_words))
    return 0;
  return store_entity_scan_take (scan, STORE_ENTITY_PHONE, at, end, g_steal_pointer (&number), 0,
                                 NULL);
}

static gboolean
is_local_char (gunichar c)
{
  return c < 0x80 && (g_ascii_isalnum ((char) c) || strchr ("._%+-", (int) c) != NULL);
}

/* A domain with a dot in it, letters at its end. */
static guint
find_domain_end (const StoreFoldedText *text,
                 guint                  at)
{
  guint end = at;
  guint dot = 0;

  for (; end < text->n && end - at < MOST_DOMAIN; end++)
    {
      gunichar c = text->chars[end];

      if (c == '.' && store_folded_text_is_latin (text, end + 1) && text->chars[end + 1] < 0x80 &&
          end > at)
        dot = end;
      else if (c >= 0x80 || !(g_ascii_isalnum ((char) c) || c == '-'))
        break;
    }
  return dot > 0 && end - dot > 2 && g_ascii_isalpha ((char) text->chars[dot + 1]) ? end : 0;
}

guint
store_entity_scan_email (StoreEntityScan *scan,
                         guint            at)
{
  const StoreFoldedText *text = scan->text;
  guint start = at;
  guint end;

  if (text->chars[at] != '@')
    return 0;
  while (start > 0 && at - start < MOST_LOCAL_PART && is_local_char (text->chars[start - 1]) &&
         !scan->taken[start - 1])
    start--;
  while (start < at && text->chars[start] == '.')
    start++;
  end = find_domain_end (text, at + 1);
  if (start == at || end == 0)
    return 0;
  return store_entity_scan_take (scan, STORE_ENTITY_EMAIL, start, end,
                                 store_folded_text_dup (text, start, end), 0, NULL);
}
