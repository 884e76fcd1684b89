"""Rules as whoever asks may see and change them, on a page or by a program."""

from __future__ import annotations

from inbox.desk.house_rules import the_rule, the_version
from inbox.errors import Forbidden, NotFound
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import find_mailbox
from inbox.store.ruled import rules_of, versions_of
from inbox.store.tables import HouseRule, RuleVersion


async def seen_rules(db: Reader | Writer, viewer: Viewer) -> list[HouseRule]:
    """Those of the whole house, and of one's mailboxes; an administrator sees all."""
    return await rules_of(db, None if viewer.role == Role.ADMIN else viewer.mailboxes)


async def rule_of(
    db: Reader | Writer,
    viewer: Viewer,
    rule_id: int,
    *,
    change: bool = False,
    removed: bool = False,
) -> HouseRule:
    """A rule that one may see, or `change`. Raises NotFound, Forbidden."""
    rule = await the_rule(db, rule_id, removed=removed)
    is_admin = viewer.role == Role.ADMIN
    if rule.mailbox_id is not None and not is_admin and rule.mailbox_id not in viewer.mailboxes:
        raise NotFound(Refusal.NO_SUCH_RULE)
    if change and rule.mailbox_id is None and not is_admin:
        raise Forbidden(Refusal.FORBIDDEN)
    return rule


async def version_of(
    db: Reader | Writer, viewer: Viewer, rule_id: int, version: int
) -> RuleVersion:
    """A version of a rule that one may let it say again: where it was then counts as well.

    Raises NotFound, Forbidden.
    """
    rule = await rule_of(db, viewer, rule_id, change=True, removed=True)
    was = await the_version(db, rule.id, version)
    if viewer.role != Role.ADMIN and was.mailbox_id not in viewer.mailboxes:
        raise Forbidden(Refusal.FORBIDDEN)
    return was


async def must_rule(db: Reader | Writer, viewer: Viewer, mailbox: str) -> None:
    """Rules of one's own mailboxes; of others, or of all, as an administrator. Raises Forbidden."""
    if viewer.role == Role.ADMIN:
        return
    found = await find_mailbox(db, mailbox) if mailbox else None
    if found is None or found.id not in viewer.mailboxes:
        raise Forbidden(Refusal.FORBIDDEN)


async def seen_versions(db: Reader | Writer, viewer: Viewer, rule: HouseRule) -> list[RuleVersion]:
    """What a rule has been, the newest first, but for what it was where one has no say."""
    is_admin, own = viewer.role == Role.ADMIN, {rule.mailbox_id, *viewer.mailboxes}
    return [one for one in await versions_of(db, rule.id) if is_admin or one.mailbox_id in own]


def tried_in(rule_mailbox: int | None, viewer: Viewer) -> list[int]:
    """On whose mails a rule is tried by whoever asks: nobody counts what they may not see."""
    seen = viewer.mailboxes
    return sorted(seen if rule_mailbox is None else {rule_mailbox} & set(seen))
