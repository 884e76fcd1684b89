"""What people read, and its translations: read once, they take longer than what looks at them."""

from __future__ import annotations

from functools import cache

from scripts import messages

catalogue = cache(messages.read)
of_the_source = cache(messages.extract)
