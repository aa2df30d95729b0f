"""The envelope (封装) of a backup: a stream in AES-256-GCM pieces under a passphrase. Pure.

The key is scrypt of the passphrase with a salt made up for this file alone, so each piece can be
counted in its nonce. The nonce also says whether a piece is the last one, and every tag vouches for
the head of the file too: what is cut off, changed, moved, or put in from another backup does not
open. Nobody need hold more than one piece in memory.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from doudi.kernel.refusals import N_, Refusal

MAGIC = b"DOUDI-BACKUP-1\n"
PIECE = 1 << 20
"""Bytes of a piece in the clear; the last one may be shorter."""

_TAG = 16
_COUNTER = 11
_SALT = 32
_COST = {"n": 1 << 17, "r": 8, "p": 1}
"""What scrypt takes: 128 MiB and some tenths of a second for every passphrase that is tried."""
_DEAREST = {"n": 1 << 18, "r": 8, "p": 1}
"""A head that asks for more than this was not written by us."""
_LONGEST_HEAD = 1000


class EnvelopeWriter:
    """Encrypts what is written; without the last piece, which `finish` writes, nothing counts."""

    def __init__(self, file: IO[bytes], passphrase: bytes) -> None:
        """Write the head."""
        salt = secrets.token_bytes(_SALT)
        key, proof = _keys(passphrase, salt, _COST)
        words = {"salt": _text(salt), "proof": _text(proof), **_COST}
        head = json.dumps(words).encode("ascii")
        self._head = MAGIC + len(head).to_bytes(4, "big") + head
        self._file, self._cipher, self._count = file, AESGCM(key), 0
        self._kept = bytearray()
        file.write(self._head)

    def write(self, data: bytes) -> None:
        """Add to the stream."""
        self._kept += data
        while len(self._kept) > PIECE:  # one more is kept: the last piece must say that it is
            self._seal(bytes(self._kept[:PIECE]), is_last=False)
            del self._kept[:PIECE]

    def finish(self) -> None:
        """Write what is left as the last piece."""
        self._seal(bytes(self._kept), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._count, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, _bound(self._head)))
        self._count += 1


class EnvelopeReader:
    """Decrypts a backup; gives no byte whose piece has not been found to be genuine.

    Refuses BAK-FORM what is no backup, BAK-PASS another passphrase, BAK-CHANGED a file that was
    changed or cut off.
    """

    def __init__(self, file: IO[bytes], passphrase: bytes) -> None:
        """Read the head."""
        self._file, self._count = file, 0
        self._kept, self._is_over = bytearray(), False
        magic, length = file.read(len(MAGIC)), int.from_bytes(file.read(4), "big")
        if magic != MAGIC or not 0 < length <= _LONGEST_HEAD:
            raise no_backup()
        head = file.read(length)
        self._head = magic + length.to_bytes(4, "big") + head
        salt, proof, cost = _read_head(head)
        key, expected = _keys(passphrase, salt, cost)
        if not hmac.compare_digest(proof, expected):
            raise Refusal("BAK-PASS", N_("口令不对，或备份文件的开头被改动过；请核对口令文件"))
        self._cipher = AESGCM(key)
        self._ahead = file.read(PIECE + _TAG)

    def read(self, count: int) -> bytes:
        """The next `count` bytes, fewer only at the end."""
        while len(self._kept) < count and not self._is_over:
            self._kept += self._open()
        taken = bytes(self._kept[:count])
        del self._kept[:count]
        return taken

    def _open(self) -> bytes:
        """The next piece; what comes after the last can't be there without being found out."""
        sealed, self._ahead = self._ahead, self._file.read(PIECE + _TAG)
        self._is_over = not self._ahead
        nonce = _nonce(self._count, is_last=self._is_over)
        self._count += 1
        try:
            return self._cipher.decrypt(nonce, sealed, _bound(self._head))
        except (InvalidTag, ValueError):
            raise changed() from None


def no_backup() -> Refusal:
    """The refusal of a file that is none of ours."""
    return Refusal("BAK-FORM", N_("这不是兜底的备份文件，请核对文件名"))


def changed() -> Refusal:
    """The refusal of a backup that isn't whole."""
    return Refusal("BAK-CHANGED", N_("备份文件不完整或被改动过，不能使用；请改用另一份备份"))


def _read_head(head: bytes) -> tuple[bytes, bytes, dict[str, int]]:
    """Salt, proof of the key, and what scrypt takes."""
    try:
        words = json.loads(head)
        cost = {name: int(words[name]) for name in _COST}
        salt, proof = (base64.b64decode(words[name], validate=True) for name in ("salt", "proof"))
    except (ValueError, KeyError, TypeError):
        raise no_backup() from None
    if any(not 0 < cost[name] <= _DEAREST[name] for name in cost):
        raise no_backup()
    return salt, proof, cost


def _keys(passphrase: bytes, salt: bytes, cost: dict[str, int]) -> tuple[bytes, bytes]:
    """The key of the pieces, and what proves it without telling anything of it."""
    try:
        both = Scrypt(salt=salt, length=64, **cost).derive(passphrase)
    except (ValueError, MemoryError):  # a cost that is no power of two
        raise no_backup() from None
    return both[:32], both[32:]


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(_COUNTER, "big") + bytes([is_last])


def _bound(head: bytes) -> bytes:
    return hashlib.sha256(head).digest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
