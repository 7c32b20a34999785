/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

/* A store of many customers, half of them with Chinese names, each with a phone number and an
 * e-mail address. */
typedef struct
{
  char *folder;
  StoreDatabase *database;
  guint n;
  double raw_seconds;
  double raw_cpu_seconds;
} BenchCustomers;

/* Rows are written as plain SQL by the store's own connection, with tables, indexes and clock
 * column as they are, but with no log and no search: that is the raw time. */
void   bench_customers_make  (BenchCustomers *self,
                              guint           n);
void   bench_customers_free  (BenchCustomers *self);
guint  bench_customers_count (guint           usual);
char  *bench_customers_name  (guint           i);
char  *bench_customers_phone (guint           i);
char  *bench_customers_email (guint           i);
double bench_seconds         (void);
/* Of all threads; steadier than the clock on the wall where other programs run. */
double bench_cpu_seconds     (void);
