/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "shared-data.h"
#include "store-entities.h"

/* A Friday. */
#define TODAY "2026-11-20"

static char *
describe (const char *message)
{
  g_autoptr (StoreFoldedText) text = store_folded_text_new (message, -1);
  g_autoptr (GPtrArray) found = store_entities_find (text, day_of (TODAY));
  g_autofree char *written = g_utf8_make_valid (message, -1);
  GString *line = g_string_new (NULL);
  guint last = 0;

  for (guint i = 0; i < found->len; i++)
    {
      const StoreEntity *entity = g_ptr_array_index (found, i);
      g_autofree char *span = g_utf8_substring (written, entity->start, entity->end);

      g_assert_cmpuint (entity->start, >=, last);
      g_assert_cmpuint (entity->end, >, entity->start);
      last = entity->end;
      g_string_append_printf (line, "%s%s[%s]=%s", line->len > 0 ? " | " : "",
                              store_entity_kind_get_name (entity->kind), span, entity->value);
      if (entity->unit != NULL && entity->kind == STORE_ENTITY_QUANTITY)
        g_string_append_printf (line, " %s", entity->unit);
    }
  return g_string_free (line, FALSE);
}

static void
check (const char *const (*cases)[2],
       guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = describe (cases[i][0]);

      if (!g_str_equal (line, cases[i][1]))
        g_test_fail_printf ("%s: %s, expected %s", cases[i][0], line, cases[i][1]);
    }
}

