"""Which program wrote a mail."""

from __future__ import annotations

import pytest

from inbox.mail.parse import parse
from inbox.mail.program import program_of


@pytest.mark.parametrize(
    ("header", "program"),
    [
        ("User-Agent: Mozilla Thunderbird", "Thunderbird"),
        ("User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Thunderbird/91.1", "Thunderbird"),
        ("X-Mailer: Apple Mail (2.3826.200.121)", "Apple Mail"),
        ("X-Mailer: iPhone Mail (21F90)", "Apple Mail (iOS)"),
        ("X-Mailer: Microsoft Outlook 16.0", "Outlook"),
        ("X-Mailer: Microsoft Outlook Express 6.00.2900", "Windows Mail"),
        ("User-Agent: Microsoft-MacOutlook/16.89", "Outlook for Mac"),
        ("X-Mailer: WebService/1.1.22501 YMailNovation YahooMailIosMobile", "Yahoo"),
        ("User-Agent: NeoMutt/20231103", "NeoMutt"),
        ("X-Mailer: The Bat! (v9.2) Professional", "The Bat!"),
        ("X-Mailer: PHPMailer 6.8.0 (https://mailer.example)", "PHPMailer"),
        ("User-Agent: Roundcube Webmail/1.6", "Roundcube"),
        ("Message-ID: <CAF=abc@mail.gmail.com>", "Gmail"),
        ("Message-ID: <AM9P190MB1@AM9P190MB1.EURP190.PROD.OUTLOOK.COM>", "Outlook (Exchange)"),
        ("Message-ID: <0102018@eu-west-1.amazonses.com>", "Amazon SES"),
        ("Thread-Index: AdkAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "Outlook (Exchange)"),
        ("Message-ID: <x@shop.example>", ""),
        ("User-Agent:  ", ""),
    ],
)
def test_the_name_without_the_version(header: str, program: str) -> None:
    mail = parse(f"{header}\r\nFrom: a@shop.example\r\n\r\nHello\r\n".encode())
    assert program_of(mail) == program


def test_a_long_name_is_cut() -> None:
    mail = parse(f"X-Mailer: {'x' * 500}\r\n\r\nHello\r\n".encode())
    assert len(program_of(mail)) == 60
