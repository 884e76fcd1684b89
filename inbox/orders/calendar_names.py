"""Days, months, numbers, and what some languages make of them in one word; see `calendar_words`."""

from __future__ import annotations

from typing import Final

WEEKDAYS: Final = {
    "en": "monday mon|tuesday tue tues|wednesday wed weds|thursday thu thur thurs|friday fri"
    "|saturday sat|sunday sun",
    "ru": "понедельник понедельника понедельнику пн|вторник вторника вторнику вт"
    "|среда среду среды среде ср|четверг четверга четвергу чт"
    "|пятница пятницу пятницы пятнице пт|суббота субботу субботы субботе сб"
    "|воскресенье воскресенья воскресенью вс",
    "it": "lunedì lunedi lun|martedì martedi mar|mercoledì mercoledi mer|giovedì giovedi gio"
    "|venerdì venerdi ven|sabato sab|domenica dom",
    "de": "montag montags mo|dienstag dienstags di|mittwoch mittwochs mi|donnerstag donnerstags do"
    "|freitag freitags fr|samstag samstags sonnabend sa|sonntag sonntags so",
    "ja": "月曜日 月曜|火曜日 火曜|水曜日 水曜|木曜日 木曜|金曜日 金曜|土曜日 土曜|日曜日 日曜",
}
MONTHS: Final = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sep sept|october oct|november nov|december dec",
    "ru": "января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май"
    "|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент"
    "|октября октябрь окт|ноября ноябрь ноя нояб|декабря декабрь дек",
    "it": "gennaio gen|febbraio feb|marzo|aprile apr|maggio mag|giugno giu|luglio lug"
    "|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "de": "januar jänner jan|februar feb|märz maerz mrz|april apr|mai|juni jun|juli jul"
    "|august aug|september sep sept|oktober okt|november nov|dezember dez",
    "ja": "|" * 11,
}
NUMBERS: Final = {
    "en": "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty",
    "ru": "один одну одного|два две|три|четыре|пять|шесть|семь|восемь|девять|десять"
    "|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать"
    "|восемнадцать|девятнадцать|двадцать",
    "it": "un uno una un'|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici"
    "|quattordici|quindici|sedici|diciassette|diciotto|diciannove|venti",
    "de": "ein eins eine einen einem einer|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf"
    "|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig",
    "ja": "",  # read as digits; see calendar_pieces
}


def parts_of_weekdays() -> dict[str, str]:
    """Montagmorgen, Freitagnachmittag: German makes one word of them."""
    parts = {"part:9": "morgen früh vormittag", "part:14": "nachmittag", "part:18": "abend"}
    return {
        f"weekday:{day} {part}": "|".join(f"{names.split()[0]}{one}" for one in said.split())
        for day, names in enumerate(WEEKDAYS["de"].split("|"))
        for part, said in {**parts, "time:12": "mittag"}.items()
    }


def halves() -> dict[str, str]:
    """Половина девятого, в полдевятого: half of the ninth hour."""
    ordinals = (
        "первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого"
        " одиннадцатого двенадцатого"
    ).split()
    begins = ("половина ", "половине ", "половину ", "пол ", "пол")
    return {
        f"half:1 number:{hour}": "|".join(f"{begin}{one}" for begin in begins)
        for hour, one in enumerate(ordinals, 1)
    }


def since_weekdays() -> dict[str, str]:
    """月曜から: Japanese says from when before it says how long."""
    return {
        f"weekday:{day} from:1": "|".join(f"{name}から" for name in names.split())
        for day, names in enumerate(WEEKDAYS["ja"].split("|"))
    }