static void
test_days_are_counted_from_the_day_of_the_message (void)
{
  static const char *const cases[][2] = {
    { "明天见", "date[明天]=2026-11-21" },
    { "大后天发货", "date[大后天]=2026-11-23" },
    { "下周三可以吗", "date[下周三]=2026-11-25" },
    { "下下周一", "date[下下周一]=2026-11-30" },
    { "上星期五", "date[上星期五]=2026-11-13" },
    { "周五", "date[周五]=2026-11-20" },
    { "周一", "date[周一]=2026-11-23" },
    { "这周末", "date[这周末]=2026-11-21/2026-11-22" },
    { "下周", "date[下周]=2026-11-23/2026-11-29" },
    { "下个月5号", "date[下个月5号]=2026-12-05" },
    { "上个月", "date[上个月]=2026-10-01/2026-10-31" },
    { "3月15日", "date[3月15日]=2027-03-15" },
    { "十二月二十号", "date[十二月二十号]=2026-12-20" },
    { "2026年3月15日", "date[2026年3月15日]=2026-03-15" },
    { "二〇二六年三月", "date[二〇二六年三月]=2026-03-01/2026-03-31" },
    { "2599年12月31日送", "date[2599年12月31日]=2599-12-31" },
    { "1600年2月", "date[1600年2月]=1600-02-01/1600-02-29" },
    { "March 5, 1750", "date[March 5, 1750]=1750-03-05" },
    { "公元1200年3月5日", "" },
    { "26年3月15日到", "date[26年3月15日]=2026-03-15" },
    { "用了10年3个月", "" },
    { "等了两个小时，还有3个工作日", "" },
    { "2月30日", "" },
    { "二月三十日", "" },
    { "25号", "date[25号]=2026-11-25" },
    { "5号", "date[5号]=2026-12-05" },
    { "三天后", "date[三天后]=2026-11-23" },
    { "两周内", "date[两周内]=2026-12-04" },
    { "半个月后", "date[半个月后]=2026-12-05" },
    { "三個月前", "date[三個月前]=2026-08-20" },
    { "明年", "date[明年]=2027-01-01/2027-12-31" },
    { "月底", "date[月底]=2026-11-21/2026-11-30" },
    { "tomorrow", "date[tomorrow]=2026-11-21" },
    { "next Friday", "date[next Friday]=2026-11-27" },
    { "on Monday", "date[Monday]=2026-11-23" },
    { "next month", "date[next month]=2026-12-01/2026-12-31" },
    { "March 5th, 2027", "date[March 5th, 2027]=2027-03-05" },
    { "5 March", "date[5 March]=2027-03-05" },
    { "until September", "date[September]=2027-09-01/2027-09-30" },
    { "in 3 days", "date[3 days]=2026-11-23" },
    { "two weeks ago", "date[two weeks ago]=2026-11-06" },
    { "2026-12-24", "date[2026-12-24]=2026-12-24" },
    { "24.12.2026", "date[24.12.2026]=2026-12-24" },
    { "you may march on", "" },
    { "地址是江南大道100号", "" },
    { "住在12号楼", "" },
    { "31 February", "" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_times_of_day (void)
{
  static const char *const cases[][2] = {
    { "下午三点", "time[下午三点]=15:00" },
    { "下午3点半", "time[下午3点半]=15:30" },
    { "五点前在家", "time[五点]=17:00" },
    { "晚上八点一刻", "time[晚上八点一刻]=20:15" },
    { "上午十点", "time[上午十点]=10:00" },
    { "三点建议", "" },
    { "15:30", "time[15:30]=15:30" },
    { "at 10am", "time[10am]=10:00" },
    { "3:15 pm", "time[3:15 pm]=15:15" },
    { "12 am", "time[12 am]=00:00" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_money_shares_and_discounts (void)
{
  static const char *const cases[][2] = {
    { "¥88", "amount[¥88]=88 CNY" },
    { "￥１２８．５", "amount[￥１２８．５]=128.5 CNY" },
    { "refund of $45", "amount[$45]=45 USD" },
    { "1,200.50 dollars", "amount[1,200.50 dollars]=1200.5 USD" },
    { "五百块", "amount[五百块]=500 CNY" },
    { "一百二十元", "amount[一百二十元]=120 CNY" },
    { "三块五", "amount[三块五]=3.5 CNY" },
    { "1.2万元", "amount[1.2万元]=12000 CNY" },
    { "EUR 12", "amount[EUR 12]=12 EUR" },
    { "京东才99，你们卖129", "amount[99]=99 | amount[129]=129" },
    { "定金500已付", "amount[500]=500" },
    { "便宜三成", "share[三成]=0.3" },
    { "打八折", "discount[八折]=0.8" },
    { "打85折", "discount[85折]=0.85" },
    { "八五折", "discount[八五折]=0.85" },
    { "涨了30%", "share[30%]=0.3" },
    { "百分之十二", "share[百分之十二]=0.12" },
    { "20% off", "discount[20% off]=0.8" },
    { "half price", "discount[half price]=0.5" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_quantities_and_what_is_none (void)
{
  static const char *const cases[][2] = {
    { "来两箱苹果", "quantity[两箱]=2 箱" },
    { "订 50 个礼盒", "quantity[50 个]=50 个" },
    { "一百二十件", "quantity[一百二十件]=120 件" },
    { "三千零五盒", "quantity[三千零五盒]=3005 盒" },
    { "一万两千台", "quantity[一万两千台]=12000 台" },
    { "十万件", "quantity[十万件]=100000 件" },
    { "两三盒", "quantity[两三盒]=2-3 盒" },
    { "半斤茶叶", "quantity[半斤]=0.5 斤" },
    { "再來３箱", "quantity[３箱]=3 箱" },
    { "3 more please", "quantity[3 more]=3 more" },
    { "200 units", "quantity[200 units]=200 units" },
    { "two dozen eggs", "quantity[two dozen]=24" },
    { "twenty five boxes", "quantity[twenty five boxes]=25 boxes" },
    { "two hundred and five boxes", "quantity[two hundred and five boxes]=205 boxes" },
    { "都三天了", "" },
    { "打了三次电话", "" },
    { "37码的靴子", "" },
    { "size 9", "" },
    { "65 inch screen", "" },
    { "5 stars", "" },
    { "开一张发票", "" },
    { "万一坏了", "" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_numbers_of_orders_and_telephones (void)
{
  static const char *const cases[][2] = {
    { "订单号 20240518003", "order[20240518003]=20240518003" },
    { "訂單號：ab-20240518", "order[ab-20240518]=AB-20240518" },
    { "Where is my order #88213?", "order[88213]=88213" },
    { "#88213", "order[88213]=88213" },
    { "order 5521", "order[5521]=5521" },
    { "订单50件", "quantity[50件]=50 件" },
    { "13800138000", "phone[13800138000]=+8613800138000" },
    { "１３８ ００１３ ８０００", "phone[１３８ ００１３ ８０００]=+8613800138000" },
    { "+44 7700 900123", "phone[+44 7700 900123]=+447700900123" },
    { "打 010-62345678", "phone[010-62345678]=01062345678" },
    { "call 555 123 4567", "phone[555 123 4567]=5551234567" },
    { "Zhang.Wei@example.com", "email[Zhang.Wei@example.com]=zhang.wei@example.com" },
    { "写信到bob@newfirm.example。", "email[bob@newfirm.example]=bob@newfirm.example" },
    { "@home", "" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_hostile_messages_have_bounded_spans (void)
{
  static const char *const pieces[] = {
    "", "\xff\xfe", "1", "一", "订单", "@", "a@", "明天\xe2\x80\x8b", "😀",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
    "\xef\xbc\x9a", "99999999999999999999999999", "……", "½", "\xe2\x80\xae",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (guint n = 1; n <= 20000; n *= 141)
      {
        g_autoptr (GString) message = g_string_new (NULL);

        for (guint k = 0; k < n / MAX (strlen (pieces[i]), 1) + 1; k++)
          g_string_append (message, pieces[i]);

        g_autofree char *line = describe (message->str);

        g_assert_true (g_utf8_validate (line, -1, NULL));
      }
}

/* describe() asserts that no two overlap: what one scanner took no other reaches into, and a
 * character that folds to several belongs to one. */
static void
test_neighbours_do_not_overlap (void)
{
  static const char *const messages[] = {
    "2½折", "½½箱", "明天½箱后", "订单号 20240518½件", "3½ 天后½块", "５½％½箱", "call 555 123 45½7 箱",
    "订单号 2024-11-20", "order 2026-03-15 10am", "a@b.com3箱", "5号店3月5号½", "100元½折20% off½",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    g_free (describe (messages[i]));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entities/days-are-counted-from-the-day-of-the-message",
                   test_days_are_counted_from_the_day_of_the_message);
  g_test_add_func ("/entities/times-of-day", test_times_of_day);
  g_test_add_func ("/entities/money-shares-and-discounts", test_money_shares_and_discounts);
  g_test_add_func ("/entities/quantities-and-what-is-none", test_quantities_and_what_is_none);
  g_test_add_func ("/entities/numbers-of-orders-and-telephones",
                   test_numbers_of_orders_and_telephones);
  g_test_add_func ("/entities/neighbours-do-not-overlap", test_neighbours_do_not_overlap);
  g_test_add_func ("/entities/hostile-messages-have-bounded-spans",
                   test_hostile_messages_have_bounded_spans);
  return g_test_run ();
}
