"""What the palette offers: everything that can be gone to or done, in the reader's words. Pure.

What is done is done by a control that the page has anyway: a command names it, and is offered
where it is there. So the palette can do nothing that a page without it could not.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from inbox.auth.permissions import Permission, may
from inbox.model.lists import Folder
from inbox.model.viewer import Viewer
from inbox.store.tables import Mailbox
from inbox.web.views import Place, folder_names


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette; `words` find it besides its label."""

    label: str
    icon: str
    words: str = ""
    key: str = ""  # the single key that does the same
    url: str = ""
    press: str = ""  # which control of the page does it
    reach: str = ""  # which field of the page it leads to
    does: str = ""  # what the page's script does for it


@dataclass(frozen=True, slots=True)
class Group:
    """Commands of one kind."""

    name: str
    commands: list[Command]


# So called because `make messages` looks for texts in calls of this name.
def N_(message: str) -> str:
    """A text that is said in the reader's language later."""
    return message


def _control(path: str, *, removes: bool = False) -> str:
    """The button of the form that changes this of the open conversation, or takes it back."""
    removing = '[action*="_method=delete"]'
    return f'#facts form[action*="/{path}?"]{removing if removes else f":not({removing})"} button'


# There while words are being written.
_SENDING: Final = (
    '#composer:has(#text:not(:placeholder-shown)):has(.tab-reply :checked) .send-menu [value="{}"]'
)
_NEWEST_MAIL: Final = (
    '.message:not(:has(~ .message [data-key="f"])) [data-key="f"],'
    ' #timeline:not(:has([data-key="f"])) .message:not(:has(~ .message [data-forward]))'
    " [data-forward]"
)
# Of its neighbours one closes without what closing does of itself, and one answers a rating.
_WAKING: Final = (
    '#facts .actions form:not(#closure)[action*="/closure?"][action*="_method=delete"] button'
)
_DO: Final = (
    Command(N_("Answer"), "reply", key="r", does="reply"),
    Command(N_("Write a note"), "note", key="n", does="note"),
    Command(N_("Send and go to the next"), "down", press=_SENDING.format("next")),
    Command(N_("Send and close"), "closed", press=_SENDING.format("close")),
    Command(N_("Send and wait for the customer"), "waiting", press=_SENDING.format("wait")),
    Command(N_("Forward"), "forward", key="f", press=_NEWEST_MAIL),
    Command(N_("New conversation"), "write", key="c", press='#rail [data-key="c"]'),
    Command(N_("Assign to somebody"), "mine", key="a", does="assign"),
    Command(N_("Take the conversation"), "mine", press="#facts .actions button[name=agent]"),
    Command(N_("Follow"), "bell", press=_control("following")),
    Command(N_("Follow no more"), "bell", press=_control("following", removes=True)),
    Command(N_("Close the conversation"), "closed", key="e", press=_control("closure")),
    Command(N_("Reopen"), "open", key="e", press="#closure" + '[action*="_method=delete"] button'),
    Command(
        N_("Close, and tell the customer"), "closed", press='#facts button[name="tell"][value="on"]'
    ),
    Command(
        N_("Close without telling the customer"),
        "closed",
        press='#facts button[name="tell"][value="off"]',
    ),
    Command(N_("Back now"), "open", press=_WAKING),
    Command(N_("Put off until"), "snoozed", key="s", reach="#snooze-until"),
    Command(N_("Wait for the customer until"), "waiting", reach="#wait-until"),
    Command(N_("Promise an answer until"), "done", reach="#promise-until"),
    Command(N_("Add a tag"), "all", reach="#add-tags"),
    Command(N_("Priority"), "up", reach='#facts form[action*="/priority?"] button'),
    Command(N_("Category"), "all", reach="#category"),
    Command(N_("Move to another mailbox"), "mailbox", reach="#move-to"),
    Command(N_("Join to another conversation"), "all", reach="#merge-into"),
    Command(N_("This is spam"), "spam", press=_control("spam")),
    Command(N_("Not spam"), "open", press=_control("spam", removes=True)),
    Command(N_("Undo what was just done"), "back", key="u", press=".undo:not(.offer) button"),
    Command(N_("Everything that happened"), "all", reach=".everything > summary"),
    Command(N_("Print view"), "file", press='#facts a[href$="/print"]'),
)
_PAGES: Final = (
    (N_("Dispatch"), "unassigned", "/dispatch", Permission.READ),
    (N_("Statistics"), "all", "/statistics", Permission.STATISTICS),
    (N_("Workspaces"), "search", "/workspaces", Permission.READ),
)
_SETTINGS: Final = (
    (N_("My settings"), "mine", "/settings/me", Permission.OWN),
    (N_("Notices"), "mine", "/settings/notices", Permission.OWN),
    (N_("Signing in"), "mine", "/settings/access", Permission.OWN),
    (N_("Programs"), "mine", "/settings/programs", Permission.OWN),
    (N_("People"), "mine", "/house/people", Permission.HOUSE),
    (N_("Departments"), "mine", "/house/departments", Permission.HOUSE),
    (N_("Mailboxes"), "mailbox", "/house/mailboxes", Permission.HOUSE),
    (N_("Approved texts"), "template", "/house/texts", Permission.READ),
    (N_("Tags"), "all", "/house/tags", Permission.READ),
    (N_("Rules"), "all", "/house/rules", Permission.RULES),
    (N_("Webhooks"), "shared", "/house/webhooks", Permission.WEBHOOKS),
    (N_("Ways home"), "mailbox", "/channels", Permission.CHANNELS),
    (N_("Health"), "done", "/house/health", Permission.HOUSE),
)
# The second key after `g`; folders that came later have none.
_FOLDER_KEYS: Final = {
    "mine": "m",
    "unassigned": "u",
    "open": "o",
    "waiting": "w",
    "snoozed": "s",
    "closed": "c",
    "all": "a",
}


