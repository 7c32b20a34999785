/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A backup file, version 1:
 *
 *   8 bytes   "ClntBkp1"
 *   byte      seal: 0 none, 1 root key, 2 passphrase
 *   16 bytes  salt of the passphrase (zeros otherwise)
 *   24 bytes  header of the stream cipher (zeros where it is not sealed)
 *   chunks    fixed: size of what follows | a piece of at most 64 KiB, of one zstd frame that is
 *             the database file; sealed, a piece is encrypted and 17 bytes longer
 *   the last chunk is empty (sealed: it carries the final tag), so a file that was cut is found
 *
 * Sealing is libsodium's secretstream (XChaCha20-Poly1305); the 41 bytes at the head are
 * associated data of the first chunk. The key is BLAKE2b-256 (root key, "clientele backup 1"), or
 * Argon2id (passphrase, salt) with libsodium's moderate limits. Without a seal every chunk is
 * followed by 16 bytes of BLAKE2b-128 of all before it.
 */
#include "config.h"

#include "store-backup-file.h"

#include "store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define MAGIC "ClntBkp1"
#define MAGIC_SIZE 8
#define SALT_SIZE crypto_pwhash_SALTBYTES
#define HEADER_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define HEAD_SIZE (MAGIC_SIZE + 1 + SALT_SIZE + HEADER_SIZE)
#define PIECE_SIZE (64 * 1024)
#define SEALED_EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define SUM_SIZE 16
#define ZSTD_LEVEL 3

typedef struct
{
  FILE *file;
  guint8 head[HEAD_SIZE];
  StoreBackupSeal seal;
  crypto_secretstream_xchacha20poly1305_state cipher;
  crypto_generichash_state sum;
  gboolean first;
  gboolean ended;
} Stream;

static gboolean
fail_file (const char *path,
           GError    **error)
{
  int code = errno;

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (error, STORE_ERROR, STORE_ERROR_FULL,
                 _("There is no room for “%s”. Free some, or choose another place."), path);
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("“%s”: %s"), path, g_strerror (code));
  return FALSE;
}

static gboolean
fail_damaged (const char *path,
              GError    **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("“%s” is damaged, cut off, or sealed with another key."), path);
  return FALSE;
}

