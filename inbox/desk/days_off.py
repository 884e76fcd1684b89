"""The holidays of a country, asked for in a process of its own.

The package that knows them takes 20 MB and is needed for a moment, once a day.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from typing import Final

from inbox.errors import Invalid
from inbox.refusals import Refusal

_YEARS: Final = 3  # from this one on: no deadline is farther away
_SECONDS: Final = 30
_UNKNOWN: Final = 3  # how it says that there is no such country, or no such region in it
_ASK: Final = """
import json, sys, holidays
country, region, first, years, language = sys.argv[1:]
known = holidays.list_supported_countries(include_aliases=True)
if country not in known or region and region not in known[country]:
    json.dump(sorted(known.get(country, ())), sys.stdout)
    sys.exit(3)
span = range(int(first), int(first) + int(years))
try:
    found = holidays.country_holidays(country, subdiv=region or None, years=span, language=language)
    json.dump({str(day): name for day, name in sorted(found.items())}, sys.stdout)
except NotImplementedError:
    json.dump([], sys.stdout)
    sys.exit(3)
"""


async def days_off(country: str, region: str, *, today: date, language: str) -> dict[str, str]:
    """Dates and names of the holidays of this year and the next two.

    Raises Invalid for a country or region that is not known.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", _ASK),
        *(country, region, str(today.year), str(_YEARS), language),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            out, fault = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == _UNKNOWN:
        regions = ", ".join(json.loads(out))
        if regions:
            raise Invalid(Refusal.NO_REGION, country=country, region=region, regions=regions)
        raise Invalid(Refusal.NO_COUNTRY, country=country)
    if process.returncode:
        raise RuntimeError(f"holidays of {country}: {fault.decode(errors='replace')[-500:]}")
    found: dict[str, str] = json.loads(out)
    return found
