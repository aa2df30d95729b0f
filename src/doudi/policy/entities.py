"""Whom rules are about: persons, and the households that they are members of."""

from __future__ import annotations

from openfisca_core.entities import build_entity

HOUSEHOLD = build_entity(
    key="household",
    plural="households",
    label="共同生活的家庭 / household",
    roles=[{"key": "member", "plural": "members", "label": "成员 / member"}],
)
PERSON = build_entity(key="person", plural="persons", label="个人 / person", is_person=True)
ENTITIES = (HOUSEHOLD, PERSON)
