"""The operators of a question and their words, in the languages that we speak. Pure.

Any of the words does, whatever language somebody reads in; the first is the one that we tell people
and that the form writes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from inbox.orders.urgency import WORDS as URGENCIES
from inbox.orders.verbs import fold


class Operator(StrEnum):
    """What stands before a colon; the value is the English word for it."""

    FROM = "from"
    TO = "to"
    SUBJECT = "subject"
    FILE = "file"
    BY = "by"  # who of us wrote
    ASSIGNED = "assigned"
    IN = "in"  # a mailbox, or a state
    TAG = "tag"
    CUSTOMER = "customer"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    IS = "is"
    HAS = "has"


class State(StrEnum):
    """What a conversation can be."""

    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    SPAM = "spam"
    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"  # to anybody
    MINE = "mine"
    UNREAD = "unread"
    LATE = "late"  # promised until a time that is past
    HAPPY = "happy"  # the customer, with our help
    UNHAPPY = "unhappy"
    HELD = "held"  # set aside, with words that wait for a decision


class Part(StrEnum):
    """What a conversation can have."""

    FILE = "attachment"
    NOTE = "note"
    REPLY = "reply"
    TAG = "tag"
    DRAFT = "draft"  # of whoever asks
    PROMISE = "promise"  # of an answer until a time


OPERATORS: Final[dict[Operator, str]] = {
    Operator.FROM: "from sender von absender da mittente от отправитель 差出人 送信者",
    Operator.TO: "to cc recipient an empfänger a destinatario кому получатель 宛先",
    Operator.SUBJECT: "subject title betreff oggetto тема 件名",
    Operator.FILE: "file filename attachment datei dateiname anhang allegato файл вложение"
    " ファイル 添付",
    Operator.BY: "by author durch autor autore автор ответил 回答者 作成者",
    Operator.ASSIGNED: "assigned assignee assignedto owner has_it zugewiesen bearbeiter zuständig"
    " assegnata assegnato incaricato назначено исполнитель ответственный 担当 担当者",
    Operator.IN: "in mailbox department postfach abteilung casella reparto в ящик отдел"
    " 受信箱 部署",
    Operator.TAG: "tag tags label schlagwort etikett etichetta тег метка タグ",
    Operator.CUSTOMER: "customer client kunde kundin cliente клиент 顧客 お客様",
    Operator.BEFORE: "before until older vor bis prima до 以前",
    Operator.AFTER: "after since newer nach seit ab dopo dal с после 以降",
    Operator.ON: "on date am datum il data дата 日付",
    Operator.IS: "is status state ist stato è статус это 状態 priority priorität priorità приоритет"
    " 優先度",
    Operator.HAS: "has with hat mit ha con есть имеет あり",
}
STATES: Final[dict[State, str]] = {
    State.OPEN: "open todo offen offene aperta aperte aperto aperti открыта открытые открыто"
    " открытый 対応中 未対応",
    State.WAITING: "waiting wartet wartend wartende attesa inattesa ожидает ожидание ждет ждем"
    " 返信待ち 待ち",
    State.SNOOZED: "snoozed later zurückgestellt zurückgestellte rimandata rimandate отложено"
    " отложена отложенные 後回し",
    State.CLOSED: "closed done solved geschlossen geschlossene erledigt chiusa chiuse chiuso chiusi"
    " закрыта закрытые закрыто закрытый 完了",
    State.SPAM: "spam junk спам 迷惑メール スパム",
    State.UNASSIGNED: "unassigned nobodys free ohnezuständigen niemand frei unzugewiesen"
    " nonassegnate nonassegnata libera ничьи ничья свободные неназначенные 担当者なし 未割当",
    State.ASSIGNED: "assigned taken zugewiesen vergeben assegnata assegnate назначена назначены"
    " назначенные 担当者あり 割当済み",
    State.HELD: "held setaside zurückgehalten beiseite trattenuta trattenute daparte ждутрешения"
    " задержано 保留",
    State.MINE: "mine my me meine mein mie mia mio мои моя мое мой 自分の担当 自分",
    State.UNREAD: "unread new ungelesen neu nonletta nonlette nuova новые непрочитанные"
    " непрочитано 未読",
    State.HAPPY: "happy content satisfied zufrieden contento contenta soddisfatto soddisfatta"
    " доволен довольна довольны 満足",
    State.UNHAPPY: "unhappy dissatisfied unzufrieden scontento scontenta insoddisfatto"
    " insoddisfatta недоволен недовольна недовольны 不満",
    State.LATE: "late overdue due überfällig verspätet scaduta scadute inritardo просрочена"
    " просроченные просрочено 期限切れ",
}
PARTS: Final[dict[Part, str]] = {
    Part.FILE: "attachment attachments file files anhang anhänge datei dateien allegato allegati"
    " вложение вложения файл файлы 添付 添付ファイル ファイル",
    Part.NOTE: "note notes comment comments notiz notizen kommentar kommentare nota note commento"
    " commenti заметка заметки комментарий комментарии メモ コメント",
    Part.REPLY: "reply answer response antwort antworten risposta risposte ответ ответы 返信 回答",
    Part.TAG: "tag tags label schlagwort etichetta тег теги метка タグ",
    Part.DRAFT: "draft drafts entwurf entwürfe bozza bozze черновик черновики 下書き",
    Part.PROMISE: "promise promised versprechen zusage promessa обещание обещано 約束",
}
_URGENCY: Final = {
    fold(word): int(urgency)
    for urgency, languages in URGENCIES.items()
    for words in languages.values()
    for word in words.split()
    if word != "none"
}
_OPERATOR: Final = {fold(word): one for one, said in OPERATORS.items() for word in said.split()}
_STATE: Final = {fold(word): one for one, said in STATES.items() for word in said.split()}
_PART: Final = {fold(word): one for one, said in PARTS.items() for word in said.split()}
NAMES: Final = frozenset(_OPERATOR)


# Of each kind what can stand there, as it is compared.
STATE_WORDS: Final = frozenset(_STATE) | frozenset(_URGENCY)
PART_WORDS: Final = frozenset(_PART)


def operator_of(said: str) -> Operator | None:
    """The operator of this word, None for none."""
    return _OPERATOR.get(fold(said))


def state_of(said: str) -> State | None:
    """The state of this word, None for none."""
    return _STATE.get(fold(said))


def urgency_of(said: str) -> int | None:
    """The urgency of this word as a number, None for none."""
    return _URGENCY.get(fold(said))


def part_of(said: str) -> Part | None:
    """What a conversation has by this word, None for none."""
    return _PART.get(fold(said))
