"""What time it is on the site: the real one, or a demonstration's that goes on from a moment."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

BEIJING = ZoneInfo("Asia/Shanghai")
_STARTED = time.monotonic()


def now() -> datetime:
    """The moment of a request, in Beijing.

    Where `settings.ASSUMED_MOMENT` is set (`doudi --at … serve`), time goes on from there.
    """
    assumed: datetime | None = settings.ASSUMED_MOMENT
    if assumed is None:
        return datetime.now(tz=BEIJING)
    return assumed + timedelta(seconds=time.monotonic() - _STARTED)