static gboolean
derive_key (const StoreBackupKey *key,
            const guint8         *salt,
            guint8                derived[crypto_secretstream_xchacha20poly1305_KEYBYTES],
            GError              **error)
{
  static const char domain[] = "clientele backup 1";

  if (key->seal == STORE_BACKUP_SEAL_ROOT)
    {
      crypto_generichash (derived, crypto_secretstream_xchacha20poly1305_KEYBYTES,
                          (const guint8 *) domain, strlen (domain), key->root, sizeof key->root);
      return TRUE;
    }
  if (crypto_pwhash (derived, crypto_secretstream_xchacha20poly1305_KEYBYTES, key->passphrase,
                     strlen (key->passphrase), salt, crypto_pwhash_OPSLIMIT_MODERATE,
                     crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_FAILED,
                       _("There is too little memory to work with the passphrase."));
  return FALSE;
}

static gboolean
begin_writing (Stream               *self,
               const char           *path,
               const StoreBackupKey *key,
               GError              **error)
{
  guint8 derived[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 *salt = self->head + MAGIC_SIZE + 1;

  self->first = TRUE;
  self->seal = key ? key->seal : STORE_BACKUP_SEAL_NONE;
  memcpy (self->head, MAGIC, MAGIC_SIZE);
  self->head[MAGIC_SIZE] = (guint8) self->seal;
  if (self->seal == STORE_BACKUP_SEAL_PASSPHRASE)
    randombytes_buf (salt, SALT_SIZE);
  if (self->seal != STORE_BACKUP_SEAL_NONE)
    {
      if (!derive_key (key, salt, derived, error))
        return FALSE;
      crypto_secretstream_xchacha20poly1305_init_push (&self->cipher, salt + SALT_SIZE, derived);
      sodium_memzero (derived, sizeof derived);
    }
  crypto_generichash_init (&self->sum, NULL, 0, SUM_SIZE);
  crypto_generichash_update (&self->sum, self->head, sizeof self->head);
  if (fwrite (self->head, 1, sizeof self->head, self->file) != sizeof self->head)
    return fail_file (path, error);
  return TRUE;
}

static gboolean
write_piece (Stream       *self,
             const char   *path,
             const guint8 *data,
             gsize         size,
             GError      **error)
{
  guint8 out[8 + PIECE_SIZE + SEALED_EXTRA + SUM_SIZE];
  unsigned long long length = size;
  guint64 big;

  if (self->seal != STORE_BACKUP_SEAL_NONE)
    {
      crypto_secretstream_xchacha20poly1305_push (
        &self->cipher, out + 8, &length, data, size, self->first ? self->head : NULL,
        self->first ? sizeof self->head : 0,
        size == 0 ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
      big = GUINT64_TO_BE (length);
    }
  else
    {
      crypto_generichash_state sum;

      memcpy (out + 8, data, size);
      crypto_generichash_update (&self->sum, data, size);
      sum = self->sum;
      crypto_generichash_final (&sum, out + 8 + size, SUM_SIZE);
      big = GUINT64_TO_BE ((guint64) size);
      length += SUM_SIZE;
    }
  memcpy (out, &big, sizeof big);
  self->first = FALSE;
  if (fwrite (out, 1, 8 + length, self->file) != 8 + length)
    return fail_file (path, error);
  return TRUE;
}

static gboolean
begin_reading (Stream               *self,
               const char           *path,
               const StoreBackupKey *key,
               GError              **error)
{
  guint8 derived[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  const guint8 *salt = self->head + MAGIC_SIZE + 1;

  self->first = TRUE;
  if (fread (self->head, 1, sizeof self->head, self->file) != sizeof self->head ||
      memcmp (self->head, MAGIC, MAGIC_SIZE) != 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED, _("“%s” is no Clientele backup."),
                   path);
      return FALSE;
    }
  self->seal = self->head[MAGIC_SIZE];
  if (self->seal != STORE_BACKUP_SEAL_NONE)
    {
      if (key == NULL || key->seal != self->seal)
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                       self->seal == STORE_BACKUP_SEAL_ROOT
                         ? _("“%s” is sealed under an account. Give its recovery key.")
                         : _("“%s” is sealed under a passphrase. Give it."),
                       path);
          return FALSE;
        }
      if (!derive_key (key, salt, derived, error))
        return FALSE;
      if (crypto_secretstream_xchacha20poly1305_init_pull (&self->cipher, salt + SALT_SIZE,
                                                           derived) != 0)
        return fail_damaged (path, error);
      sodium_memzero (derived, sizeof derived);
    }
  crypto_generichash_init (&self->sum, NULL, 0, SUM_SIZE);
  crypto_generichash_update (&self->sum, self->head, sizeof self->head);
  return TRUE;
}

static gboolean
read_piece (Stream     *self,
            const char *path,
            guint8      data[PIECE_SIZE],
            gsize      *size,
            GError    **error)
{
  guint8 in[PIECE_SIZE + SEALED_EXTRA + SUM_SIZE];
  unsigned long long length = 0;
  gsize extra = self->seal == STORE_BACKUP_SEAL_NONE ? SUM_SIZE : 0;
  guint64 big;
  guint8 tag = 0;

  if (fread (&big, 1, sizeof big, self->file) != sizeof big)
    return fail_damaged (path, error);
  big = GUINT64_FROM_BE (big);
  if (big > PIECE_SIZE + (extra ? 0 : SEALED_EXTRA) ||
      fread (in, 1, big + extra, self->file) != big + extra)
    return fail_damaged (path, error);

  if (self->seal != STORE_BACKUP_SEAL_NONE)
    {
      if (crypto_secretstream_xchacha20poly1305_pull (
            &self->cipher, data, &length, &tag, in, big, self->first ? self->head : NULL,
            self->first ? sizeof self->head : 0) != 0)
        return fail_damaged (path, error);
      if ((tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != (length == 0))
        return fail_damaged (path, error);
    }
  else
    {
      crypto_generichash_state sum;
      guint8 wanted[SUM_SIZE];

      crypto_generichash_update (&self->sum, in, big);
      sum = self->sum;
      crypto_generichash_final (&sum, wanted, sizeof wanted);
      if (sodium_memcmp (wanted, in + big, sizeof wanted) != 0)
        return fail_damaged (path, error);
      memcpy (data, in, big);
      length = big;
    }
  self->first = FALSE;
  self->ended = length == 0;
  *size = length;
  return TRUE;
}

static gboolean
is_stopped (GCancellable *cancellable,
            GError      **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return FALSE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped."));
  return TRUE;
}

static gboolean
compress_into (FILE         *from,
               const char   *from_path,
               Stream       *out,
               const char   *to,
               GCancellable *cancellable,
               GError      **error)
{
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  g_autofree guint8 *in = g_malloc (PIECE_SIZE);
  g_autofree guint8 *packed = g_malloc (PIECE_SIZE);
  gboolean last = FALSE;
  gboolean done = TRUE;

  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, ZSTD_LEVEL);
  ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
  while (!last && done)
    {
      ZSTD_inBuffer input = { in, fread (in, 1, PIECE_SIZE, from), 0 };
      size_t left = 1;

      if (ferror (from))
        done = fail_file (from_path, error);
      last = feof (from) != 0;
      while (done && (input.pos < input.size || (last && left != 0)))
        {
          ZSTD_outBuffer output = { packed, PIECE_SIZE, 0 };

          left = ZSTD_compressStream2 (context, &output, &input, last ? ZSTD_e_end : ZSTD_e_continue);
          if (ZSTD_isError (left))
            {
              errno = EIO;
              done = fail_file (to, error);
            }
          else if (output.pos > 0)
            {
              done = write_piece (out, to, packed, output.pos, error);
            }
        }
      done = done && !is_stopped (cancellable, error);
    }
  ZSTD_freeCCtx (context);
  return done && write_piece (out, to, in, 0, error);
}

static gboolean
expand_from (Stream       *in,
             const char   *from,
             FILE         *out,
             const char   *to,
             GCancellable *cancellable,
             GError      **error)
{
  ZSTD_DCtx *context = ZSTD_createDCtx ();
  g_autofree guint8 *packed = g_malloc (PIECE_SIZE);
  g_autofree guint8 *plain = g_malloc (PIECE_SIZE);
  gboolean done = TRUE;
  size_t left = 1;

  while (done && !in->ended)
    {
      ZSTD_inBuffer input = { packed, 0, 0 };

      done = read_piece (in, from, packed, &input.size, error) && !is_stopped (cancellable, error);
      while (done && input.pos < input.size)
        {
          ZSTD_outBuffer output = { plain, PIECE_SIZE, 0 };

          left = ZSTD_decompressStream (context, &output, &input);
          if (ZSTD_isError (left))
            done = fail_damaged (from, error);
          else if (fwrite (plain, 1, output.pos, out) != output.pos)
            done = fail_file (to, error);
        }
    }
  ZSTD_freeDCtx (context);
  if (done && left != 0)
    done = fail_damaged (from, error);
  return done;
}

static gboolean
finish_file (FILE       *file,
             const char *path,
             GError    **error)
{
  gboolean done = fflush (file) == 0 && fsync (fileno (file)) == 0;

  if (!done)
    fail_file (path, error);
  if (fclose (file) != 0 && done)
    done = fail_file (path, error);
  if (!done)
    g_remove (path);
  return done;
}

static FILE *
make_file (const char *path,
           GError    **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fail_file (path, error);
      return NULL;
    }
  return fdopen (fd, "wb");
}

