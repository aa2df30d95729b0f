"""The language a command speaks: Chinese (中文), in which messages are written, or English."""

from __future__ import annotations

import gettext
import os
from contextvars import ContextVar
from pathlib import Path

LOCALE = Path(__file__).parents[2] / "locale"
"""The catalogues: `django` holds our messages, `click` those of the command-line library."""

LANGUAGES = {"zh": "zh_Hans", "en": "en"}
"""What may be asked for, and the folder of its catalogues."""

DEFAULT = "zh"

_spoken: ContextVar[str] = ContextVar("doudi_language", default=DEFAULT)


def speak(language: str) -> None:
    """Speak `language`, "zh" or "en", from here on; the library's own sentences too."""
    _spoken.set(language)
    # The library asks Python's gettext, which looks for its language in the environment.
    os.environ["LANGUAGE"] = LANGUAGES[language]
    gettext.bindtextdomain("click", str(LOCALE))
    gettext.textdomain("click")


def spoken() -> str:
    """The language spoken now: "zh" or "en"."""
    return _spoken.get()


def translate(message: str) -> str:
    """The message in the language spoken; in Chinese, as written, where no translation is known."""
    if not message or spoken() == DEFAULT:
        return message
    return gettext.translation("django", LOCALE, [LANGUAGES[spoken()]], fallback=True).gettext(
        message
    )
