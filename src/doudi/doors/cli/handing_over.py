"""Files that a command hands over: whole or not at all, and said so on stderr."""

from __future__ import annotations

from contextlib import suppress
from errno import EISDIR
from typing import TYPE_CHECKING

from doudi.doors.cli.context import progress
from doudi.kernel.refusals import N_

if TYPE_CHECKING:
    from pathlib import Path


def write_file(content: bytes, output: Path) -> None:
    """Write the whole file or nothing; raises OSError that names the file the user named."""
    if output.is_dir():
        raise IsADirectoryError(EISDIR, "", str(output))
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    except OSError as error:
        error.filename = str(output)  # the name that the user knows
        raise
    finally:
        with suppress(OSError):
            draft.unlink()
    progress(N_("已写入 {path}"), path=output)
