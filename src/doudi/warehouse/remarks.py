"""What a reader must know of a report's figures (说明): what is open, assumed or not recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from doudi.access.models import Administration
from doudi.entitlement.models import Determination
from doudi.kernel.money import yuan_grouped
from doudi.kernel.refusals import N_, Translate, filled, untranslated
from doudi.warehouse.assumptions import paid_as_assumed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doudi.warehouse.catalogue import Scope

_UNRECORDED = N_(
    "走访户数、走访重残重病人数、服务人次、楼栋长、十户长、照护签约、适老化改造、老年食堂、"
    "品牌项目、民生小实事在系统中还没有记录，本报告不列"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with places, filled in after it is translated; so are words among the values."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = untranslated) -> str:
        """The whole sentence, in the language of `translate`."""
        return filled(self.message, self.values, translate)


def remarks_on(scope: Scope) -> Iterator[Remark]:
    """The remarks on a scope's figures; the last one always says what is not recorded yet."""
    yield from _not_over(scope)
    yield from _not_determined(scope)
    yield from _assumed(scope)
    yield from _administered_by_assumption(scope)
    yield Remark(_UNRECORDED)


def is_determined(scope: Scope) -> bool:
    """Whether the last month of the period, which tells who is helped, has been worked out."""
    around = scope.area.path.rstrip("/").split("/")
    return Determination.objects.filter(
        Q(area__code__in=around) | Q(area__path__startswith=scope.area.path),
        whole=True,
        month=scope.period.last,
        known_at__lte=scope.known_at,
    ).exists()


def _not_over(scope: Scope) -> Iterator[Remark]:
    """The period goes on: more will be paid in it."""
    day = localdate(scope.known_at)
    if day <= scope.period.ends_on:
        yield Remark(
            N_("统计期到 {last} 才结束，支出只含 {day} 以前封存的批次"),
            {"last": scope.period.ends_on, "day": day},
        )


def _not_determined(scope: Scope) -> Iterator[Remark]:
    """The month that tells who is helped has not been worked out: a 0 is then no finding."""
    if not is_determined(scope):
        yield Remark(
            N_("{month} 尚未核定，以该月为准的人数和户数暂时为 0，不表示无人享受"),
            {"month": scope.period.last},
        )


def _assumed(scope: Scope) -> Iterator[Remark]:
    """Money was paid by numbers that are in no document."""
    for assumed in paid_as_assumed(scope):
        yield Remark(
            N_(
                "本期支出中 {amount} 元（{programmes}）按辖区 {jurisdiction} 的假定标准核定，"
                "不是文件规定；逐项见 doudi policy parameters --jurisdiction {jurisdiction}"
            ),
            {
                "amount": yuan_grouped(assumed.paid_fen),
                "programmes": assumed.programmes,
                "jurisdiction": assumed.jurisdiction,
            },
        )


def _administered_by_assumption(scope: Scope) -> Iterator[Remark]:
    """Nobody has confirmed which office administers some communities inside the area."""
    day = scope.period.ends_on
    count = Administration.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        area__path__startswith=scope.area.path,
        valid_from__lte=day,
        assumed=True,
    ).count()
    if count:
        yield Remark(N_("本区域有 {count} 个社区归谁管辖只是假定，社区数待核实"), {"count": count})
