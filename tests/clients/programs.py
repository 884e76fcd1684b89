"""Sixteen mail programs as they answer: above, below, or between the lines; in twelve languages.

Each has a file of its own that says what it does.
"""

from __future__ import annotations

from tests.clients import (
    apple_mail,
    blackberry,
    gmail,
    ios_mail,
    k9,
    mail_ru,
    outlook,
    outlook_mobile,
    outlook_new,
    outlook_web,
    proton,
    samsung,
    thunderbird,
    yahoo,
    yandex,
    zoho,
)
from tests.clients.program import Program

PROGRAMS: dict[str, Program] = {
    one.PROGRAM.name: one.PROGRAM
    for one in (
        outlook,
        outlook_new,
        outlook_web,
        outlook_mobile,
        gmail,
        apple_mail,
        ios_mail,
        thunderbird,
        samsung,
        k9,
        blackberry,
        yahoo,
        mail_ru,
        yandex,
        proton,
        zoho,
    )
}
