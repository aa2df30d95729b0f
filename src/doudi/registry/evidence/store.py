"""Where papers lie (材料存放): one sealed file each in the office's folder, beside the database.

Its name is the paper's random uid, and it opens for that uid alone: a file that is renamed or
put in another's place does not open. Backups take the folder along. A changed key seals new files;
old ones stay under the key of their time, which is kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from doudi.access.keys import office_keys
from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.sealing import Unopened, seal_bytes, unseal_bytes

if TYPE_CHECKING:
    from uuid import UUID

_PURPOSE = "evidence.file"
_MINE_ALONE, _OURS_ALONE = 0o600, 0o700


def keep_paper(content: bytes, uid: UUID) -> None:
    """Seal a paper and lay it down, lastingly; it has its name only when it is whole."""
    path = _place_of(uid)
    path.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    sealed = seal_bytes(content, purpose=_PURPOSE, place=str(uid), keys=office_keys())
    draft = path.with_name(f".{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MINE_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def kept_paper(uid: UUID) -> bytes:
    """A paper as it was laid down; refuses EVD-GONE and SEAL-BROKEN."""
    try:
        sealed = _place_of(uid).read_bytes()
    except FileNotFoundError:
        raise Refusal("EVD-GONE", N_("材料的文件不在了，请从备份中找回")) from None
    try:
        return unseal_bytes(sealed, purpose=_PURPOSE, place=str(uid), keys=office_keys())
    except Unopened as error:
        raise Refusal("SEAL-BROKEN", N_("材料打不开：文件被改动过，或密钥不对")) from error


def throw_away(uid: UUID) -> None:
    """Take a paper away again whose record was not kept."""
    _place_of(uid).unlink(missing_ok=True)


def _place_of(uid: UUID) -> Path:
    """Its file: spread over folders by the first two digits."""
    return Path(settings.HOME) / "evidence" / uid.hex[:2] / uid.hex
