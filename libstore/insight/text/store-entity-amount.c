/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money, shares and quantities: a number (store-text-number.c) and what stands around it.
 *
 *   ¥88   $45   88元   五百块   1.2万元   500 dollars   EUR 12     money, by its currency
 *   卖129   单价能做到15   定金500                                   money, by the word before it
 *   30%   三成   百分之五   half price                               a share
 *   八折   85折   20% off                                           a discount: what is left to pay
 *   两箱   50 个   3 more   200 units   a dozen                     a quantity
 *
 * Not quantities: sizes, floors, spans of time, stars (37码, size 9, 三天, 65 inch, 5 stars).
 */
#include "config.h"

#include <string.h>

#include "store-entity-scan-private.h"

typedef struct
{
  const char *word;
  const char *currency;
} CurrencyWord;

static const CurrencyWord before_words[] = {
  { "us$", "USD" }, { "hk$", "HKD" }, { "nt$", "TWD" }, { "$", "USD" },   { "¥", "CNY" },
  { "€", "EUR" },   { "£", "GBP" },   { "rmb", "CNY" }, { "cny", "CNY" }, { "usd", "USD" },
  { "eur", "EUR" }, { "gbp", "GBP" }, { "jpy", "JPY" }, { "hkd", "HKD" }, { "chf", "CHF" },
  { "人民币", "CNY" }, { "₩", "KRW" }, { "₹", "INR" },
};

static const CurrencyWord behind_words[] = {
  { "元人民币", "CNY" }, { "人民币", "CNY" }, { "块钱", "CNY" }, { "元钱", "CNY" },
  { "美元", "USD" },     { "美金", "USD" },   { "欧元", "EUR" }, { "英镑", "GBP" },
  { "日元", "JPY" },     { "港币", "HKD" },   { "港元", "HKD" }, { "元", "CNY" },
  { "块", "CNY" },       { "圆", "CNY" },     { "刀", "USD" },   { "us dollars", "USD" },
  { "dollars", "USD" },  { "dollar", "USD" }, { "bucks", "USD" }, { "euros", "EUR" },
  { "euro", "EUR" },     { "pounds", "GBP" }, { "yuan", "CNY" }, { "yen", "JPY" },
  { "usd", "USD" },      { "eur", "EUR" },    { "gbp", "GBP" },  { "cny", "CNY" },
  { "rmb", "CNY" },      { "$", "USD" },      { "€", "EUR" },    { "£", "GBP" },
};

static const char *const price_words[] = {
  "卖", "才", "只要", "单价", "报价", "售价", "价格", "价", "定金", "订金", "押金", "尾款", "首付",
  "付了", "付", "转了", "转账", "打款", "汇了", "收了", "预算", "price", "pay", "paid", "deposit",
  "deposit of", "costs", "cost", "budget", "budget of", "做到", "便宜", NULL,
};

static const char *const share_behind[] = { "%", "成", " percent", " per cent", "percent", NULL };

static const char *const measures[] = {
  "公斤", "千克", "平方米", "平米", "箱", "盒", "件", "个", "套", "台", "只", "双", "瓶", "袋",
  "包", "斤", "吨", "米", "条", "张", "份", "支", "把", "辆", "部", "片", "桶", "罐", "卷", "根",
  "打", "组", "批", "株", "棵", "桌", "位", "单", "本", "盏", "对", "板", "筐", "捆", "车", "克",
  "升", "杯", "枚", "册", "款", "副", "串", NULL,
};

/* 三个月 and such are spans of time, not so many of something. */
static const char *const han_spans[] = { "个月", "个多月", "个半月", "个星期", "个礼拜", "个小时",
                                         "个钟", "个季度", "个工作日", "个年", NULL };

static const char *const english_measures[] = {
  "units", "unit", "pieces", "piece", "pcs", "boxes", "box", "cases", "cartons", "packs", "pack",
  "bottles", "bags", "items", "sets", "pairs", "dozens", "dozen", "kg", "copies", "licenses",
  "licences", "seats", "tickets", "rolls", "more", "of them", "of these", "of those", "pallets",
  NULL,
};

/* Words behind a number that make it no quantity of goods. */
static const char *const no_goods[] = {
  "inch", "inches", "stars", "star", "am", "pm", "a.m.", "p.m.", "percent", "day", "days", "week",
  "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "min", "mins",
  "times", "o'clock", "st", "nd", "rd", "th", "cm", "mm", "km", "miles", "and", "or", "is", "was",
  "has", "as", "this", "yes", "minus", "plus", "instalments", "installments", "address", "street",
  NULL,
};

