"""The small office whose officers sign in, with passwords that are quick to look at."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache

from tests.office.conftest import world

__all__ = ["world"]


class QuickArgon2(Argon2PasswordHasher):
    """Argon2id with hardly any work: these tests look at hundreds of passwords."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def _quick(settings: Any, db: None) -> None:  # noqa: ARG001 - the cache is a table
    """Begin with nothing tried, and hash quickly."""
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickArgon2"]
    cache.clear()
