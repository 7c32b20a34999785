/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times of a day: 15:30, 10am, 下午三点半, 五点前. One to six o'clock without 上午 or 下午 is taken to
 * be in the afternoon, for that is when business is done.
 */
#include "config.h"

#include "store-entity-scan-private.h"

static const char *const parts[] = { "凌晨", "清晨", "早上", "早晨", "上午", "中午", "下午", "傍晚",
                                     "晚上", "今晚", "明晚", "明早", "夜里", NULL };

#define FIRST_AFTERNOON_PART 6
#define LAST_AFTERNOON_PART 10
#define NOON_PART 5

static guint
take_time (StoreEntityScan *scan,
           guint            start,
           guint            end,
           int              hour,
           int              minute)
{
  if (hour > 24 || minute > 59)
    return 0;
  return store_entity_scan_take (scan, STORE_ENTITY_TIME, start, end,
                                 g_strdup_printf ("%02d:%02d", hour % 24, minute), 0, NULL);
}

/* am and pm, and where they end. */
static guint
match_half (const StoreFoldedText *text,
            guint                  at,
            int                   *hour)
{
  static const char *const halves[] = { "am", "a.m.", "a.m", "pm", "p.m.", "p.m", NULL };
  guint which;
  guint length = store_folded_text_match_any (text, at, halves, &which);

  if (length == 0 || *hour > 12)
    return 0;
  *hour = *hour % 12 + (which >= 3 ? 12 : 0);
  return length;
}

static guint
scan_clock (StoreEntityScan *scan,
            guint            at)
{
  const StoreFoldedText *text = scan->text;
  StoreTextNumber hour, minute = { 0 };
  guint end, half;
  int h;

  if (!store_folded_text_is_digit (text, at) || !store_text_number_scan (text, at, &hour) ||
      hour.end - at > 2 || hour.value > 24)
    return 0;
  end = hour.end;
  if (text->chars[end] == ':' && store_text_number_scan (text, end + 1, &minute) &&
      minute.end == end + 3)
    end = minute.end;
  h = (int) hour.value;
  half = store_entity_scan_spaces (scan, end);
  half += match_half (text, half, &h);
  if (end == hour.end && (half == end || !g_ascii_isalpha ((char) text->chars[half - 1])) &&
      text->chars[half - 1] != '.')
    return 0;
  return take_time (scan, at, half > end && text->chars[half - 1] != ' ' ? half : end, h,
                    (int) minute.value);
}

/* What may follow 三点 for it to be a time and not three points of a list. */
static gboolean
is_time_ahead (const StoreFoldedText *text,
               guint                  at)
{
  static const char *const words[] = { "半", "钟", "整", "前", "后", "左右", "到", "之", "能", "见",
                                       "开", "来", "去", "方便", "可以", "我", "吧", "行", "在",
                                       "准时", NULL };

  return at >= text->n || text->classes[at] == STORE_FOLD_SEPARATOR ||
         store_folded_text_match_any (text, at, words, NULL) > 0;
}

static guint
match_minutes (const StoreFoldedText *text,
               guint                  at,
               int                   *minute)
{
  StoreTextNumber number;

  if (store_folded_text_match (text, at, "半") > 0)
    {
      *minute = 30;
      return 1;
    }
  if (store_folded_text_match (text, at, "一刻") > 0 || store_folded_text_match (text, at, "三刻") > 0)
    {
      *minute = text->chars[at] == 0x4e00 ? 15 : 45;
      return 2;
    }
  if (!store_text_number_scan (text, at, &number) || number.value >= 60)
    return store_folded_text_match (text, at, "钟");
  *minute = (int) number.value;
  return number.end - at + store_folded_text_match (text, number.end, "分");
}

static guint
scan_han_time (StoreEntityScan *scan,
               guint            at)
{
  const StoreFoldedText *text = scan->text;
  guint part = 0;
  guint part_length = store_folded_text_match_any (text, at, parts, &part);
  guint start = store_entity_scan_spaces (scan, at + part_length);
  StoreTextNumber number;
  int hour, minute = 0;
  guint end;

  if (!store_text_number_scan (text, start, &number) || number.value > 24 ||
      number.value < 0 || number.value != (int) number.value ||
      (store_folded_text_match (text, number.end, "点") == 0 &&
       store_folded_text_match (text, number.end, "时") == 0))
    return 0;
  end = number.end + 1;
  if (part_length == 0 && (text->chars[number.end] != 0x70b9 || !is_time_ahead (text, end)))
    return 0;
  end += match_minutes (text, end, &minute);
  hour = (int) number.value;
  if (part_length > 0 && hour < 12 &&
      ((part >= FIRST_AFTERNOON_PART && part <= LAST_AFTERNOON_PART) ||
       (part == NOON_PART && hour < 3)))
    hour += 12;
  else if (part_length == 0 && hour >= 1 && hour <= 6)
    hour += 12;
  return take_time (scan, at, end, hour, minute);
}

guint
store_entity_scan_time (StoreEntityScan *scan,
                        guint            at)
{
  guint end = scan_clock (scan, at);

  return end > 0 ? end : scan_han_time (scan, at);
}