static const char *const order_verbs[] = {
  "order", "want", "need", "take", "send", "buy", "another", "get", "have", "x", "qty", "quantity",
  "book", "reserve", "add", NULL,
};

static const char *const han_order_verbs[] = {
  "要", "来", "订", "买", "加", "补", "送", "给", "下", "拿", "再", "订购", "采购", "寄", NULL,
};

static const char *const numbered[] = { "size", "item", "no.", "no", "number", "#", "room", "page",
                                        "version", "第", "周", "星期", "model", NULL };

static guint
match_currency (const StoreFoldedText *text,
                guint                  at,
                const CurrencyWord    *words,
                guint                  n_words,
                const char           **currency)
{
  for (guint i = 0; i < n_words; i++)
    {
      guint length = store_folded_text_match (text, at, words[i].word);

      if (length > 0)
        {
          *currency = words[i].currency;
          return length;
        }
    }
  return 0;
}

static guint
match_behind (const StoreFoldedText *text,
              guint                  at,
              const char           **currency)
{
  return match_currency (text, at, behind_words, G_N_ELEMENTS (behind_words), currency);
}

/* 五块五, 三块二: what follows the word is tenths, where nothing is counted with it. */
static guint
add_tenths (const StoreFoldedText *text,
            guint                  at,
            double                *value)
{
  StoreTextNumber tenths;

  if (text->chars[at - 1] != 0x5757 || !store_text_number_scan (text, at, &tenths) ||
      tenths.value >= 10 || tenths.value < 1 || tenths.end != at + 1 ||
      store_folded_text_match_any (text, tenths.end, measures, NULL) > 0)
    return at;
  *value += tenths.value / 10;
  return tenths.end;
}

static gboolean
is_counted (const StoreFoldedText *text,
            guint                  at)
{
  static const char *const spans[] = { "天", "次", "年", "月", "日", "号", "点", "期", "岁", "码", "周",
                                       "小时", "分钟", "折", "成", "%", "楼", "寸", "倍", "人", NULL };

  return store_folded_text_match_any (text, at, spans, NULL) > 0 ||
         store_folded_text_match_any (text, at, measures, NULL) > 0;
}

static guint
take_amount (StoreEntityScan *scan,
             guint            start,
             guint            end,
             double           value,
             const char      *currency)
{
  g_autofree char *number = store_entity_dup_number (value);
  char *text = currency != NULL ? g_strconcat (number, " ", currency, NULL)
                                : g_steal_pointer (&number);

  return store_entity_scan_take (scan, STORE_ENTITY_AMOUNT, start, end, text, value, currency);
}

guint
store_entity_scan_amount (StoreEntityScan *scan,
                          guint            at)
{
  const StoreFoldedText *text = scan->text;
  const char *currency = NULL;
  guint length = match_currency (text, at, before_words, G_N_ELEMENTS (before_words), &currency);
  guint start = length > 0 ? store_entity_scan_spaces (scan, at + length) : at;
  StoreTextNumber number;
  guint end, behind;

  if (!store_text_number_scan (text, start, &number) || scan->taken[number.end - 1])
    return 0;
  end = number.end;
  if (currency != NULL)
    return take_amount (scan, at, end, number.value, currency);

  behind = store_entity_scan_spaces (scan, end);
  length = match_behind (text, behind, &currency);
  if (length > 0 && number.value != 0.5)
    {
      end = add_tenths (text, behind + length, &number.value);
      return take_amount (scan, at, end, number.value, currency);
    }
  if (is_counted (text, behind) || store_folded_text_is_latin (text, end) ||
      (number.is_words && number.value < 100) ||
      !store_entity_scan_behind (scan, at, price_words))
    return 0;
  return take_amount (scan, at, end, number.value, NULL);
}

static guint
take_share (StoreEntityScan *scan,
            StoreEntityKind  kind,
            guint            start,
            guint            end,
            double           share)
{
  return store_entity_scan_take (scan, kind, start, end, store_entity_dup_number (share), share,
                                 NULL);
}

/* 八折 is .8, 85折 and 八五折 are .85, 九五折 is .95. */
static double
get_discount (double number)
{
  return number < 10 ? number / 10 : number / 100;
}

static guint
scan_percent_of_hundred (StoreEntityScan *scan,
                         guint            at)
{
  guint length = store_folded_text_match (scan->text, at, "百分之");
  StoreTextNumber number;

  if (length == 0 || !store_text_number_scan (scan->text, at + length, &number))
    return 0;
  return take_share (scan, STORE_ENTITY_SHARE, at, number.end, number.value / 100);
}

