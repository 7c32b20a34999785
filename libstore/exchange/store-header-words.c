/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What columns are called in the exports of address books, shops and spreadsheets, by field of the
 * catalog (and the few names that an import adds, such as "email"). A word is written as
 * store_header_words_fold() leaves it: folded, letters only. What comes first is the better word.
 */
#include "store-header-words.h"

#include <string.h>

#include "store-cell-text.h"

#define MAX_WORDS 48
#define EXACT 1000

typedef struct
{
  const char *field;
  const char *words[MAX_WORDS];
} FieldWords;

static const FieldWords table[] = {
  { "display_name",
    { "name", "fullname", "displayname", "姓名", "客户名称", "客户姓名", "客户", "联系人", "名称", "名字",
      "联系人姓名", "会员姓名", "收货人", "顾客", "氏名", "名前", "customername", "contactname",
      "clientname", "customer", "client", "contact", "kunde", "kundenname", "anzeigename", "nom",
      "nomcomplet", "nombre", "fileas" } },
  { "given_name",
    { "firstname", "givenname", "forename", "vorname", "prénom", "prenom", "名", "nombredepila" } },
  { "middle_name", { "middlename", "additionalname", "zweitername" } },
  { "family_name",
    { "lastname", "familyname", "surname", "nachname", "familienname", "nomdefamille", "姓", "姓氏",
      "apellido", "apellidos" } },
  { "name_prefix", { "nameprefix", "prefix", "salutation", "anrede", "称谓", "尊称", "title" } },
  { "name_suffix", { "namesuffix", "suffix", "generationsuffix" } },
  { "nickname", { "nickname", "spitzname", "昵称", "别名" } },
  { "sort_name", { "sortname", "排序名" } },
  { "kind", { "kind", "type", "类型", "客户类型", "art", "typ" } },
  { "lifecycle", { "lifecycle", "lifecyclestage", "客户阶段", "客户状态" } },
  { "source", { "source", "leadsource", "来源", "客户来源", "herkunft", "quelle" } },
  { "language", { "language", "sprache", "语言", "langue" } },
  { "birthday",
    { "birthday", "birthdate", "dateofbirth", "dob", "bday", "geburtstag", "geburtsdatum", "生日",
      "出生日期", "出生年月", "出生年月日", "誕生日", "生年月日", "datedenaissance" } },
  { "notes",
    { "notes", "note", "comment", "comments", "remark", "remarks", "memo", "bemerkung",
      "bemerkungen", "notiz", "notizen", "备注", "附注", "说明", "描述", "备考", "description",
      "remarques" } },
  { "external_id",
    { "customerid", "customernumber", "customerno", "clientid", "contactid", "客户编号", "客户号",
      "客户id", "会员号", "会员编号", "编号", "kundennummer", "kundennr", "kdnr", "externalid", "id",
      "custid", "accountnumber", "序列号" } },
  { "document.external_id", { "externalid" } },
  { "job_title", { "jobtitle", "position", "职位", "职务", "职称", "beruf", "organizationtitle" } },
  { "email",
    { "email", "emailaddress", "emailvalue", "mail", "emails", "邮箱", "电子邮箱", "电子邮件", "邮件",
      "邮箱地址", "电邮", "メール", "メールアドレス", "emailadresse", "courriel", "correo", "correoelectrónico",
      "primaryemail", "secondaryemail" } },
  { "phone",
    { "mobilephone", "mobile", "phone", "cellphone", "cell", "phonenumber", "phonevalue",
      "telephone", "tel", "手机", "手机号", "手机号码", "电话", "联系电话", "电话号码", "联系方式", "座机", "移动电话",
      "携帯", "電話", "電話番号", "telefon", "telefonnummer", "handy", "mobil", "mobiltelefon",
      "businessphone", "homephone", "workphone", "primaryphone", "téléphone", "mobilenumber",
      "teléfono", "contactnumber" } },
  { "wechat", { "wechat", "weixin", "微信", "微信号" } },
  { "web", { "website", "web", "webpage", "url", "homepage", "网址", "网站", "主页", "websitevalue" } },
  { "company",
    { "company", "companyname", "organization", "organisation", "organizationname",
      "organisationname", "employer", "firma", "unternehmen", "société", "empresa", "公司",
      "公司名称", "单位", "单位名称",
      "企业", "企业名称", "工作单位", "会社", "会社名", "account", "accountname" } },
  { "street",
    { "street", "streetaddress", "address", "addressline", "addressstreet", "strasse", "adresse",
      "anschrift", "rue", "地址", "街道", "详细地址", "通讯地址", "联系地址", "收货地址", "住所", "homestreet",
      "businessstreet", "homeaddress", "workaddress", "dirección" } },
  { "postcode",
    { "postcode", "postalcode", "zip", "zipcode", "plz", "postleitzahl", "邮编", "邮政编码", "codepostal",
      "addresspostalcode", "homepostalcode", "businesspostalcode" } },
  { "city",
    { "city", "town", "ort", "stadt", "ville", "城市", "市", "所在城市", "ciudad", "addresscity",
      "homecity", "businesscity" } },
  { "region",
    { "state", "region", "province", "county", "bundesland", "省", "省份", "stateprovince",
      "addressregion", "homestate", "businessstate" } },
  { "country",
    { "country", "land", "pays", "国家", "国家地区", "país", "countryregion", "addresscountry" } },
  { "tag",
    { "tags", "tag", "labels", "label", "标签", "分组", "分类", "类别", "客户类别", "category",
      "categories", "groups", "group", "groupmembership", "kategorie", "kategorien" } },
  { "party",
    { "customerid", "customeremail", "customer", "client", "clientid", "custid", "cust", "客户编号",
      "客户", "客户名称", "客户姓名", "会员号", "会员", "买家", "顾客", "kunde", "kundennummer", "buyer",
      "customername", "email", "party", "account" } },
  { "date",
    { "orderdate", "date", "invoicedate", "purchasedate", "transactiondate", "订单日期", "下单日期",
      "下单时间", "订单时间", "日期", "成交日期", "交易日期", "付款时间", "创建时间", "datum", "bestelldatum",
      "rechnungsdatum", "createdat", "time", "when" } },
  { "due", { "duedate", "due", "deadline", "截止日期", "到期日", "fällig", "fälligam" } },
  { "total",
    { "total", "ordertotal", "grandtotal", "totalamount", "amount", "totalprice", "订单金额", "总金额",
      "金额", "总额", "总价", "实付金额", "成交金额", "betrag", "gesamt", "gesamtbetrag", "summe", "montant",
      "value", "sum", "revenue", "sales", "importe" } },
  { "value", { "value", "amount", "dealvalue", "金额", "预计金额", "wert", "betrag" } },
  { "currency", { "currency", "currencycode", "币种", "货币", "währung", "waehrung", "devise" } },
  { "tax", { "tax", "taxamount", "vat", "税额", "税", "mwst", "steuer" } },
  { "number",
    { "ordernumber", "orderno", "orderid", "订单号", "订单编号", "单号", "invoiceno", "invoicenumber",
      "invoiceid", "invoice", "bestellnummer", "rechnungsnummer", "belegnummer", "transactionid",
      "number", "no", "nummer" } },
  { "title", { "title", "subject", "标题", "主题", "dealname", "任务", "task", "titel", "betreff" } },
  { "sku",
    { "sku", "articlenumber", "productcode", "productid", "stockcode", "artikelnummer", "商品编号",
      "货号", "产品编号", "ean" } },
  { "price", { "price", "unitprice", "单价", "价格", "售价", "preis", "prix" } },
  { "cost", { "cost", "成本", "进价", "einkaufspreis" } },
  { "unit", { "unit", "单位", "einheit" } },
  { "name",
    { "name", "productname", "名称", "品名", "商品名称", "产品名称", "artikel", "bezeichnung", "product" } },
  { "subject", { "subject", "主题", "betreff", "title" } },
  { "body", { "body", "text", "content", "message", "内容", "正文" } },
  { "start", { "start", "startdate", "starttime", "begin", "开始时间", "beginn", "date", "日期" } },
  { "end", { "end", "enddate", "endtime", "结束时间", "ende" } },
};

