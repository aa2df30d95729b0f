"""The OpenFisca system of a jurisdiction: entities, facts, rules and dated parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from doudi.policy import children, dibao, disability, one_off, people, tekun
from doudi.policy.entities import ENTITIES, HOUSEHOLD, PERSON
from doudi.policy.facts import width
from doudi.policy.known import HOUSEHOLD_FACTS, PERSON_FACTS, Fact
from doudi.policy.rule import RULES, AmountColumn, TruthColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openfisca_core.variables import Variable

    from doudi.policy.values import Parameter

ROOMS = (people, dibao, tekun, children, disability, one_off)
"""Where the rules are written; importing them registers their rules."""


def build_system(parameters: Mapping[str, Parameter]) -> TaxBenefitSystem:
    """A fresh system with these parameters."""
    system = TaxBenefitSystem(list(ENTITIES))
    for fact in PERSON_FACTS:
        system.add_variable(_input(fact, PERSON))
    for fact in HOUSEHOLD_FACTS:
        system.add_variable(_input(fact, HOUSEHOLD))
    for rule in RULES.values():
        system.add_variable(rule.variable)
    system.parameters = ParameterNode("", data=_tree(parameters))
    return system


def _input(fact: Fact, entity: object) -> type[Variable]:
    """A fact as a variable without formula."""
    wide = width(fact).__name__ == "int64"
    return type(
        fact.name,
        (AmountColumn if wide else TruthColumn,),
        {
            "value_type": int,
            "entity": entity,
            "definition_period": DateUnit.MONTH,
            "default_value": fact.default,
            "label": f"{fact.title.zh} / {fact.title.en}",
        },
    )


def _tree(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Parameters as OpenFisca's tree, their papers kept as metadata."""
    tree: dict[str, Any] = {}
    for path, parameter in parameters.items():
        *above, leaf = path.split(".")
        node = tree
        for step in above:
            node = node.setdefault(step, {})
        node[leaf] = {
            "description": parameter.title.zh,
            "metadata": {"unit": parameter.unit},
            "values": {
                value.first.isoformat(): {
                    "value": list(value.value) if isinstance(value.value, tuple) else value.value,
                    "metadata": {
                        "reference": str(value.citation),
                        "confidence": value.confidence,
                        "status": str(value.status),
                    },
                }
                for value in parameter.values
            },
        }
    return tree