guint
store_entity_scan_share (StoreEntityScan *scan,
                         guint            at)
{
  const StoreFoldedText *text = scan->text;
  guint end = scan_percent_of_hundred (scan, at);
  guint which, length;
  StoreTextNumber number;

  if (end > 0)
    return end;
  length = store_folded_text_match (text, at, "half price");
  if (length > 0)
    return take_share (scan, STORE_ENTITY_DISCOUNT, at, at + length, 0.5);
  if (!store_text_number_scan (text, at, &number))
    return 0;
  if (store_folded_text_match (text, number.end, "折") > 0 && number.value < 100)
    return take_share (scan, STORE_ENTITY_DISCOUNT, at, number.end + 1,
                       get_discount (number.value));

  length = store_folded_text_match_any (text, number.end, share_behind, &which);
  if (length == 0 || (which == 1 && number.value > 10))
    return 0;
  end = number.end + length;
  number.value /= which == 1 ? 10 : 100;
  length = store_folded_text_match (text, end, " off");
  if (length > 0 && number.value <= 1)
    return take_share (scan, STORE_ENTITY_DISCOUNT, at, end + length, 1 - number.value);
  return take_share (scan, STORE_ENTITY_SHARE, at, end, number.value);
}

static guint
take_quantity (StoreEntityScan       *scan,
               guint                  start,
               guint                  end,
               const StoreTextNumber *number,
               guint                  unit_start)
{
  g_autofree char *unit =
    unit_start < end ? store_folded_text_dup (scan->text, unit_start, end) : NULL;
  g_autofree char *least = store_entity_dup_number (number->value);
  g_autofree char *most = store_entity_dup_number (number->most);

  return store_entity_scan_take (scan, STORE_ENTITY_QUANTITY, start, end,
                                 number->most > number->value
                                   ? g_strconcat (least, "-", most, NULL)
                                   : g_strdup (least),
                                 number->value, unit != NULL ? g_strstrip (unit) : NULL);
}

/* 一个, 一张 and the like are mostly an article; they count where something is asked for. */
static gboolean
is_article (StoreEntityScan       *scan,
            guint                  at,
            const StoreTextNumber *number)
{
  return number->is_words && number->value == 1 &&
         !store_entity_scan_behind (scan, at, han_order_verbs);
}

static gboolean
is_plural (const StoreFoldedText *text,
           guint                  at)
{
  guint end = at;

  while (store_folded_text_is_latin (text, end) && !store_folded_text_is_digit (text, end))
    end++;
  return end - at > 2 && text->chars[end - 1] == 's' && text->chars[end - 2] != 's' &&
         store_folded_text_match_any (text, at, no_goods, NULL) == 0;
}

static guint
scan_english_quantity (StoreEntityScan       *scan,
                       guint                  at,
                       const StoreTextNumber *number)
{
  const StoreFoldedText *text = scan->text;
  guint noun = store_entity_scan_spaces (scan, number->end);
  guint length = store_folded_text_match_any (text, noun, english_measures, NULL);

  if (length > 0)
    return take_quantity (scan, at, noun + length, number, noun);
  if (text->chars[noun] == 'x' && !store_folded_text_is_latin (text, noun + 1))
    return take_quantity (scan, at, number->end, number, number->end);
  if (number->is_words && number->value == 1)
    return 0;
  if (store_folded_text_match_any (text, noun, no_goods, NULL) > 0)
    return 0;
  if (is_plural (text, noun) || store_entity_scan_behind (scan, at, order_verbs))
    return take_quantity (scan, at, number->end, number, number->end);
  return 0;
}

guint
store_entity_scan_quantity (StoreEntityScan *scan,
                            guint            at)
{
  const StoreFoldedText *text = scan->text;
  StoreTextNumber number;
  guint unit, length;

  if (!store_text_number_scan (text, at, &number) || scan->taken[number.end - 1] ||
      (at > 0 && text->chars[at - 1] == '-') || store_entity_scan_behind (scan, at, numbered))
    return 0;
  unit = store_entity_scan_spaces (scan, number.end);
  if (store_folded_text_match_any (text, unit, han_spans, NULL) > 0)
    return 0;
  length = store_folded_text_match_any (text, unit, measures, NULL);
  if (length > 0 && !is_article (scan, at, &number))
    return take_quantity (scan, at, unit + length, &number, unit);
  if (length > 0 || (at > 0 && store_folded_text_is_latin (text, at - 1) &&
                     text->chars[at - 1] != 'x'))
    return 0;
  if (number.end < text->n && text->classes[number.end] == STORE_FOLD_SINGLE)
    return 0;
  return scan_english_quantity (scan, at, &number);
}