def groups(
    viewer: Viewer,
    mailboxes: Sequence[Mailbox],
    recent: Iterable[tuple[str, str, str]],
    texts: gettext.NullTranslations,
) -> list[Group]:
    """Everything, group by group; `recent` are address, subject and customer."""
    _ = texts.gettext
    found = [
        Group(_("This conversation"), [_said(one, texts) for one in _DO]),
        Group(_("Recently open"), [Command(*one) for one in _recent(recent)]),
        Group(_("Folders"), _folders(texts)),
        Group(_("Mailboxes"), _mailboxes(mailboxes)),
        Group(_("Pages"), _leading(_PAGES, "", viewer, texts)),
        Group(
            _("Settings and help"), [*_leading(_SETTINGS, "settings", viewer, texts), _keys(texts)]
        ),
    ]
    return [one for one in found if one.commands]


def _said(command: Command, texts: gettext.NullTranslations) -> Command:
    """In the reader's language, found by its English words as well."""
    return Command(
        label=texts.gettext(command.label),
        words=command.label,
        icon=command.icon,
        key=command.key,
        press=command.press,
        reach=command.reach,
        does=command.does,
    )


def _recent(recent: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str, str, str]]:
    return [(f"{subject} · {who}", "letter", "", "", url) for url, subject, who in recent]


def _folders(texts: gettext.NullTranslations) -> list[Command]:
    english = folder_names(gettext.NullTranslations())
    return [
        Command(
            label=name,
            icon=folder.value,
            words=f"{english[folder]} {folder.value}",
            key=f"g {key}" if (key := _FOLDER_KEYS.get(folder.value)) else "",
            url=Place(folder).url(),
        )
        for folder, name in folder_names(texts).items()
    ]


def _mailboxes(mailboxes: Sequence[Mailbox]) -> list[Command]:
    return [
        Command(one.name, "mailbox", words=one.address, url=Place(Folder.OPEN, one.id).url())
        for one in mailboxes
        if one.removed_at is None
    ]


def _leading(
    ways: Sequence[tuple[str, str, str, Permission]],
    words: str,
    viewer: Viewer,
    texts: gettext.NullTranslations,
) -> list[Command]:
    return [
        Command(texts.gettext(name), icon, words=f"{name} {words}".strip(), url=url)
        for name, icon, url, permission in ways
        if may(viewer, permission)
    ]


def _keys(texts: gettext.NullTranslations) -> Command:
    name = N_("Keyboard")
    return Command(texts.gettext(name), "keyboard", words=name, key="?", does="keys")