gboolean
store_backup_file_pack (const char           *from,
                        const char           *to,
                        const StoreBackupKey *key,
                        GCancellable         *cancellable,
                        GError              **error)
{
  FILE *source = g_fopen (from, "rbe");
  Stream out = { 0 };
  gboolean done;

  if (source == NULL)
    return fail_file (from, error);
  out.file = make_file (to, error);
  if (out.file == NULL)
    {
      fclose (source);
      return FALSE;
    }
  done = begin_writing (&out, to, key, error) &&
         compress_into (source, from, &out, to, cancellable, error);
  fclose (source);
  if (done)
    return finish_file (out.file, to, error);
  fclose (out.file);
  g_remove (to);
  return FALSE;
}

gboolean
store_backup_file_unpack (const char           *from,
                          const char           *to,
                          const StoreBackupKey *key,
                          GCancellable         *cancellable,
                          GError              **error)
{
  Stream in = { .file = g_fopen (from, "rbe") };
  FILE *target;
  gboolean done;

  if (in.file == NULL)
    return fail_file (from, error);
  if (!begin_reading (&in, from, key, error))
    {
      fclose (in.file);
      return FALSE;
    }
  target = make_file (to, error);
  done = target && expand_from (&in, from, target, to, cancellable, error);
  fclose (in.file);
  if (done)
    return finish_file (target, to, error);
  if (target)
    {
      fclose (target);
      g_remove (to);
    }
  return FALSE;
}

/**
 * store_backup_read_seal:
 * @file: a backup
 * @seal: (out): how it is sealed
 * @error: %STORE_ERROR_DAMAGED for a file that is none
 */
gboolean
store_backup_read_seal (const char      *file,
                        StoreBackupSeal *seal,
                        GError         **error)
{
  FILE *source = g_fopen (file, "rbe");
  guint8 head[HEAD_SIZE];
  gsize size;

  if (source == NULL)
    return fail_file (file, error);
  size = fread (head, 1, sizeof head, source);
  fclose (source);
  if (size != sizeof head || memcmp (head, MAGIC, MAGIC_SIZE) != 0 ||
      head[MAGIC_SIZE] > STORE_BACKUP_SEAL_PASSPHRASE)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED, _("“%s” is no Clientele backup."),
                   file);
      return FALSE;
    }
  *seal = head[MAGIC_SIZE];
  return TRUE;
}
