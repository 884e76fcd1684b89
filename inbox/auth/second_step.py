"""The second step: a code of six digits from an authenticator program (TOTP, RFC 6238).

Each code opens once, and none that is older than the last one used. The secret is sealed with the
organisation's key; recovery codes are kept as hashes alone, and each opens once.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import choice
from typing import Any, Final

from pyotp import TOTP, random_base32
from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from inbox.auth.sealed import open_bytes, seal_bytes
from inbox.auth.throttle import Counter
from inbox.errors import Invalid
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import RecoveryCode, SecondStep

CODES: Final = 10
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_LENGTH: Final = 16  # 79 bits
_GROUP: Final = 4
_SECONDS: Final = 30
_DIGITS: Final = 6
_DRIFT: Final = (0, -1, 1)  # clocks differ, and people type slowly (RFC 6238 §5.2)


async def begin(db: Writer, agent_id: int, *, secret: bytes, now: datetime) -> None:
    """A fresh secret, which is asked for only once it is confirmed. A confirmed one stays."""
    fresh = seal_bytes(secret, _purpose(agent_id), random_base32(32).encode())
    statement = insert(SecondStep).values(agent_id=agent_id, sealed=fresh, created_at=now)
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=["agent_id"],
            set_={"sealed": statement.excluded.sealed, "last_step": 0},
            where=SecondStep.confirmed_at.is_(None),
        )
    )


async def begun(db: Reader, agent_id: int, *, secret: bytes) -> str | None:
    """The secret that waits to be confirmed, in base32; None where none does."""
    row = await db.get(SecondStep, agent_id)
    return _opened(row, secret) if row is not None and row.confirmed_at is None else None


async def confirm(
    db: Writer, agent_id: int, code: str, *, secret: bytes, now: datetime
) -> list[str] | None:
    """From now on codes are asked for: the recovery codes, to be shown once; None: a wrong code."""
    row = await _locked(db, agent_id)
    if row is None or row.confirmed_at is not None or not _counts(row, code, secret, now):
        return None
    row.confirmed_at = now
    return await renew_codes(db, agent_id)


async def is_on(db: Reader | Writer, agent_id: int) -> bool:
    """Whether this person is asked for a code."""
    return bool(await db.scalar(select(asked_for(agent_id))))


def asked_for(agent_id: Any) -> Any:
    """The same as a condition within a query; `agent_id` may be a column."""
    return exists().where(SecondStep.agent_id == agent_id, SecondStep.confirmed_at.is_not(None))


async def passes(db: Writer, agent_id: int, code: str, *, secret: bytes, now: datetime) -> bool:
    """Whether a code opens: of the authenticator, or one for recovery. It opens nothing again."""
    row = await _locked(db, agent_id)
    if row is None or row.confirmed_at is None:
        return False
    return _counts(row, code, secret, now) or await _recovers(db, agent_id, code)


def wrong(code: str) -> Invalid:
    """Why a code was refused: of one for recovery, by its looks, not whether it ever was one."""
    digits = "".join(code.replace("-", "").split())
    if digits.isdigit() or not digits:
        return Invalid(Refusal.WRONG_CODE)
    return Invalid(Refusal.WRONG_RECOVERY_CODE)


async def switch_off(db: Writer, agent_id: int) -> None:
    """No code is asked for any more; secret and recovery codes are forgotten."""
    await db.execute(delete(SecondStep).where(SecondStep.agent_id == agent_id))
    await db.execute(delete(RecoveryCode).where(RecoveryCode.agent_id == agent_id))


async def renew_codes(db: Writer, agent_id: int) -> list[str]:
    """New recovery codes, to be shown once; those from before open nothing any more."""
    await db.execute(delete(RecoveryCode).where(RecoveryCode.agent_id == agent_id))
    codes = ["".join(choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(CODES)]
    rows = [{"agent_id": agent_id, "code_hash": _hashed(code)} for code in codes]
    await db.execute(insert(RecoveryCode), rows)
    return ["-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP)) for code in codes]


async def codes_left(db: Reader, agent_id: int) -> int:
    """How many recovery codes were not used yet."""
    counted = select(func.count()).where(RecoveryCode.agent_id == agent_id)
    return int(await db.scalar(counted) or 0)


def counter_of(agent_id: int, *, is_known: bool) -> Counter:
    """Where wrong codes of a person are counted: a day of guessing finds one in ten thousand."""
    kind = "second-device" if is_known else "second"
    return Counter(f"{kind}:{agent_id}", 5, longest=timedelta(minutes=15), window=timedelta(days=1))


def address_of(base32: str, account: str, issuer: str) -> str:
    """The otpauth:// address that a QR picture shows to the authenticator."""
    return TOTP(base32).provisioning_uri(name=account, issuer_name=issuer)


def _counts(row: SecondStep, code: str, secret: bytes, now: datetime) -> bool:
    digits = "".join(code.split())
    base32 = _opened(row, secret)
    if base32 is None or len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    at = int(now.timestamp()) // _SECONDS
    for step in (at + drift for drift in _DRIFT):
        # RFC 6238 §5.2: a code that was seen once is not accepted again.
        if step > row.last_step and hmac.compare_digest(TOTP(base32).generate_otp(step), digits):
            row.last_step = step
            return True
    return False


async def _recovers(db: Writer, agent_id: int, code: str) -> bool:
    plain = "".join(code.replace("-", "").split()).lower()
    gone = await db.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.agent_id == agent_id, RecoveryCode.code_hash == _hashed(plain))
        .returning(RecoveryCode.agent_id)
    )
    return gone.first() is not None


async def _locked(db: Writer, agent_id: int) -> SecondStep | None:
    return await db.scalar(
        select(SecondStep).where(SecondStep.agent_id == agent_id).with_for_update()
    )


def _opened(row: SecondStep, secret: bytes) -> str | None:
    plain = open_bytes(secret, _purpose(row.agent_id), row.sealed)
    return plain.decode() if plain else None


def _purpose(agent_id: int) -> str:
    return f"second step of {agent_id}"


def _hashed(code: str) -> bytes:
    return sha256(code.encode()).digest()
