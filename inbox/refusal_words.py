"""What people are told when something is not done: one table, in every language that we speak.

A page, a mail and the API say the same about the same refusal.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from inbox.refusals import Refusal

_PLACE: Final = re.compile(r"%\\\((\w+)\\\)s")  # of a sentence whose signs are escaped


def in_words(refusal: Refusal, about: Mapping[str, object], texts: gettext.NullTranslations) -> str:
    """The sentence for it in the language of `texts`; `about` fills in what it names.

    Where nothing was entered, some cannot say what it was, and say what to enter instead.
    """
    named = (value for key, value in about.items() if key != "field")
    is_empty = refusal in OF_NOTHING and not any(str(value).strip() for value in named)
    return texts.gettext((OF_NOTHING if is_empty else SENTENCES)[refusal]) % about


def anew(said: str, texts: gettext.NullTranslations) -> str:
    """A sentence that was kept in English, in the language of `texts`; any other as it is."""
    found = [(one, pattern.fullmatch(said)) for one, pattern in _patterns().items()]
    meant = [(one, match.groupdict()) for one, match in found if match]
    if not meant:
        return said
    # Of two that fit, the one which says more by itself.
    sentence, about = min(meant, key=lambda one: sum(map(len, one[1].values())))
    return texts.gettext(sentence) % about


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    every = dict.fromkeys((*SENTENCES.values(), *OF_NOTHING.values()))
    return {one: re.compile(_PLACE.sub(r"(?P<\1>.*?)", re.escape(one)), re.DOTALL) for one in every}


def N_(message: str) -> str:
    """The text as it is: to be found by whoever collects what is translated."""
    return message


SENTENCES: Final[Mapping[Refusal, str]] = {
    Refusal.FAILED: N_("Something went wrong for a moment. Try again later."),
    Refusal.NOT_FOUND: N_("There is no such thing, or it is not yours to see."),
    Refusal.FORBIDDEN: N_("You may not do this."),
    Refusal.UNUSABLE: N_("This cannot be used as it is."),
    Refusal.CHANGED: N_("The conversation has changed meanwhile."),
    Refusal.UNAVAILABLE: N_("The service is not available just now."),
    Refusal.NO_ROOM: N_("There is no room left to keep it."),
    Refusal.ORIGINAL_GONE: N_("The original of this mail is gone."),
    Refusal.ORIGINAL_OUT_OF_REACH: N_("The place where originals are kept cannot be reached."),
    Refusal.NOT_SIGNED_IN: N_("Sign in first."),
    Refusal.SECOND_STEP_FIRST: N_("Set up a second step for signing in first."),
    Refusal.FIELD_EMPTY: N_("Something has to stand here."),
    Refusal.FIELD_TOO_LONG: N_("At most %(most)s characters can stand here."),
    Refusal.TOO_LARGE: N_("This is too large to be sent here."),
    Refusal.TOO_SLOW: N_("The request did not arrive in time."),
    Refusal.FOREIGN_PAGE: N_("This request did not come from a page of ours."),
    Refusal.NO_SUCH_PAGE: N_("This page of the list does not exist; start from the first."),
    Refusal.NOTHING_WRITTEN: N_("Write something first."),
    Refusal.TOO_LONG: N_("This is too long for a mail. Attach it as a file."),
    Refusal.FILES_TOO_LARGE: N_("The files are too large for a mail."),
    Refusal.MANY_UNSENT_FILES: N_(
        "Too many files of yours wait here unsent. Send or discard drafts that have files, or try"
        " again in an hour: what no draft holds makes room by then."
    ),
    Refusal.ATTACH_AGAIN: N_("This file was not kept. Attach it again."),
    Refusal.NO_SUBJECT: N_("Say in the subject what it is about."),
    Refusal.NOBODY_TO_ANSWER: N_("There is nobody to answer in this conversation."),
    Refusal.NO_ADDRESS: N_("There is no address to answer to."),
    Refusal.NO_SUCH_ANSWER: N_("There is no such answer."),
    Refusal.NOT_YOUR_ANSWER: N_("Only who wrote this answer can decide about it."),
    Refusal.HAS_LEFT: N_("The answer has left already."),
    Refusal.SENT_BEFORE: N_("This answer was sent before."),
    Refusal.NO_FILE: N_("Not sent: it speaks of a file, and there is none."),
    Refusal.REPEATED: N_("Not sent: this customer got the same text twice already."),
    Refusal.FOREIGN_SENDER: N_("You may not write from this address: %(address)s"),
    Refusal.COMES_BACK: N_("%(address)s is a mailbox: the copy would come back here."),
    Refusal.MANY_RECIPIENTS: N_("At most %(most)s people can have a hidden copy."),
    Refusal.NOT_PLANNED: N_("This answer does not wait for its time any more."),
    Refusal.WRITTEN_ELSEWHERE: N_("You have written on at another place since."),
    Refusal.NO_SUCH_DRAFT: N_("There is no such draft."),
    Refusal.MANY_DRAFTS: N_("You have %(most)s drafts. Send or discard some first."),
    Refusal.RELEASED_BEFORE: N_("This answer was let go already."),
    Refusal.DROPPED_BEFORE: N_("This answer was dropped already."),
    Refusal.ONLY_FOR_US: N_("Not sent: some of this is only for us."),
    Refusal.TOKEN_IN_FILE: N_(
        "Not sent: a file has an address in it with which others could speak for one of us."
    ),
    Refusal.NO_SUCH_CONVERSATION: N_(
        "There is no conversation with this number, or it is not yours to see."
    ),
    Refusal.MOVED_ON: N_(
        "Nothing was changed: something new came in since you looked. Read it first."
    ),
    Refusal.WENT_ELSEWHERE: N_("The conversation is part of another one now."),
    Refusal.NOWHERE: N_("There is no such mailbox to move it to."),
    Refusal.IS_SPAM: N_("This is spam; say first that it is none."),
    Refusal.UNCLEAR_TIME: N_(
        "It is not clear which time is meant. Write “3 days”, “monday 9:00” or “25.12.”."
    ),
    Refusal.PAST: N_("This time is past."),
    Refusal.FAR: N_("This time is too far away: at most a year."),
    Refusal.CLOSING_NEEDS: N_("It is still open. Before it is closed it needs %(needs)s."),
    Refusal.NO_CATEGORY: N_("There is no category “%(said)s” here. There are: %(names)s."),
    Refusal.NO_TAG: N_("A tag is a word or a few, of up to 40 letters."),
    Refusal.MANY_TAGS: N_("A conversation has at most %(most)s tags."),
    Refusal.NO_SUCH_MESSAGE: N_("There is no such message in this conversation."),
    Refusal.NOT_A_MEMBER: N_("This person does not take part in the mailbox."),
    Refusal.NOT_DRAWN_IN: N_("This person was not drawn into the conversation."),
    Refusal.MENTION_UNCLEAR: N_("%(said)s may mean %(names)s. Write more of the name."),
    Refusal.A_LIST: N_("%(address)s is an address of many people, and stays a colleague."),
    Refusal.LIST_OF_PROVIDER: N_(
        "%(address)s is at a provider where anybody can have an address: it cannot be a department."
    ),
    Refusal.TAKES_NO_PART: N_(
        "%(name)s is a colleague, who takes part in no mailbox: give them another role first."
    ),
    Refusal.LAST_ADMINISTRATOR: N_(
        "%(name)s is the only administrator: without one nobody could let anybody in."
    ),
    Refusal.ABOUT_ONESELF: N_("This is about yourself: another administrator has to do it."),
    Refusal.OWN_ADDRESS: N_("Mails to this person go to %(address)s: it has to stay."),
    Refusal.INVITED_BEFORE: N_("This invitation opens nothing any more. Ask for a new one."),
    Refusal.NO_SUCH_DEPARTMENT: N_("There is no department with the address %(address)s."),
    Refusal.NO_SPEAKER: N_("%(address)s does not speak for %(department)s."),
    Refusal.NO_SUCH_NEWCOMER: N_("Nobody with the address %(address)s waits to be confirmed."),
    Refusal.CONFIRM_FIRST: N_("An administrator has to say first who %(address)s is."),
    Refusal.NO_SUCH_CORRECTION: N_("There is no such correction."),
    Refusal.UNDONE_BEFORE: N_("This was undone already."),
    Refusal.NOTHING_ELSE: N_(
        "There is nothing else in this conversation, so there is nothing to take it out of."
    ),
    Refusal.NOBODY_OUTSIDE: N_("Nobody outside wrote this: there would be no customer."),
    Refusal.HERE_ALREADY: N_("It is in this conversation already."),
    Refusal.NO_SUCH_CUSTOMER: N_("There is no such customer, or they are not yours to see."),
    Refusal.NOBODY_WRITES_FROM: N_("No customer whom you know writes from %(address)s."),
    Refusal.SOMEBODY_ELSES: N_("Another customer writes from this address."),
    Refusal.ONE_OF_OURS: N_("This address is one of ours."),
    Refusal.NOT_LATER: N_(
        "This address is one of ours: it is drawn in at once, not at a later time."
    ),
    Refusal.ONLY_ADDRESS: N_("This is the only address of the customer."),
    Refusal.TAKEN_BACK_BEFORE: N_("This was taken back already."),
    Refusal.NO_PHONE_NUMBER: N_("This is not a phone number: %(number)s"),
    Refusal.NO_MAIL_ADDRESS: N_("This is not a mail address: %(address)s"),
    Refusal.NO_RECIPIENT: N_("Write in “To” to whom it goes: at least one mail address."),
    Refusal.OWN_PLUS: N_("%(address)s cannot be a mailbox: a + in an address is for our own use."),
    Refusal.IS_A_PERSON: N_(
        "%(address)s is a person's address: answers to them would come back here."
    ),
    Refusal.IS_A_MAILBOX: N_("%(address)s is a mailbox: notices to it would come back here."),
    Refusal.LEADS_ELSEWHERE: N_("%(address)s leads to another mailbox already."),
    Refusal.BELONGS_ELSEWHERE: N_("%(address)s belongs to somebody else already."),
    Refusal.NO_MEMBER: N_("%(address)s takes no part in the mailbox."),
    Refusal.NO_LOGO: N_("Take a picture in PNG or JPEG of at most 150 kB."),
    Refusal.NO_COUNTRY: N_("No holidays are known of a country “%(country)s”."),
    Refusal.NO_REGION: N_(
        "%(country)s has no region “%(region)s” with holidays of its own; it has %(regions)s."
    ),
    Refusal.OTHER_MAILBOX: N_("%(address)s is there already, with the name %(name)s."),
    Refusal.NO_SUCH_MAILBOX: N_("There is no mailbox %(address)s."),
    Refusal.NO_SUCH_RULE: N_("There is no such rule."),
    Refusal.RULE_NAME: N_("A rule needs a name of at most 80 characters."),
    Refusal.RULE_WRONG: N_("The rule cannot be kept like this: %(reason)s"),
    Refusal.RULE_NO_ACTION: N_("A rule has to do something: choose at least one action."),
    Refusal.RULE_NO_CONDITION: N_("There is no condition “%(said)s”. There are: %(names)s."),
    Refusal.RULE_NO_ACTION_CALLED: N_("There is no action “%(said)s”. There are: %(names)s."),
    Refusal.RULE_LINE_EMPTY: N_("“%(line)s”: write behind it what is meant."),
    Refusal.RULE_LINE_LONG: N_("“%(line)s”: at most %(most)s characters can stand behind it."),
    Refusal.RULE_LINE_MANY: N_("“%(line)s”: at most %(most)s can stand behind it."),
    Refusal.RULE_LINE_VALUE: N_("“%(line)s”: write one of these behind it: %(names)s."),
    Refusal.RULE_MANY_LINES: N_("A rule has at most %(most)s conditions, and as many actions."),
    Refusal.RULE_SPAN: N_("Write how long somebody waits like 90m, 4h or 2d, up to a year."),
    Refusal.RULE_HOURS: N_("Write the hours of a promise as a number from 1 to 1000."),
    Refusal.RULE_HOW_LONG: N_("A rule for while a customer waits needs the condition “%(line)s”."),
    Refusal.RULE_OF_MAIL: N_(
        "While a customer waits there is no mail to look at. Take these out: %(line)s."
    ),
    Refusal.RULE_NAMES: N_(
        "“%(line)s”: %(address)s is not known here. Put the address right in the rule, then switch"
        " it on."
    ),
    Refusal.MANY_RULES: N_("There are %(most)s rules already. Remove some first."),
    Refusal.NO_SUCH_SKILL: N_("Nobody has the skill %(skill)s."),
    Refusal.MANY_RULE_WORDS: N_(
        "All rules together may ask for %(most)s words. Take some out of this one, or of others."
    ),
    Refusal.NO_SUCH_WEBHOOK: N_("There is no such webhook."),
    Refusal.WEBHOOK_NAME: N_("A webhook needs a name of at most 60 characters."),
    Refusal.WEBHOOK_THERE: N_("There is a webhook called %(name)s already."),
    Refusal.WEBHOOK_URL: N_("Nothing can be sent to this address: %(reason)s"),
    Refusal.MANY_WEBHOOKS: N_("There are %(most)s webhooks already. Remove some first."),
    Refusal.NO_SUCH_EVENT: N_("Nothing that happens is called %(name)s."),
    Refusal.NOT_TOLD: N_("The customer cannot be told by mail: move it without telling them."),
    Refusal.OTHER_PERSON: N_("%(address)s is there already: %(name)s, %(role)s."),
    Refusal.NO_SUCH_PERSON: N_("There is nobody with the address %(address)s."),
    Refusal.NO_NAME: N_("A name is one line of up to 200 characters."),
    Refusal.NO_SUCH_VALUE: N_("This is not possible here."),
    Refusal.NO_WAY_OUT: N_("There is no way out for mail yet: set INBOX_RELAY_URL."),
    Refusal.SHORT_PASSWORD: N_("The password needs at least 10 characters."),
    Refusal.LONG_PASSWORD: N_("The password is too long."),
    Refusal.WRONG_PASSWORD: N_("This is not the password that you have now."),
    Refusal.SIGN_IN_ANEW: N_("Sign out and in again; then you have a quarter of an hour for this."),
    Refusal.OTHER_PASSWORD: N_("The new password was written in two different ways."),
    Refusal.TOO_OFTEN: N_("That was too often in so short a time. Wait a little, then try again."),
    Refusal.TOO_MANY_TRIES: N_("Too many tries. Wait a minute, then try again."),
    Refusal.QUIET_HOURS: N_("Quiet hours begin and end at two different times."),
    Refusal.HOURS: N_("Write days and times like mo-fr 9:00-17:00, sa 9-12."),
    Refusal.OWN_DAYS: N_("Write dates like 2026-12-24 9-12, 2026-12-31 closed."),
    Refusal.TARGETS: N_("Write times like 4h, 30m or 1h30m, up to 1000h; or none."),
    Refusal.A_CLOCK: N_("This is no time of the day: %(said)s"),
    Refusal.A_DAY: N_("This is no day that is to come: %(said)s"),
    Refusal.WRONG_CODE: N_("This code does not fit. Each counts once, for half a minute."),
    Refusal.WRONG_RECOVERY_CODE: N_(
        "This is none of your recovery codes, or was used already: each opens once."
    ),
    Refusal.PROGRAM_NAME: N_("A name is one line of up to 100 characters."),
    Refusal.PROGRAM_TAKEN: N_("There is one with the name %(name)s already. Remove it first."),
    Refusal.PROGRAM_MANY: N_("There are %(most)s already. Remove one first."),
    Refusal.NO_SUCH_PROGRAM: N_("There is none with the name %(name)s."),
    Refusal.NO_SUCH_WORKSPACE: N_("There is no such workspace, or it is not yours to see."),
    Refusal.WORKSPACE_NAME: N_("Give the workspace a name of up to %(most)s letters."),
    Refusal.WORKSPACE_EMPTY: N_("This search asks for nothing. Write a word or an operator first."),
    Refusal.WORKSPACE_MANY: N_("You have %(most)s workspaces. Remove one that you no longer need."),
    Refusal.TOO_MANY_MARKED: N_("At once it can be %(most)s conversations at most."),
    Refusal.NOTHING_MARKED: N_("Mark at least two conversations."),
    Refusal.PERIOD: N_(
        "Choose a first day and a last one that is no earlier, at most three years apart."
    ),
    Refusal.NOTHING_TO_GIVE: N_("Mark something first, then say who gets it."),
    Refusal.NO_SUCH_TEXT: N_("There is no such approved text, or it is not yours to see."),
    Refusal.TEXT_NAME: N_("The name of a text is one line of up to 60 characters."),
    Refusal.TEXT_LANGUAGE: N_("The language of a text is one of these: %(languages)s."),
    Refusal.TEXT_TOO_LONG: N_("An approved text has up to 20,000 characters."),
    Refusal.TEXT_UNREADABLE: N_("Line %(line)s: a placeholder cannot be read. Check its brackets."),
    Refusal.TEXT_UNKNOWN: N_(
        "Line %(line)s: nobody knows %(name)s. There are customer.name, agent.name, mailbox.name,"
        " mailbox.address, conversation.subject and words."
    ),
    Refusal.TEXT_NOT_ALLOWED: N_(
        "Line %(line)s: a text holds placeholders and if, else, or; nothing that calculates."
    ),
    Refusal.TEXT_WORDS_TWICE: N_("Line %(line)s: the words can stand in one place only."),
    Refusal.TEXT_UNFILLED: N_(
        "“%(text)s” cannot be sent: %(name)s is not known, and nothing stands in its place."
    ),
    Refusal.TEXT_FILE: N_("%(file)s: a file is called NAME.LANGUAGE.txt or NAME.LANGUAGE.md."),
    Refusal.TAKES_PART: N_("%(address)s takes part in the conversation already."),
    Refusal.NOTHING_TO_FORWARD: N_("There is no mail of a customer to pass on."),
    Refusal.NO_TOKEN: N_("Say who you are: Authorization: Bearer TOKEN"),
    Refusal.UNKNOWN_TOKEN: N_("This token is not known, or was revoked."),
    Refusal.WRONG_TOKENS: N_("Too many wrong tokens came from your address. Wait, then try again."),
    Refusal.LONG_KEY: N_("An Idempotency-Key has up to %(most)s letters."),
    Refusal.KEY_USED: N_("This Idempotency-Key was used for another request."),
}

OF_NOTHING: Final[Mapping[Refusal, str]] = {
    Refusal.NO_PHONE_NUMBER: N_("Write a phone number."),
    Refusal.NO_MAIL_ADDRESS: N_("Write a mail address, like name@company.example."),
    Refusal.A_CLOCK: N_("Write a time of the day, like 09:00."),
    Refusal.A_DAY: N_("Choose a day that is to come."),
}
