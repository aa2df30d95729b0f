"""Citations (法律依据): the law as a value, carried by every rule, deadline and refusal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A document (文件) and the place in it; the title stays in Chinese, as data."""

    document: str
    number: str = ""
    article: str = ""

    def __str__(self) -> str:
        """As a letter prints it: 《标题》（文号）第十二条."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.document}》{number}{self.article}"
