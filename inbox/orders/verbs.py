"""What one of us can ask for by mail, and the words for it in the languages that we speak."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from enum import StrEnum
from typing import Final


class Verb(StrEnum):
    """Everything that can be asked for; the value is the English word for it."""

    CLOSE = "close"
    REOPEN = "reopen"
    ASSIGN = "assign"  # with a name
    TAKE = "take"
    WAIT = "wait"  # for the customer; with a time, or for as long as it takes
    SNOOZE = "snooze"  # with a time
    MOVE = "move"  # with a mailbox
    TAG = "tag"  # with tags
    UNTAG = "untag"
    PRIORITY = "priority"  # with a word for it
    NOTE = "note"  # the words are for us alone
    SHOW = "show"  # what the customer gets, before it leaves
    STOP = "stop"  # takes an answer back that has not left
    SAME = "same"  # with the number or the address of a conversation, or as suggested
    SPLIT = "split"
    SPAM = "spam"
    NOT_SPAM = "notspam"
    TEMPLATE = "template"  # with its name; stands around the words
    ARTICLE = "article"  # likewise, of what we know
    FORWARD = "forward"  # with an address: the words go there, with the customer's mail
    FIND = "find"  # with what is looked for
    AWAY = "away"  # the writer is, until a day
    BACK = "back"
    NOTICES = "notices"  # with what is to be heard of the mailbox
    LEAVE = "leave"  # to hear no more of what the writer was drawn into
    HELP = "help"


class Takes(StrEnum):
    """Whether something stands behind a verb."""

    NOTHING = "nothing"
    MAY = "may"
    MUST = "must"


# What is not named takes nothing.
TAKES: Final[dict[Verb, Takes]] = {
    Verb.ASSIGN: Takes.MUST,
    Verb.SAME: Takes.MAY,
    Verb.WAIT: Takes.MAY,
    Verb.SNOOZE: Takes.MUST,
    Verb.MOVE: Takes.MUST,
    Verb.TAG: Takes.MUST,
    Verb.UNTAG: Takes.MUST,
    Verb.PRIORITY: Takes.MUST,
} | dict.fromkeys(
    # Without anything the mail back says what there is.
    (Verb.AWAY, Verb.TEMPLATE, Verb.ARTICLE, Verb.FORWARD, Verb.FIND, Verb.NOTICES),
    Takes.MAY,
)


# The first word of each language is the one that we tell people.
WORDS: Final[dict[Verb, dict[str, str]]] = {
    Verb.CLOSE: {
        "en": "close closed done resolve resolved",
        "ru": "закрыть закрой закрыто закрыта закрываю готово",
        "it": "chiudi chiudere chiudo chiuso chiusa fatto risolto",
        "de": "schließen schliessen schließe schliesse zumachen geschlossen erledigt fertig",
        "ja": "完了 閉じる 閉じます クローズ 終了 解決",
    },
    Verb.REOPEN: {
        "en": "reopen open",
        "ru": "открыть открой переоткрыть",
        "it": "riapri riaprire apri",
        "de": "öffnen oeffnen wiederöffnen",
        "ja": "再開 開く",
    },
    Verb.ASSIGN: {
        "en": "assign give hand",
        "ru": "назначить назначь передать передай отдать отдай",
        "it": "assegna assegnare affida affidare",
        "de": "zuweisen zuteilen gib geben zuordnen",
        "ja": "担当 割り当て 割り当てる 割当 任せる 任せます",
    },
    Verb.TAKE: {
        "en": "take takes mine",
        "ru": "взять беру возьму возьми забираю моё",
        "it": "prendo prendi prendere",
        "de": "übernehmen uebernehmen übernehme nehme nehmen",
        "ja": "引き受ける 引き受けます 引受 引受け 担当する 担当します 対応します",
    },
    Verb.WAIT: {
        "en": "wait waiting pending",
        "ru": "ждать жду ждём ждем ожидать ожидание подождать подождём",
        "it": "attendi attendere aspetta aspettare aspettiamo aspetto attesa",
        "de": "warten warte abwarten",
        "ja": "待つ 待ちます 待機 待ち",
    },
    Verb.SNOOZE: {
        "en": "snooze later defer postpone remind",
        "ru": "отложить отложи напомнить напомни",
        "it": "rimanda rimandare rinvia posticipa ricorda",
        "de": "zurückstellen zurueckstellen wiedervorlage erinnern später spaeter",
        "ja": "スヌーズ 延期 後で",
    },
    Verb.MOVE: {
        "en": "move transfer",
        "ru": "переместить перемести перенести перенеси",
        "it": "sposta spostare trasferisci",
        "de": "verschieben verschiebe",
        "ja": "移動 移す 移します",
    },
    Verb.TAG: {
        "en": "tag tags label",
        "ru": "метка тег метки пометить",
        "it": "etichetta etichette",
        "de": "schlagwort etikett",
        "ja": "タグ ラベル",
    },
    Verb.UNTAG: {
        "en": "untag unlabel",
        "ru": "снятьметку убратьметку снятьтег",
        "it": "toglietichetta senzaetichetta",
        "de": "ohneschlagwort schlagwortweg",
        "ja": "タグ解除 タグ削除",
    },
    Verb.PRIORITY: {
        "en": "priority prio urgency",
        "ru": "приоритет срочность",
        "it": "priorità urgenza",
        "de": "priorität prioritaet dringlichkeit",
        "ja": "優先度 優先順位",
    },
    Verb.NOTE: {
        "en": "note comment internal inside",
        "ru": "заметка комментарий внутри",
        "it": "nota commento interno",
        "de": "notiz kommentar intern",
        "ja": "メモ コメント 社内",
    },
    Verb.SHOW: {
        "en": "show preview",
        "ru": "показать покажи просмотр",
        "it": "mostra mostrami anteprima",
        "de": "zeigen zeige vorschau",
        "ja": "表示 プレビュー 確認",
    },
    Verb.STOP: {
        "en": "stop undo",
        "ru": "стоп отменить отмени отмена",
        "it": "ferma fermare annulla",
        "de": "stopp stoppen halt zurücknehmen",
        "ja": "停止 取り消し 取消 中止",
    },
    Verb.SAME: {
        "en": "same merge join",
        "ru": "объединить объедини",
        "it": "unisci unire stesso",
        "de": "zusammenführen zusammenlegen dasselbe",
        "ja": "統合 同じ",
    },
    Verb.SPLIT: {
        "en": "split separate",
        "ru": "отделить отдели разделить",
        "it": "separa separare dividi",
        "de": "trennen abtrennen",
        "ja": "分割 分ける",
    },
    Verb.SPAM: {
        "en": "spam junk",
        "ru": "спам",
        "it": "spam",
        "de": "spam",
        "ja": "迷惑メール スパム",
    },
    Verb.NOT_SPAM: {
        "en": "notspam nospam notjunk",
        "ru": "неспам",
        "it": "nonspam",
        "de": "keinspam",
        "ja": "迷惑メールではない スパムではない",
    },
    Verb.TEMPLATE: {
        "en": "template canned",
        "ru": "шаблон",
        "it": "modello",
        "de": "vorlage textbaustein baustein",
        "ja": "テンプレート 定型文 ひな形",
    },
    Verb.ARTICLE: {
        "en": "article",
        "ru": "статья статью",
        "it": "articolo",
        "de": "artikel",
        "ja": "記事",
    },
    Verb.FORWARD: {
        "en": "forward fwd",
        "ru": "переслать перешли",
        "it": "inoltra inoltrare",
        "de": "weiterleiten",
        "ja": "転送 転送する",
    },
    Verb.FIND: {
        "en": "find search",
        "ru": "найти найди поиск",
        "it": "cerca cercare trova",
        "de": "suchen suche finde finden",
        "ja": "検索 探す",
    },
    Verb.AWAY: {
        "en": "away",
        "ru": "отсутствую ухожу",
        "it": "assente",
        "de": "abwesend",
        "ja": "不在 休暇",
    },
    Verb.BACK: {
        "en": "back",
        "ru": "вернулся вернулась",
        "it": "tornato tornata rientrato",
        "de": "zurück zurueck",
        "ja": "復帰",
    },
    Verb.NOTICES: {
        "en": "notices notifications notify",
        "ru": "уведомления уведомлять",
        "it": "avvisi notifiche",
        "de": "benachrichtigungen hinweise",
        "ja": "通知",
    },
    Verb.LEAVE: {
        "en": "leave unfollow unsubscribe",
        "ru": "выйти отписаться покинуть",
        "it": "esci abbandona cancellami",
        "de": "verlassen abmelden austragen",
        "ja": "退出 抜ける 配信停止",
    },
    Verb.HELP: {
        "en": "help commands",
        "ru": "помощь справка команды",
        "it": "aiuto comandi",
        "de": "hilfe befehle",
        "ja": "ヘルプ 使い方",
    },
}

_BETWEEN = re.compile(r"[\s_'’-]+")


def fold(word: str) -> str:
    """A word without what people leave out: case, accents, width, hyphens, spaces."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    plain = "".join(one for one in apart if not "\u0300" <= one <= "\u036f")
    return _BETWEEN.sub("", unicodedata.normalize("NFC", plain))


_BY_WORD: Final = {
    fold(word): verb
    for verb, languages in WORDS.items()
    for words in languages.values()
    for word in words.split()
}
# Without spaces between words, the longest that fits is the one that is meant.
JAPANESE: Final = sorted(
    (word for languages in WORDS.values() for word in languages["ja"].split()),
    key=len,
    reverse=True,
)


def verb_of(word: str) -> Verb | None:
    """What a word, or a few that are one, asks for."""
    return _BY_WORD.get(fold(word))


def beginning(run: str) -> str:
    """The Japanese word for a verb with which a run of letters begins, or nothing."""
    return next((word for word in JAPANESE if run.startswith(word)), "")


def nearest(word: str) -> str:
    """The word that somebody may have meant who wrote this one, or nothing."""
    found = get_close_matches(fold(word)[:40], _BY_WORD, n=1, cutoff=0.75)
    return found[0] if found else ""


def told(verb: Verb, language: str) -> str:
    """The word that people are told for a verb."""
    languages = WORDS[verb]
    return languages.get(language, languages["en"]).split()[0]
