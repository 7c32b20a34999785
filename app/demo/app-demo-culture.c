/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-culture.h"

/* The weights say how many of a hundred customers belong to each culture. Telephone numbers are
 * made from exchanges that are set aside for fiction or do not exist; all e-mail addresses lie in
 * the reserved domain "example". */

static const AppDemoName chinese_given[] = {
  { "伟", "wei" },        { "芳", "fang" },       { "娜", "na" },         { "敏", "min" },
  { "静", "jing" },       { "丽", "li" },         { "强", "qiang" },      { "磊", "lei" },
  { "洋", "yang" },       { "勇", "yong" },       { "军", "jun" },        { "杰", "jie" },
  { "娟", "juan" },       { "涛", "tao" },        { "明", "ming" },       { "霞", "xia" },
  { "秀英", "xiuying" },  { "桂兰", "guilan" },   { "建国", "jianguo" },  { "建华", "jianhua" },
  { "志强", "zhiqiang" }, { "文静", "wenjing" },  { "子涵", "zihan" },    { "欣怡", "xinyi" },
  { "梓轩", "zixuan" },   { "雨桐", "yutong" },   { "思源", "siyuan" },   { "嘉怡", "jiayi" },
  { "浩然", "haoran" },   { "宇航", "yuhang" },   { "诗涵", "shihan" },   { "梦琪", "mengqi" },
  { "雅婷", "yating" },   { "俊杰", "junjie" },   { "佳琪", "jiaqi" },    { "晨曦", "chenxi" },
  { "天宇", "tianyu" },   { "若曦", "ruoxi" },    { "海燕", "haiyan" },   { "晓梅", "xiaomei" },
  { "国栋", "guodong" },  { "丽华", "lihua" },    { "晓东", "xiaodong" }, { "红梅", "hongmei" },
  { "淑芬", "shufen" },   { "明哲", "mingzhe" },  { "云飞", "yunfei" },   { "清妍", "qingyan" },
  { NULL, NULL },
};

static const AppDemoName chinese_family[] = {
  { "王", "wang" },  { "李", "li" },    { "张", "zhang" }, { "刘", "liu" },    { "陈", "chen" },
  { "杨", "yang" },  { "黄", "huang" }, { "赵", "zhao" },  { "吴", "wu" },     { "周", "zhou" },
  { "徐", "xu" },    { "孙", "sun" },   { "马", "ma" },    { "朱", "zhu" },    { "胡", "hu" },
  { "郭", "guo" },   { "何", "he" },    { "林", "lin" },   { "高", "gao" },    { "罗", "luo" },
  { "郑", "zheng" }, { "梁", "liang" }, { "谢", "xie" },   { "宋", "song" },   { "唐", "tang" },
  { "许", "xu" },    { "韩", "han" },   { "邓", "deng" },  { "冯", "feng" },   { "曹", "cao" },
  { "彭", "peng" },  { "曾", "zeng" },  { "田", "tian" },  { "董", "dong" },   { "潘", "pan" },
  { "袁", "yuan" },  { "蔡", "cai" },   { "蒋", "jiang" }, { "叶", "ye" },     { "程", "cheng" },
  { "苏", "su" },    { "吕", "lyu" },   { "沈", "shen" },  { "欧阳", "ouyang" }, { "司徒", "situ" },
  { NULL, NULL },
};

static const AppDemoCity chinese_cities[] = {
  { "上海", "200040", "21 5550" }, { "北京", "100020", "10 5550" }, { "杭州", "310006", "571 5550" },
  { "苏州", "215006", "512 5550" }, { "广州", "510030", "20 5550" }, { "深圳", "518026", "755 5550" },
  { "成都", "610015", "28 5550" }, { "南京", "210005", "25 5550" }, { "厦门", "361001", "592 5550" },
  { "西安", "710002", "29 5550" }, { NULL, NULL, NULL },
};

static const char *const chinese_streets[] = {
  "南京西路%d号", "人民路%d号", "解放路%d号", "中山北路%d弄", "和平街%d号", "湖滨路%d号",
  "建设大道%d号", "文化巷%d号", NULL,
};

static const char *const chinese_companies[] = {
  "%s记茶馆", "%s家小馆", "%s氏餐饮管理有限公司", "清和茶舍·%s", "云栖酒店（%s）", "小满咖啡·%s",
  "%s氏文化传播有限公司", "拾光书店·%s", NULL,
};

static const AppDemoName english_given[] = {
  { "Olivia", "olivia" },   { "George", "george" },   { "Amelia", "amelia" },
  { "Harry", "harry" },     { "Isla", "isla" },       { "Noah", "noah" },
  { "Grace", "grace" },     { "Arthur", "arthur" },   { "Poppy", "poppy" },
  { "Theo", "theo" },       { "Evelyn", "evelyn" },   { "Samuel", "samuel" },
  { "Harriet", "harriet" }, { "Rhys", "rhys" },       { "Siobhán", "siobhan" },
  { "Callum", "callum" },   { "Priya", "priya" },     { "Daniel", "daniel" },
  { "Margaret", "margaret" }, { "Edward", "edward" }, { "Zoë", "zoe" },
  { "Nathan", "nathan" },   { "Imogen", "imogen" },   { "Victor", "victor" },
  { NULL, NULL },
};

