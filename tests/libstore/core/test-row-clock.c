/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-row-clock.h"

#include "store-packing.h"

static GByteArray *
pack_classes (guint   n_classes,
              guint64 groups)
{
  GByteArray *packed = g_byte_array_new ();

  store_pack_number (packed, 1);
  store_pack_number (packed, 0);
  for (guint i = 0; i < n_classes; i++)
    {
      store_pack_fixed (packed, i + 1);
      store_pack_number (packed, 1);
      store_pack_number (packed, groups);
    }
  return packed;
}

static void
test_group_given_twice_is_damage (void)
{
  g_autoptr (GByteArray) one = pack_classes (1, 6);
  g_autoptr (GByteArray) full = pack_classes (64, 6);
  StoreRowClock clock;

  g_assert_true (store_row_clock_unpack (&clock, one->data, one->len));
  g_assert_false (store_row_clock_unpack (&clock, full->data, full->len));
  store_row_clock_set (&clock, 8, 100, 1);
  g_assert_cmpuint (clock.n, <=, G_N_ELEMENTS (clock.classes));
}

static void
test_class_without_a_group_is_damage (void)
{
  g_autoptr (GByteArray) packed = pack_classes (64, 0);
  StoreRowClock clock;

  g_assert_false (store_row_clock_unpack (&clock, packed->data, packed->len));
  store_row_clock_set (&clock, 8, 100, 1);
  g_assert_cmpuint (clock.n, <=, G_N_ELEMENTS (clock.classes));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-clock/group-given-twice-is-damage", test_group_given_twice_is_damage);
  g_test_add_func ("/row-clock/class-without-a-group-is-damage",
                   test_class_without_a_group_is_damage);
  return g_test_run ();
}
