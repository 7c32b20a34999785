/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-phrases.h"

#include <string.h>

/* What people write and say, in the language of the customer; whoever speaks neither Chinese nor
 * German is written to in English. The phrases are the sample's data and are not translated. */
static const AppDemoPhrase phrases[] = {
  { APP_DEMO_OCCASION_FIRST_ORDER, "en", "mail", "out", "Thank you for your first order",
    "It left this morning. The brewing card is in the box; write back if anything is unclear." },
  { APP_DEMO_OCCASION_FIRST_ORDER, "en", "call", "in", "Asked how to pay",
    "First order by telephone, invoice by mail." },
  { APP_DEMO_OCCASION_FIRST_ORDER, "de", "mail", "out", "Danke für Ihre erste Bestellung",
    "Das Paket ist heute früh hinausgegangen. Die Zubereitungskarte liegt bei." },
  { APP_DEMO_OCCASION_FIRST_ORDER, "de", "call", "in", "Frage zur ersten Bestellung",
    "Zahlung auf Rechnung ist in Ordnung." },
  { APP_DEMO_OCCASION_FIRST_ORDER, "zh", "chat", "out", "感谢您的第一次订购",
    "茶叶今天上午已寄出，冲泡说明在盒子里，有问题随时联系我。" },
  { APP_DEMO_OCCASION_FIRST_ORDER, "zh", "call", "in", "首次下单，询问发票",
    "需要开具增值税发票，抬头稍后发来。" },

  { APP_DEMO_OCCASION_AFTER_ORDER, "en", "mail", "in", "Parcel has arrived",
    "All well packed. The oolong is lovely, thank you." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "en", "mail", "out", "New harvest is here",
    "The spring teas came in on Monday. I put a sample of Bai Mudan aside for you." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "en", "call", "out", "Asked whether the order was right",
    "Happy; wants a smaller pack next time." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "de", "mail", "in", "Paket ist angekommen",
    "Alles heil angekommen, vielen Dank. Der Oolong ist wunderbar." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "de", "mail", "out", "Die neue Ernte ist da",
    "Der Frühlingstee ist eingetroffen, eine Probe habe ich Ihnen zurückgelegt." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "de", "call", "out", "Nachgefragt, ob alles passt",
    "Zufrieden, beim nächsten Mal bitte kleinere Packung." },
  { APP_DEMO_OCCASION_AFTER_ORDER, "zh", "chat", "in", "茶已收到",
    "包装很好，铁观音很香，谢谢！" },
  { APP_DEMO_OCCASION_AFTER_ORDER, "zh", "chat", "out", "新茶到了",
    "明前龙井已到货，给您留了一份试饮装。" },
  { APP_DEMO_OCCASION_AFTER_ORDER, "zh", "call", "out", "回访：对订单是否满意",
    "满意，下次希望小包装。" },

  { APP_DEMO_OCCASION_COMPLAINT, "en", "mail", "in", "One cup was broken",
    "One of the four cups arrived in pieces. Could you send another?" },
  { APP_DEMO_OCCASION_COMPLAINT, "en", "call", "in", "Parcel is a week late",
    "Needed it for Saturday; promised to call the carrier." },
  { APP_DEMO_OCCASION_COMPLAINT, "de", "mail", "in", "Eine Schale ist zerbrochen",
    "Eine der vier Schalen kam in Scherben an. Schicken Sie bitte Ersatz?" },
  { APP_DEMO_OCCASION_COMPLAINT, "zh", "chat", "in", "收到时有一只杯子碎了",
    "四只杯子里碎了一只，麻烦补发。" },

  { APP_DEMO_OCCASION_BUSINESS, "en", "call", "out", "Quarterly call",
    "Sales of the house blend are up; will need more from next month." },
  { APP_DEMO_OCCASION_BUSINESS, "en", "mail", "in", "Price list for next season?",
    "Could you send the new price list, with the ceramics as well?" },
  { APP_DEMO_OCCASION_BUSINESS, "de", "call", "out", "Quartalsgespräch",
    "Die Hausmischung läuft gut, ab nächstem Monat mehr." },
  { APP_DEMO_OCCASION_BUSINESS, "de", "mail", "in", "Preisliste für die neue Saison?",
    "Bitte auch mit Keramik und Staffelpreisen." },
  { APP_DEMO_OCCASION_BUSINESS, "zh", "call", "out", "季度回访",
    "门店红茶卖得好，下个月要加量。" },
  { APP_DEMO_OCCASION_BUSINESS, "zh", "mail", "in", "新一季的价格表",
    "请发一份新价格表，包括茶具和批发价。" },

  { APP_DEMO_OCCASION_MEETING, "en", "meeting", "out", "Tasting on site",
    "Six teas, two people from the kitchen. They liked Keemun and the green blend." },
  { APP_DEMO_OCCASION_MEETING, "de", "meeting", "out", "Verkostung vor Ort",
    "Sechs Tees, zwei Leute aus der Küche. Keemun und die grüne Mischung kamen gut an." },
  { APP_DEMO_OCCASION_MEETING, "zh", "meeting", "out", "上门品鉴",
    "试了六款茶，对祁门红茶和绿茶拼配评价最好。" },

  { APP_DEMO_OCCASION_ENQUIRY, "en", "mail", "in", "Do you ship abroad?",
    "Answered with the table of postage. No order yet." },
  { APP_DEMO_OCCASION_ENQUIRY, "en", "call", "in", "Asked about the workshop",
    "Six guests, a Saturday in spring; wants to think about it." },
  { APP_DEMO_OCCASION_ENQUIRY, "de", "mail", "in", "Frage zum Workshop",
    "Für sechs Gäste, an einem Samstag. Angebot verschickt." },
  { APP_DEMO_OCCASION_ENQUIRY, "zh", "chat", "in", "咨询茶艺体验课",
    "六位客人，周末，想先了解价格。" },

  { APP_DEMO_OCCASION_NOTE, "en", "note", NULL, "Met at the market stall",
    "Tried three teas, took a card with them." },
  { APP_DEMO_OCCASION_NOTE, "en", "note", NULL, "Moving house in summer",
    "Ask for the new address." },
  { APP_DEMO_OCCASION_NOTE, "de", "note", NULL, "Am Marktstand getroffen",
    "Drei Sorten probiert, Karte mitgenommen." },
  { APP_DEMO_OCCASION_NOTE, "de", "note", NULL, "Zieht im Sommer um",
    "Nach der neuen Adresse fragen." },
  { APP_DEMO_OCCASION_NOTE, "zh", "note", NULL, "在茶博会上认识", "试了三款茶，留了名片。" },
  { APP_DEMO_OCCASION_NOTE, "zh", "note", NULL, "夏天要搬家", "到时问一下新地址。" },

  { APP_DEMO_OCCASION_TASK, "en", NULL, NULL, "Call back about the order", NULL },
  { APP_DEMO_OCCASION_TASK, "en", NULL, NULL, "Send samples", "Keemun, Sencha and the herbs." },
  { APP_DEMO_OCCASION_TASK, "en", NULL, NULL, "Send the price list", NULL },
  { APP_DEMO_OCCASION_TASK, "en", NULL, NULL, "Ask how the gift was received", NULL },
  { APP_DEMO_OCCASION_TASK, "de", NULL, NULL, "Wegen der Bestellung zurückrufen", NULL },
  { APP_DEMO_OCCASION_TASK, "de", NULL, NULL, "Proben schicken", "Keemun, Sencha, Kräuter." },
  { APP_DEMO_OCCASION_TASK, "de", NULL, NULL, "Angebot nachfassen", NULL },
  { APP_DEMO_OCCASION_TASK, "zh", NULL, NULL, "回电确认订单", NULL },
  { APP_DEMO_OCCASION_TASK, "zh", NULL, NULL, "寄送茶样", "祁门红茶、煎茶、花草茶。" },
  { APP_DEMO_OCCASION_TASK, "zh", NULL, NULL, "跟进报价", NULL },

  { APP_DEMO_OCCASION_DEAL, "en", NULL, NULL, "House tea for a year", NULL },
  { APP_DEMO_OCCASION_DEAL, "en", NULL, NULL, "Christmas presents for the staff", NULL },
  { APP_DEMO_OCCASION_DEAL, "en", NULL, NULL, "Tea-ware for the new rooms", NULL },
  { APP_DEMO_OCCASION_DEAL, "en", NULL, NULL, "Workshop for a team", NULL },
  { APP_DEMO_OCCASION_DEAL, "de", NULL, NULL, "Hausmischung, Jahresvertrag", NULL },
  { APP_DEMO_OCCASION_DEAL, "de", NULL, NULL, "Weihnachtspräsente", NULL },
  { APP_DEMO_OCCASION_DEAL, "de", NULL, NULL, "Geschirr für das Frühstück", NULL },
  { APP_DEMO_OCCASION_DEAL, "de", NULL, NULL, "Teeseminar für das Team", NULL },
  { APP_DEMO_OCCASION_DEAL, "zh", NULL, NULL, "中秋礼盒团购", NULL },
  { APP_DEMO_OCCASION_DEAL, "zh", NULL, NULL, "门店全年供茶", NULL },
  { APP_DEMO_OCCASION_DEAL, "zh", NULL, NULL, "酒店客房茶具", NULL },
  { APP_DEMO_OCCASION_DEAL, "zh", NULL, NULL, "企业茶艺沙龙", NULL },
};

const AppDemoPhrase *
app_demo_phrase_pick (AppDemoOccasion occasion,
                      const char     *language,
                      AppDemoRandom  *random)
{
  const AppDemoPhrase *found[G_N_ELEMENTS (phrases)];
  guint32 n_found = 0;

  if (!g_str_equal (language, "zh") && !g_str_equal (language, "de"))
    language = "en";

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      if (phrases[i].occasion == occasion && g_str_equal (phrases[i].language, language))
        found[n_found++] = &phrases[i];
    }
  return found[app_demo_random_below (random, n_found)];
}
