"""The kinds of circumstance (情况种类), by the short name and the Chinese word of each."""

from __future__ import annotations

from dataclasses import dataclass

from doudi.kernel.refusals import N_
from doudi.registry import models
from doudi.registry.models import Circumstance


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of circumstance: its table, its short name, and what a clerk calls it."""

    model: type[Circumstance]
    name: str
    label: str

    @property
    def owner(self) -> str:
        """The column that says whose it is: of a household, or of a person."""
        return "person_id" if _is_of_a_person(self.model) else "household_id"

    @property
    def words(self) -> tuple[str, ...]:
        """The columns beside the owner within which one row is true on a day."""
        return tuple(column for column in self.model.KEY if column != self.owner)


def _is_of_a_person(model: type[Circumstance]) -> bool:
    return "person_id" in model.KEY


KINDS: tuple[Kind, ...] = (
    Kind(models.Residence, "residence", N_("居住与户籍性质")),
    Kind(models.Membership, "membership", N_("家庭成员")),
    Kind(models.Hukou, "hukou", N_("户籍地")),
    Kind(models.Death, "death", N_("死亡")),
    Kind(models.Phone, "phone", N_("联系电话")),
    Kind(models.Account, "account", N_("银行账户")),
    Kind(models.Income, "income", N_("收入")),
    Kind(models.Deduction, "deduction", N_("扣减")),
    Kind(models.Property, "property", N_("财产")),
    Kind(models.OtherBenefit, "other_benefit", N_("其他待遇")),
    Kind(models.Disability, "disability", N_("残疾证")),
    Kind(models.CareNeed, "care_need", N_("长期照护需要")),
    Kind(models.SelfCare, "self_care", N_("自理能力评估")),
    Kind(models.SeriousIllness, "serious_illness", N_("重特大疾病")),
    Kind(models.Schooling, "schooling", N_("在校情况")),
    Kind(models.Work, "work", N_("劳动能力与就业")),
    Kind(models.Absence, "absence", N_("不计入原因")),
    Kind(models.CarePlacement, "care_placement", N_("供养方式")),
    Kind(models.Support, "support", N_("义务人调查结论")),
    Kind(models.Supporter, "supporter", N_("赡养抚养扶养义务人")),
    Kind(models.Parent, "parent", N_("父母情况")),
    Kind(models.ChildChoice, "child_choice", N_("儿童保障选择")),
    Kind(models.Emergency, "emergency", N_("急难情形")),
)
"""Every kind, in the order in which a ledger is read."""

_BY_MODEL = {kind.model: kind for kind in KINDS}
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(model: type[Circumstance]) -> Kind:
    """The kind kept in a table."""
    return _BY_MODEL[model]


def kind_named(name: str) -> Kind:
    """The kind with a short name, such as `other_benefit`; raises KeyError."""
    return _BY_NAME[name]