static const char *const totals[] = {
  "合计", "总计", "小计", "总和", "共计", "累计", "合計", "total", "totals", "grandtotal", "subtotal", "sum",
  "summe", "gesamt", "gesamtsumme", "zwischensumme", "totalgeneral", "итого",
};

static const FieldWords *
find_words (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].field, field))
      return &table[i];
  return strchr (field, '.') != NULL ? find_words (strchr (field, '.') + 1) : NULL;
}

/**
 * store_header_words_fold:
 * @header: the head of a column
 *
 * Leaves the letters, folded; numbers ("E-mail 2 - Value") and what stands in brackets ("金额(元)")
 * go.
 *
 * Returns: (transfer full): the word to compare. Any thread.
 */
char *
store_header_words_fold (const char *header)
{
  g_autofree char *plain = NULL;
  GString *folded;
  guint depth = 0;

  g_return_val_if_fail (header != NULL, NULL);

  plain = store_cell_text_plain (header);
  folded = g_string_new (NULL);
  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '(' || c == '[' || c == 0x3010)
        depth++;
      else if ((c == ')' || c == ']' || c == 0x3011) && depth > 0)
        depth--;
      else if (depth == 0 && (g_unichar_isalpha (c) || g_unichar_ismark (c)))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
is_telling (const char *word)
{
  return g_utf8_strlen (word, -1) >= ((guchar) word[0] >= 0xe0 ? 2 : 5);
}

/**
 * store_header_words_score:
 * @folded: a header's word
 * @field: the name of a field, with its kind before a point ("document.number") or without
 *
 * Returns: how well they fit, 0 for not at all; more than %STORE_HEADER_WORDS_PARTIAL where the
 * whole word is known. Any thread.
 */
guint
store_header_words_score (const char *folded,
                          const char *field)
{
  const FieldWords *words;
  guint partial = 0;

  g_return_val_if_fail (folded != NULL && field != NULL, 0);

  words = find_words (field);
  if (words == NULL || *folded == '\0')
    return 0;
  for (guint i = 0; i < MAX_WORDS && words->words[i] != NULL; i++)
    {
      if (g_str_equal (words->words[i], folded))
        return EXACT - i;
      if (partial == 0 && is_telling (words->words[i]) && strstr (folded, words->words[i]) != NULL)
        partial = STORE_HEADER_WORDS_PARTIAL - i;
    }
  return partial;
}

/**
 * store_header_words_is_known:
 * @folded: a header's word
 *
 * Returns: whether any field is called so. Any thread.
 */
gboolean
store_header_words_is_known (const char *folded)
{
  g_return_val_if_fail (folded != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (store_header_words_score (folded, table[i].field) > STORE_HEADER_WORDS_PARTIAL)
      return TRUE;
  return FALSE;
}

/**
 * store_header_words_is_total:
 * @cell: the first cell of a line that says something
 *
 * Returns: whether the line sums up others. Any thread.
 */
gboolean
store_header_words_is_total (const char *cell)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (cell != NULL, FALSE);

  if (strlen (cell) > 64)
    return FALSE;
  folded = store_header_words_fold (cell);
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    if (g_str_equal (totals[i], folded))
      return TRUE;
  return FALSE;
}
