"""Sealing (加密): personal values as ciphertext bound to their place, with a keyed blind index.

A sealed value is base64 text of `version | nonce | ciphertext | tag`. It opens only under the
purpose (which field) and the place (which row) it was sealed for, so that a ciphertext moved to
another row or field is found out. Two suites: AES-256-GCM with SHA-256, and the Chinese SM4-GCM
with SM3 (GB/T 32907, GB/T 32905). Keys are handed in; this module neither makes nor keeps them.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
MOST_KEYS = 255
"""A sealed value begins with its key's version, in one byte."""
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SM4_KEY_BYTES = 16


class Suite(StrEnum):
    """Which algorithms a key is for (密码套件)."""

    AES = "aes"
    SM = "sm"


class Unopened(Exception):  # noqa: N818 - says what happened to the value
    """A sealed value does not open: other key, other place, or changed since."""


@dataclass(frozen=True, slots=True)
class Key:
    """One master key, with the version that values sealed by it carry, and its suite."""

    version: int
    secret: bytes = field(repr=False)
    suite: Suite = Suite.AES

    def __post_init__(self) -> None:
        """Raise ValueError for a key of the wrong size or a version that has no byte."""
        if len(self.secret) != KEY_BYTES or not 1 <= self.version <= MOST_KEYS:
            raise ValueError("a key has 32 bytes and a version from 1 to 255")


@dataclass(frozen=True, slots=True)
class Keys:
    """The office's keys: the newest seals, every one opens."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        """Raise ValueError when there is no key, or two of one version."""
        versions = [key.version for key in self.keys]
        if not versions or len(set(versions)) != len(versions):
            raise ValueError("keys need at least one version, and each but once")

    @property
    def newest(self) -> Key:
        """The key that new values are sealed with."""
        return max(self.keys, key=lambda key: key.version)

    def of_version(self, version: int) -> Key:
        """The key of a version; raises Unopened when the office has it no longer."""
        for key in self.keys:
            if key.version == version:
                return key
        raise Unopened(f"no key of version {version}")


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column that holds sealed values, each bound to the `uid` of its row.

    A model names its own in `SEALED`; changing keys finds them there. `index` is the column of the
    blind index. Where that is unique, `next_index` is a second unique one under the newest key: a
    value can't be taken in twice while some rows are indexed by one key and some by another.
    """

    column: str
    purpose: str
    index: str
    next_index: str = ""


def seal(value: str, *, purpose: str, place: str, keys: Keys) -> str:
    """Seal a value for one field (`purpose`) of one row (`place`, its uid)."""
    key = keys.newest
    nonce = secrets.token_bytes(_NONCE_BYTES)
    bound = _bound_to(key.version, purpose, place)
    hidden = _encrypt(key, purpose, nonce, value.encode("utf-8"), bound)
    return base64.b64encode(bytes([key.version]) + nonce + hidden).decode("ascii")


def unseal(sealed: str, *, purpose: str, place: str, keys: Keys) -> str:
    """Open a sealed value; raises Unopened when it isn't of this field, row and office."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError:
        raise Unopened("not a sealed value") from None
    if len(raw) < 1 + _NONCE_BYTES + _TAG_BYTES:
        raise Unopened("not a sealed value")
    key = keys.of_version(raw[0])
    nonce, hidden = raw[1 : 1 + _NONCE_BYTES], raw[1 + _NONCE_BYTES :]
    bound = _bound_to(key.version, purpose, place)
    try:
        return _decrypt(key, purpose, nonce, hidden, bound).decode("utf-8")
    except InvalidTag:
        raise Unopened("sealed for another place, by another key, or changed since") from None


def seal_bytes(content: bytes, *, purpose: str, place: str, keys: Keys) -> bytes:
    """Seal a whole file for one purpose and one place: `version | nonce | ciphertext | tag`."""
    key = keys.newest
    nonce = secrets.token_bytes(_NONCE_BYTES)
    bound = _bound_to(key.version, purpose, place)
    return bytes([key.version]) + nonce + _encrypt(key, purpose, nonce, content, bound)


def unseal_bytes(sealed: bytes, *, purpose: str, place: str, keys: Keys) -> bytes:
    """Open a sealed file; raises Unopened when it isn't of this purpose, place and office."""
    if len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
        raise Unopened("not a sealed file")
    key = keys.of_version(sealed[0])
    nonce, hidden = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    bound = _bound_to(key.version, purpose, place)
    try:
        return _decrypt(key, purpose, nonce, hidden, bound)
    except InvalidTag:
        raise Unopened("sealed for another place, by another key, or changed since") from None


