"""The figures that come out of the office's records, in the order of a half-year report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from doudi.kernel.refusals import N_, Refusal
from doudi.kernel.vocabulary import Programme, Registration
from doudi.warehouse.catalogue import communities, dues, lines
from doudi.warehouse.catalogue.indicator import Indicator, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from doudi.warehouse.catalogue.scope import Scope

    Rows = Callable[[Scope], QuerySet[Any]]

_DIBAO = (Programme.DIBAO, Programme.DIBAO_SINGLE)
_URBAN_DIBAO = partial(dues.in_force, programmes=_DIBAO, registration=Registration.URBAN)
_RURAL_DIBAO = partial(dues.in_force, programmes=_DIBAO, registration=Registration.RURAL)


def _helped(key: str, unit: Unit, title: str, definition: str, rows: Rows) -> Indicator:
    """A figure of those who are helped, behind which stand due rows."""
    return Indicator(key, title, definition, unit, rows, dues.describe)


def _money(key: str, title: str, definition: str, rows: Rows) -> Indicator:
    """A figure of money paid, behind which stand the lines of payrolls."""
    return Indicator(key, title, definition, Unit.FEN, rows, lines.describe)


def _persons_of(programme: Programme) -> Rows:
    """Whoever holds a programme in the last month of the period, each person once."""
    return lambda scope: dues.persons(dues.in_force(scope, (programme,)))


CATALOGUE: tuple[Indicator, ...] = (
    Indicator(
        "communities",
        N_("社区数"),
        N_("统计期最后一天由本区域管辖的社区和村"),
        Unit.COMMUNITIES,
        communities.administered,
        communities.describe,
    ),
    _helped(
        "dibao_urban_households",
        Unit.HOUSEHOLDS,
        N_("城市低保户数"),
        N_("统计期最后一个月应发低保金（含单人保）大于零、户籍性质为城镇的户，一户只计一次"),
        lambda scope: dues.households(_URBAN_DIBAO(scope)),
    ),
    _helped(
        "dibao_urban_persons",
        Unit.PERSONS,
        N_("城市低保人数"),
        N_("统计期最后一个月城市低保金（含单人保）按其核定的人数"),
        lambda scope: dues.members(_URBAN_DIBAO(scope)),
    ),
    _money(
        "dibao_urban_paid",
        N_("城市低保金支出"),
        N_("统计期内各月批次已封存、未被银行退回的城市低保金（含单人保），含补发，已减追缴"),
        partial(lines.paid_in_period, programmes=_DIBAO, registration=Registration.URBAN),
    ),
    _helped(
        "dibao_rural_households",
        Unit.HOUSEHOLDS,
        N_("农村低保户数"),
        N_("统计期最后一个月应发低保金（含单人保）大于零、户籍性质为农村的户，一户只计一次"),
        lambda scope: dues.households(_RURAL_DIBAO(scope)),
    ),
    _helped(
        "dibao_rural_persons",
        Unit.PERSONS,
        N_("农村低保人数"),
        N_("统计期最后一个月农村低保金（含单人保）按其核定的人数"),
        lambda scope: dues.members(_RURAL_DIBAO(scope)),
    ),
    _money(
        "dibao_rural_paid",
        N_("农村低保金支出"),
        N_("统计期内各月批次已封存、未被银行退回的农村低保金（含单人保），含补发，已减追缴"),
        partial(lines.paid_in_period, programmes=_DIBAO, registration=Registration.RURAL),
    ),
    _helped(
        "tekun_persons",
        Unit.PERSONS,
        N_("特困供养人数"),
        N_("统计期最后一个月应发特困供养金大于零的人"),
        _persons_of(Programme.TEKUN),
    ),
    _money(
        "tekun_paid",
        N_("特困供养金支出"),
        N_(
            "统计期内各月批次已封存、未被银行退回的特困供养金（基本生活和照料护理），含补发，已减追缴"
        ),
        partial(lines.paid_in_period, programmes=(Programme.TEKUN,)),
    ),
    _helped(
        "temporary_assistance_households",
        Unit.HOUSEHOLDS,
        N_("临时救助户数"),
        N_("统计期内各月有应发临时救助金的户，一户只计一次"),
        lambda scope: dues.households(dues.granted(scope, (Programme.TEMPORARY_ASSISTANCE,))),
    ),
    _money(
        "temporary_assistance_paid",
        N_("临时救助金支出"),
        N_("统计期内各月批次已封存、未被银行退回的临时救助金"),
        partial(lines.paid_in_period, programmes=(Programme.TEMPORARY_ASSISTANCE,)),
    ),
    _helped(
        "orphans",
        Unit.PERSONS,
        N_("孤儿人数"),
        N_("统计期最后一个月应发孤儿基本生活费大于零的人"),
        _persons_of(Programme.ORPHAN),
    ),
    _money(
        "orphans_paid",
        N_("孤儿基本生活费支出"),
        N_("统计期内各月批次已封存、未被银行退回的孤儿基本生活费，含补发，已减追缴"),
        partial(lines.paid_in_period, programmes=(Programme.ORPHAN,)),
    ),
    _helped(
        "disability_living_persons",
        Unit.PERSONS,
        N_("困难残疾人生活补贴人数"),
        N_("统计期最后一个月应发困难残疾人生活补贴大于零的人"),
        _persons_of(Programme.DISABILITY_LIVING),
    ),
    _helped(
        "disability_care_persons",
        Unit.PERSONS,
        N_("重度残疾人护理补贴人数"),
        N_("统计期最后一个月应发重度残疾人护理补贴大于零的人"),
        _persons_of(Programme.DISABILITY_CARE),
    ),
    _money(
        "disability_subsidies_paid",
        N_("残疾人两项补贴支出"),
        N_("统计期内各月批次已封存、未被银行退回的生活补贴与护理补贴之和，含补发，已减追缴"),
        partial(
            lines.paid_in_period,
            programmes=(Programme.DISABILITY_LIVING, Programme.DISABILITY_CARE),
        ),
    ),
    _helped(
        "funeral_subsidies",
        Unit.PERSONS,
        N_("惠民殡葬补助人数"),
        N_("统计期内各月有应发基本殡葬服务费补助的逝者"),
        lambda scope: dues.persons(dues.granted(scope, (Programme.FUNERAL,))),
    ),
)
"""Every figure for which there are records."""


def indicator(key: str) -> Indicator:
    """The indicator with this key; raises Refusal INDICATOR-UNKNOWN, which names all keys."""
    found = next((each for each in CATALOGUE if each.key == key), None)
    if found is None:
        raise Refusal(
            "INDICATOR-UNKNOWN",
            N_("没有指标“{key}”，可用的有：{keys}"),
            key=key,
            keys=", ".join(each.key for each in CATALOGUE),
        )
    return found