static const AppDemoName english_family[] = {
  { "Smith", "smith" },       { "Taylor", "taylor" },     { "Evans", "evans" },
  { "Walker", "walker" },     { "Wright", "wright" },     { "Thompson", "thompson" },
  { "Hughes", "hughes" },     { "Green", "green" },       { "Bennett", "bennett" },
  { "Cook", "cook" },         { "Bailey", "bailey" },     { "O’Connor", "oconnor" },
  { "Patel", "patel" },       { "Fraser", "fraser" },     { "Hayes", "hayes" },
  { "Whitfield", "whitfield" }, { "Ashdown", "ashdown" }, { "Carter", "carter" },
  { "MacLeod", "macleod" },   { "Pritchard", "pritchard" }, { "Lowe", "lowe" },
  { "Marsh", "marsh" },       { NULL, NULL },
};

static const AppDemoCity english_cities[] = {
  { "London", "SW1A 1AA", "20 7946" }, { "Leeds", "LS1 1UR", "113 496" },
  { "Bristol", "BS1 4DJ", "117 496" }, { "Edinburgh", "EH1 1YZ", "131 496" },
  { "Manchester", "M2 5DB", "161 496" }, { "Cardiff", "CF10 3NP", "29 2018" },
  { NULL, NULL, NULL },
};

static const char *const english_streets[] = {
  "%d High Street", "%d Station Road", "%d Church Lane", "%d Mill Lane", "%d Victoria Terrace",
  "%d Orchard Close", NULL,
};

static const char *const english_companies[] = {
  "%s & Daughters", "The %s Tea Room", "%s Events Ltd", "%s House Hotel", "Café %s",
  "%s Bookshop", "%s & Co. Interiors", NULL,
};

static const AppDemoName german_given[] = {
  { "Lena", "lena" },     { "Jürgen", "juergen" }, { "Käthe", "kaethe" },
  { "Matthias", "matthias" },
  { "Anja", "anja" },     { "Björn", "bjoern" },   { "Sabine", "sabine" },  { "Lukas", "lukas" },
  { "Hannelore", "hannelore" }, { "Felix", "felix" }, { "Ulrike", "ulrike" },
  { "Günter", "guenter" },
  { "Mia", "mia" },       { "Stefan", "stefan" },  { "Jörg", "joerg" },     { "Clara", "clara" },
  { "Emre", "emre" },     { "Nadine", "nadine" },  { "Paul", "paul" },
  { "Friederike", "friederike" },
  { NULL, NULL },
};

static const AppDemoName german_family[] = {
  { "Müller", "mueller" },   { "Schneider", "schneider" }, { "Weiß", "weiss" },
  { "Schäfer", "schaefer" }, { "Köhler", "koehler" },      { "Hoffmann", "hoffmann" },
  { "Krüger", "krueger" },   { "Lehmann", "lehmann" },     { "Vogel", "vogel" },
  { "Großmann", "grossmann" }, { "Petersen", "petersen" }, { "Yılmaz", "yilmaz" },
  { "Böhm", "boehm" },       { "Winter", "winter" },       { "Jansen", "jansen" },
  { "von Stetten", "vonstetten" }, { "Engel", "engel" },   { "Kuhn", "kuhn" },
  { NULL, NULL },
};

static const AppDemoCity german_cities[] = {
  { "Hamburg", "20095", "40 66969" }, { "Berlin", "10115", "30 23125" },
  { "München", "80331", "89 99998" }, { "Köln", "50667", "221 4710" },
  { "Frankfurt am Main", "60311", "69 90009" }, { "Leipzig", "04109", "341 9999" },
  { NULL, NULL, NULL },
};

static const char *const german_streets[] = {
  "Hauptstraße %d", "Gartenweg %d", "Lindenallee %d", "Am Markt %d", "Schillerstraße %d",
  "Deichstraße %d", NULL,
};

static const char *const german_companies[] = {
  "Teehaus %s", "%s & Söhne GmbH", "Café %s", "Hotel %s", "Buchhandlung %s", "Feinkost %s",
  "Praxis Dr. %s", NULL,
};

static const AppDemoName french_given[] = {
  { "Camille", "camille" }, { "Hélène", "helene" }, { "Théo", "theo" },   { "Chloé", "chloe" },
  { "Jérôme", "jerome" },   { "Inès", "ines" },     { "Lucas", "lucas" }, { "Zoé", "zoe" },
  { "François", "francois" }, { "Manon", "manon" }, { "Amélie", "amelie" }, { "Karim", "karim" },
  { "Élodie", "elodie" },   { "Antoine", "antoine" }, { NULL, NULL },
};

