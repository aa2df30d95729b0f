"""Days as a date field sends them."""

from __future__ import annotations

from datetime import date

from doudi.kernel.refusals import N_, Refusal


def day_sent(text: str) -> date | None:
    """The day that a form or an address names; None where it names none.

    Raises Refusal DATE-FMT for what is no date.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            "DATE-FMT", N_("“{text}”不是日期，请写成 2022-06-30 的样子"), text=text[:20]
        ) from None
