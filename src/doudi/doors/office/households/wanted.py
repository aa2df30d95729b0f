"""What a list of households is narrowed to and sorted by, as the query of an address says it.

What is not in our own lists is not heard, so that nothing of anybody's can stand in an address.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext

from doudi.kernel.refusals import N_
from doudi.kernel.vocabulary import Programme, Registration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doudi.access.models import Area

NO_BENEFIT = "none"
"""In place of a programme: households that get nothing."""
MEMBERS = {"old": N_("有 60 岁及以上成员"), "child": N_("有未成年人"), "disabled": N_("有残疾人")}
"""Households by who is among their members."""
SORTS = {"": N_("户编号"), "area": N_("社区"), "amount": N_("应发金额（高到低）")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to, and its order; each part is empty where it is not."""

    community: str = ""
    programme: str = ""
    registration: str = ""
    members: str = ""
    open: str = ""
    sort: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        """As the query of an address says; what is not in our lists is not heard."""
        programmes = {NO_BENEFIT, *(str(each) for each in Programme)}
        programme, registration = query.get("programme", ""), query.get("registration", "")
        community = query.get("community", "")
        members, sort = query.get("members", ""), query.get("sort", "")
        return cls(
            community=community if community.isascii() and community.isdigit() else "",
            programme=programme if programme in programmes else "",
            registration=registration if Registration.labelled(registration) else "",
            members=members if members in MEMBERS else "",
            open="1" if query.get("open") == "1" else "",
            sort=sort if sort in SORTS else "",
        )

    @classmethod
    def said(cls, text: str) -> Wanted:
        """As a text says that `query` made."""
        return cls.asked(QueryDict(text[:1000]))

    @property
    def query(self) -> str:
        """As it stands in an address, without what is empty."""
        query = QueryDict(mutable=True)
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                query[field.name] = value
        return str(query.urlencode())

    @property
    def is_all(self) -> bool:
        """Whether nothing is narrowed."""
        return not replace(self, sort="").query

    def chips(self, communities: Iterable[Area]) -> list[tuple[str, str, str]]:
        """Each narrowing: its field, what it says, and the query without it."""
        names = {area.code: area.name for area in communities}
        programme = Programme.labelled(self.programme)
        registration = Registration.labelled(self.registration)
        said = {
            "community": names.get(self.community, self.community),
            "programme": gettext(programme.label)
            if programme
            else gettext("没有待遇") * bool(self.programme),
            "registration": gettext(registration.label) if registration else "",
            "members": gettext(MEMBERS[self.members]) if self.members else "",
            "open": gettext("待定") if self.open else "",
        }
        return [
            (name, text, replace(self, **{name: ""}).query) for name, text in said.items() if text
        ]
