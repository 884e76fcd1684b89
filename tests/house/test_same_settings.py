"""What a page can set, a program and a command can, by the same name."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, get_args

from inbox.api.routes.house import MemberChange
from inbox.api.routes.me import MeWish, NoticesWish
from inbox.api.routes.rules import RuleWish
from inbox.api.routes.webhooks import WebhookWish
from inbox.cli import notices as notices_of_command
from inbox.cli import webhook
from inbox.desk.house_rules import RuleDraft
from inbox.desk.mailbox_settings import KEYS
from inbox.desk.notices import OF_PERSON, Wish
from inbox.desk.people import AGENT_KEYS
from inbox.desk.webhooks import WebhookDraft
from inbox.rules import schema, spelled
from inbox.web.forms import LinesForm, MeForm, NoticesForm, WishForm
from inbox.web.house_forms import MailboxSettingsForm, PersonForm
from inbox.web.rule_forms import RuleForm, WebhookForm


def _names(value: Any) -> set[str]:
    return {one.name for one in fields(value)}


def test_a_webhook_is_the_same_everywhere() -> None:
    draft = _names(WebhookDraft)
    assert draft == set(WebhookWish.model_fields)
    assert draft == set(WebhookForm.model_fields)
    assert draft == set(webhook._KEYS)


def test_a_rule_is_the_same_everywhere() -> None:
    assert _names(RuleDraft) == set(RuleWish.model_fields)
    document = set(schema.Rule.model_fields) - {"version"}
    assert document == _names(spelled.Spelled)
    assert {"name", "mailbox", *document} - set(RuleForm.model_fields) == {"conditions", "actions"}


def test_every_condition_and_action_has_its_line() -> None:
    assert _kinds(schema.Condition, "about") == set(spelled.ABOUT)
    lines = {one.partition("_")[0] for one in spelled.DO} - {"untag"}
    assert _kinds(schema.Action, "do") == lines


def test_a_page_has_each_setting_of_a_mailbox() -> None:
    assert set(KEYS) <= set(MailboxSettingsForm.model_fields)


def _kinds(union: Any, name: str) -> set[str]:
    kinds = get_args(get_args(union)[0])
    return {one for kind in kinds for one in get_args(kind.model_fields[name].annotation)}


def test_a_person_is_the_same_everywhere() -> None:
    words = set(re.findall(r"\w+", AGENT_KEYS))
    notices = _names(Wish) | OF_PERSON
    assert set(PersonForm.model_fields) == set(MemberChange.model_fields)
    assert set(MeForm.model_fields) | set(LinesForm.model_fields) == set(MeWish.model_fields)
    own = {*NoticesForm.model_fields, *WishForm.model_fields, *MeForm.model_fields}
    own = own - {"quiet_from", "quiet_to"} | {"quiet"}
    of_program = set(MeWish.model_fields) | set(NoticesWish.model_fields)
    assert own <= of_program
    assert notices <= set(NoticesWish.model_fields)
    assert set(PersonForm.model_fields) | set(MeWish.model_fields) | OF_PERSON <= words
    assert of_program - words <= notices == {*notices_of_command._KEYS, "notices", "mailbox"}