static const AppDemoName french_family[] = {
  { "Martin", "martin" },   { "Lefèvre", "lefevre" }, { "Dubois", "dubois" },
  { "Garnier", "garnier" },
  { "Béranger", "beranger" }, { "Moreau", "moreau" }, { "Noël", "noel" },
  { "Gauthier", "gauthier" },
  { "Benali", "benali" },   { "Rousseau", "rousseau" }, { "D’Arc", "darc" },  { "Petit", "petit" },
  { NULL, NULL },
};

static const AppDemoCity french_cities[] = {
  { "Paris", "75003", "1 99 00" }, { "Lyon", "69002", "4 65 71" },
  { "Strasbourg", "67000", "3 53 01" }, { "Nantes", "44000", "2 61 91" }, { NULL, NULL, NULL },
};

static const char *const french_streets[] = {
  "%d rue de la République", "%d avenue des Tilleuls", "%d place du Marché", "%d quai de la Loire",
  NULL,
};

static const char *const french_companies[] = {
  "Salon de thé %s", "Librairie %s", "Hôtel %s", "%s et Fils SARL", "Épicerie %s", NULL,
};

static const AppDemoName nordic_given[] = {
  { "Åsa", "asa" },     { "Søren", "soren" }, { "Ingrid", "ingrid" }, { "Lars", "lars" },
  { "Freja", "freja" }, { "Øystein", "oystein" }, { "Maja", "maja" }, { "Nils", "nils" },
  { "Signe", "signe" }, { "Håkon", "hakon" }, { NULL, NULL },
};

static const AppDemoName nordic_family[] = {
  { "Lindström", "lindstrom" }, { "Jørgensen", "jorgensen" }, { "Sjöberg", "sjoberg" },
  { "Dahl", "dahl" },           { "Nygård", "nygard" },       { "Holm", "holm" },
  { "Åkesson", "akesson" },     { "Berg", "berg" },           { NULL, NULL },
};

static const AppDemoCity nordic_cities[] = {
  { "København", "1050", "5555" }, { "Aarhus", "8000", "5555" }, { "Odense", "5000", "5555" },
  { NULL, NULL, NULL },
};

static const char *const nordic_streets[] = {
  "Strandvejen %d", "Nørregade %d", "Kirkevej %d", NULL,
};

static const char *const nordic_companies[] = {
  "Café %s", "%s & Co. ApS", "Hotel %s", NULL,
};

static const AppDemoCulture cultures[] = {
  { "zh", "CN", "86", 40, TRUE, chinese_given, chinese_family, chinese_cities, chinese_streets,
    chinese_companies },
  { "de", "DE", "49", 24, FALSE, german_given, german_family, german_cities, german_streets,
    german_companies },
  { "en", "GB", "44", 20, FALSE, english_given, english_family, english_cities, english_streets,
    english_companies },
  { "fr", "FR", "33", 10, FALSE, french_given, french_family, french_cities, french_streets,
    french_companies },
  { "da", "DK", "45", 6, FALSE, nordic_given, nordic_family, nordic_cities, nordic_streets,
    nordic_companies },
};

const AppDemoCulture *
app_demo_culture_pick (AppDemoRandom *random)
{
  int left = app_demo_random_between (random, 0, 99);

  for (guint i = 0; i < G_N_ELEMENTS (cultures); i++)
    {
      left -= cultures[i].weight;
      if (left < 0)
        return &cultures[i];
    }
  g_assert_not_reached ();
}

static const AppDemoName *
pick_name (const AppDemoName *names,
           AppDemoRandom     *random)
{
  guint32 count = 0;

  while (names[count].written != NULL)
    count++;
  return &names[app_demo_random_below (random, count)];
}

const AppDemoName *
app_demo_culture_given (const AppDemoCulture *self,
                        AppDemoRandom        *random)
{
  return pick_name (self->given, random);
}

const AppDemoName *
app_demo_culture_family (const AppDemoCulture *self,
                         AppDemoRandom        *random)
{
  return pick_name (self->family, random);
}

const AppDemoCity *
app_demo_culture_city (const AppDemoCulture *self,
                       AppDemoRandom        *random)
{
  guint32 count = 0;

  while (self->cities[count].city != NULL)
    count++;
  return &self->cities[app_demo_random_below (random, count)];
}

/* A street with a number, as it is written there. */
char *
app_demo_culture_street (const AppDemoCulture *self,
                         AppDemoRandom        *random)
{
  const char *format;
  g_auto (GStrv) halves = NULL;

  format = self->streets[app_demo_random_below (random, g_strv_length ((char **) self->streets))];
  halves = g_strsplit (format, "%d", 2);
  return g_strdup_printf ("%s%d%s", halves[0], app_demo_random_between (random, 1, 180), halves[1]);
}