def blind_index(value: str, *, purpose: str, keys: Keys) -> str:
    """The keyed index (盲索引) of a normalised value: equal values give equal text.

    It begins with the version of the newest key; without the key nobody can try values out.
    """
    return _index(keys.newest, purpose, value)


def blind_indexes(value: str, *, purpose: str, keys: Keys) -> list[str]:
    """The index under every version of the key, for looking up while keys are being changed."""
    return [_index(key, purpose, value) for key in keys.keys]


def sealed_beginnings(version: int) -> list[str]:
    """With which two characters a value begins that was sealed by a key of this version.

    Six bits to a character: the second holds the version's last two and four of the nonce.
    """
    return [base64.b64encode(bytes([version, nonce << 4, 0]))[:2].decode() for nonce in range(16)]


def index_version(index: str) -> int:
    """The version of the key that a blind index was made with."""
    return int(index.partition(":")[0])


def check_value(key: Key) -> str:
    """What a database keeps to know its key again; says nothing about the key."""
    return _mac(key, "check", "doudi").hex()


def _index(key: Key, purpose: str, value: str) -> str:
    return f"{key.version}:{base64.b64encode(_mac(key, f'index/{purpose}', value)).decode('ascii')}"


def _mac(key: Key, purpose: str, value: str) -> bytes:
    mac = HMAC(_subkey(key, purpose), _digest(key.suite))
    mac.update(value.encode("utf-8"))
    return mac.finalize()


def _encrypt(key: Key, purpose: str, nonce: bytes, value: bytes, bound: bytes) -> bytes:
    """Ciphertext and tag."""
    if key.suite is Suite.AES:
        return _aes(key, purpose).encrypt(nonce, value, bound)
    cipher = Cipher(_sm4(key, purpose), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(bound)
    return cipher.update(value) + cipher.finalize() + cipher.tag


def _decrypt(key: Key, purpose: str, nonce: bytes, hidden: bytes, bound: bytes) -> bytes:
    """The value; raises InvalidTag."""
    if key.suite is Suite.AES:
        return _aes(key, purpose).decrypt(nonce, hidden, bound)
    mode = modes.GCM(nonce, hidden[-_TAG_BYTES:])
    cipher = Cipher(_sm4(key, purpose), mode).decryptor()
    cipher.authenticate_additional_data(bound)
    return cipher.update(hidden[:-_TAG_BYTES]) + cipher.finalize()


@lru_cache(maxsize=64)
def _aes(key: Key, purpose: str) -> AESGCM:
    return AESGCM(_subkey(key, f"seal/{purpose}"))


def _sm4(key: Key, purpose: str) -> algorithms.SM4:
    return algorithms.SM4(_subkey(key, f"seal/{purpose}")[:_SM4_KEY_BYTES])


@lru_cache(maxsize=64)
def _subkey(key: Key, purpose: str) -> bytes:
    """A key of its own for each purpose, by HKDF (RFC 5869)."""
    kdf = HKDF(
        algorithm=_digest(key.suite), length=KEY_BYTES, salt=None, info=f"doudi/{purpose}".encode()
    )
    return kdf.derive(key.secret)


def _digest(suite: Suite) -> HashAlgorithm:
    return SM3() if suite is Suite.SM else SHA256()


def _bound_to(version: int, purpose: str, place: str) -> bytes:
    """What the tag vouches for besides the value; lengths keep the parts apart."""
    parts = (str(version), purpose, place)
    return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)
