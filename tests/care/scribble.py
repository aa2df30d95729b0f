"""An officer at work: takes colleagues on, one deed each, until the file named is there.

Prints how many once it has begun, and at the end.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doudi.settings")

import django

django.setup()

from doudi.access.actions import add_officer  # noqa: E402
from doudi.access.queries import officers  # noqa: E402

AT = datetime(2022, 6, 14, 1, tzinfo=UTC)


def main(stop: Path) -> None:
    """Write until told to stop."""
    guan = officers().get(username="guan")
    count = 0
    while not stop.exists():
        count += 1
        add_officer(username=f"more{count}", name="某某", actor=guan, at=AT)
        if count == 1:
            sys.stdout.write("1\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
