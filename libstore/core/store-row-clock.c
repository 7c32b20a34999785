/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clock column of a row, version 1: number last, number contested, then for each class: fixed
 * stamp, number stream (local), number groups; packed as in store-packing.h. A row written once
 * takes about 15 bytes. The classes stand in the order of (stamp, stream), so that equal clocks
 * are equal bytes; each group stands in one class, so that there are never more than 64.
 */
#include "store-row-clock.h"

#include "store-packing.h"

gboolean
store_row_clock_unpack (StoreRowClock *self,
                        const guint8  *data,
                        gsize          length)
{
  StoreUnpacker in = store_unpacker (data, length);
  guint64 given = 0;

  self->last = 0;
  self->contested = 0;
  self->n = 0;
  if (length == 0)
    return TRUE;

  self->last = store_unpack_number (&in);
  self->contested = store_unpack_number (&in);
  while (!in.failed && store_unpack_left (&in) > 0)
    {
      if (self->n == G_N_ELEMENTS (self->classes))
        return FALSE;
      self->classes[self->n].stamp = store_unpack_fixed (&in);
      self->classes[self->n].stream = (guint32) store_unpack_number (&in);
      self->classes[self->n].groups = store_unpack_number (&in);
      if (self->classes[self->n].groups == 0 || (self->classes[self->n].groups & given))
        return FALSE;
      given |= self->classes[self->n].groups;
      self->n++;
    }
  return !in.failed;
}

gsize
store_row_clock_pack (const StoreRowClock *self,
                      guint8               data[STORE_ROW_CLOCK_MAX_SIZE])
{
  guint8 *at = data;

  at += store_pack_number_into (at, self->last);
  at += store_pack_number_into (at, self->contested);
  for (guint i = 0; i < self->n; i++)
    {
      guint64 stamp = GUINT64_TO_BE (self->classes[i].stamp);

      memcpy (at, &stamp, sizeof stamp);
      at += sizeof stamp;
      at += store_pack_number_into (at, self->classes[i].stream);
      at += store_pack_number_into (at, self->classes[i].groups);
    }
  return (gsize) (at - data);
}

/* Gives @groups to one write, taking them from whichever had them. */
void
store_row_clock_set (StoreRowClock *self,
                     guint64        groups,
                     guint64        stamp,
                     guint32        stream)
{
  guint kept = 0;
  guint at;

  if (groups == 0)
    return;

  for (guint i = 0; i < self->n; i++)
    {
      self->classes[i].groups &= ~groups;
      if (self->classes[i].groups != 0)
        self->classes[kept++] = self->classes[i];
    }
  self->n = kept;

  for (at = 0; at < self->n; at++)
    {
      if (self->classes[at].stamp == stamp && self->classes[at].stream == stream)
        {
          self->classes[at].groups |= groups;
          return;
        }
      if (self->classes[at].stamp > stamp ||
          (self->classes[at].stamp == stamp && self->classes[at].stream > stream))
        break;
    }
  memmove (&self->classes[at + 1], &self->classes[at],
           (self->n - at) * sizeof (StoreClockClass));
  self->classes[at] = (StoreClockClass){ stamp, stream, groups };
  self->n++;
}

/* Returns: (nullable): the winner's class of a group; %NULL where it was never written. */
const StoreClockClass *
store_row_clock_find (const StoreRowClock *self,
                      guint                group)
{
  for (guint i = 0; i < self->n; i++)
    if (self->classes[i].groups >> group & 1)
      return &self->classes[i];
  return NULL;
}
