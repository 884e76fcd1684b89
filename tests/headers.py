"""Mails read and made by the standard library, which parses a header anew with every look at it."""

from __future__ import annotations

import email.policy
from email.headerregistry import HeaderRegistry
from functools import lru_cache
from typing import Any, Final


class _Remembering(HeaderRegistry):
    """Makes a class for each kind of header once, and parses the same header once."""

    @lru_cache(64)  # noqa: B019 - there is one, for ever
    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)

    @lru_cache(8192)  # noqa: B019 - as above
    def __call__(self, name: str, value: Any) -> Any:
        return self[name](name, value)


POLICY: Final = email.policy.default.clone(header_factory=_Remembering())
