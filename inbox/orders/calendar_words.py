"""How people say days and times in the languages that we speak: words, and what they are.

`kind:value`, several of them for a word that says several things. See `calendar_pieces`.
"""

from __future__ import annotations

from typing import Final

_WEEKDAYS = {
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
_MONTHS = {
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
_NUMBERS = {
    "en": "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty",
    "ru": "один одну одного|два две|три|четыре|пять|шесть|семь|восемь|девять|десять"
    "|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать"
    "|восемнадцать|девятнадцать|двадцать",
    "it": "un uno una un'|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici"
    "|quattordici|quindici|sedici|diciassette|diciotto|diciannove|venti",
    "de": "ein eins eine einen einem einer|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    "|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig",
    "ja": "",  # read as digits; see calendar_pieces
}
_OTHERS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "day:0": "today",
        "day:0 part:18": "tonight|this evening|later tonight",
        "day:0 part:14": "this afternoon",
        "end:day": "eod|end of day|end of the day|end of business|close of business|cob|eob",
        "day:1": "tomorrow|from tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tmw",
        "day:2": "day after tomorrow|the day after tomorrow",
        "past:1": "yesterday|ago|last",
        "unit:minute": "minute|minutes|min|mins|m",
        "unit:hour": "hour|hours|hr|hrs|h",
        "unit:day": "day|days|d",
        "unit:week": "week|weeks|w|wk|wks",
        "unit:month": "month|months|mth|mths|mos",
        "unit:year": "year|years|yr|yrs",
        "months:6": "half a year|half year|a half year",
        "number:14 unit:day": "fortnight|a fortnight",
        "number:2": "couple of|a couple of|couple|a couple",
        "number:3": "few|a few|several",
        "number:30": "thirty",
        "dom:1": "first of|the first of|the first",
        "unit:workday": "business day|business days|working day|working days|workday|workdays"
        "|weekday|weekdays",
        "weekday:5": "weekend|the weekend",
        "weekday:0": "after the weekend|after weekend",
        "end:week": "end of week|end of the week|eow",
        "end:month": "end of month|end of the month|month end|eom",
        "edge:end unit:year": "eoy|year end",
        "next:1 unit:year": "new year|the new year|new year's",
        "from:1": "from",
        "edge:start": "start of|beginning of|start|beginning|early",
        "edge:mid": "middle of|mid|mid-",
        "edge:end": "end of|end|late",
        "part:9": "morning|first thing",
        "time:12": "noon|midday|lunch|lunchtime|lunch time",
        "time:0": "midnight",
        "part:14": "afternoon|after lunch|after lunchtime",
        "part:18": "evening|night",
        "am:1": "am|a.m.|a.m",
        "pm:1": "pm|p.m.|p.m",
        "minutes:180": "later|later today",
        "minutes:15": "quarter of an hour|a quarter of an hour",
        "minutes:30": "half an hour|half hour|a half hour",
        "minutes:90": "hour and a half|an hour and a half",
        "half:1": "and a half",
        "past_hour:15": "quarter past|a quarter past",
        "past_hour:30": "half past|half",
        "to_hour:15": "quarter to|a quarter to",
        "next:1": "next",
        "this:1": "this|coming|upcoming",
        "at:1": "at",
        "oclock:1": "o'clock|oclock|hrs.",
        "on:1": "the",
        "noise:1": "in|on|for|until|till|til|to|by|of|and|after|from now|from today|hence|time"
        "|around|about|another|more|other",
    },
    "ru": {
        "day:0": "сегодня",
        "day:0 part:18": "сегодня вечером",
        "end:day": "конец дня|до конца дня|конца дня|концу дня",
        "day:1": "завтра|завтрашнего дня",
        "day:2": "послезавтра",
        "day:3": "послепослезавтра",
        "past:1": "вчера|назад|прошлый|прошлую|прошлой",
        "unit:minute": "минута|минуту|минуты|минут|мин",
        "unit:hour": "час|часа|часов|часу|ч",
        "unit:day": "день|дня|дней|дн|сутки|суток|д",
        "unit:week": "неделя|неделю|недели|недель|неделе|нед",
        "unit:month": "месяц|месяца|месяцев|месяце|мес",
        "unit:workday": "рабочий день|рабочих дня|рабочих дней|раб. дня|раб. дней",
        "unit:year": "год|году|лет",
        "next:1 unit:year": "новый год|нового года|новом году",
        "unit:week from:1": "недели с|неделю с|недель с|недели после|неделю после|недель после",
        "unit:day from:1": "дня с|дней с|день с|дня после|дней после",
        "months:6": "полгода",
        "number:2": "пару|пара|двое",
        "number:3": "несколько|трое",
        "number:30": "тридцать",
        "dom:1": "первое|первого",
        "weekday:5": "выходные|выходных",
        "weekday:0": "после выходных",
        "end:week": "конец недели|конца недели|концу недели|конце недели",
        "end:month": "конец месяца|конца месяца|концу месяца|конце месяца",
        "edge:end unit:year": "конец года|конца года|концу года|конце года",
        "edge:start": "начало|начала|началу|начале",
        "edge:mid": "середина|середину|середины|середине",
        "edge:end": "конец|конца|концу|конце|под конец",
        "part:9": "утро|утром|утра|утру|с утра",
        "time:12": "полдень|полудня|обед|обеда|обеду",
        "time:0": "полночь|полночи|полуночи",
        "part:14": "днём|после обеда",
        "part:18": "вечер|вечером|вечера|вечеру|ночью",
        "minutes:15": "четверть часа",
        "minutes:180": "позже|попозже|чуть позже",
        "minutes:30": "полчаса|пол часа",
        "minutes:90": "полтора часа",
        "half:1": "с половиной",
        "next:1": "следующий|следующую|следующей|следующее|следующего|следующем|след|след.|сл.",
        "this:1": "этот|эту|этой|это|ближайший|ближайшую|ближайшее|ближайшей|будущий|будущую",
        "at:1": "в|во|к|ко",
        "of_month:1": "числа|число",
        "noise:1": "через|на|до|по|с|спустя|и|г|года|г.|ч.|ещё|около|примерно",
    },
    "it": {
        "day:0": "oggi",
        "day:0 part:18": "stasera|questa sera",
        "day:0 part:14": "oggi pomeriggio|questo pomeriggio",
        "day:0 part:9": "stamattina|questa mattina",
        "end:day": "fine giornata|fine giorno",
        "day:1": "domani",
        "day:1 part:9": "domattina|domani mattina",
        "day:2": "dopodomani|dopo domani",
        "past:1": "ieri|fa|scorso|scorsa",
        "unit:minute": "minuto|minuti|min",
        "unit:hour": "ora|ore|h",
        "unit:day": "giorno|giorni|gg|g",
        "unit:week": "settimana|settimane|sett",
        "unit:month": "mese|mesi",
        "unit:workday": "giorno lavorativo|giorni lavorativi|giorni feriali",
        "unit:year": "anno|anni",
        "next:1 unit:year": "anno nuovo|capodanno",
        "unit:week from:1": "settimane da|settimana da|settimane dopo|settimana dopo",
        "unit:day from:1": "giorni da|giorni dopo",
        "months:6": "mezzo anno",
        "number:2": "paio di|paio d'|un paio di|un paio d'",
        "number:3": "qualche|alcuni|alcune",
        "number:30": "trenta",
        "dom:1": "primo",
        "weekday:5": "fine settimana|weekend|il fine settimana",
        "weekday:0": "dopo il weekend|dopo il fine settimana",
        "end:week": "fine della settimana",
        "end:month": "fine mese|fine del mese|fine di questo mese",
        "edge:start": "inizio|inizi",
        "edge:mid": "metà",
        "edge:end": "fine",
        "part:9": "mattina|mattino|la mattina|di mattina|del mattino",
        "time:12": "mezzogiorno|pranzo|ora di pranzo",
        "time:0": "mezzanotte",
        "part:14": "pomeriggio|di pomeriggio|nel pomeriggio|del pomeriggio|dopo pranzo",
        "part:18": "sera|di sera|la sera|notte",
        "minutes:180": "più tardi",
        "minutes:15": "quarto d'ora|un quarto d'ora",
        "minutes:30": "mezz'ora|mezzora|mezza ora|una mezz'ora",
        "minutes:90": "un'ora e mezza",
        "half:1": "mezza|mezzo",
        "quarter:1": "un quarto|quarto",
        "next:1": "prossimo|prossima|prossimi|prossime|successivo|successiva",
        "this:1": "questo|questa|quest'",
        "at:1": "alle|all'|ore|alle ore|dalle",
        "of_month:1": "il giorno",
        "on:1": "il",
        "noise:1": "fra|tra|in|per|la|lo|l'|i|le|di|del|della|dei|al|ai|a|entro|fino|e|dopo"
        "|da|dal|d'|nel|nella|alla|all'|agli|verso|circa|altri|altre|ancora|della|dello",
    },
    "de": {
        "day:0": "heute",
        "day:0 part:18": "heute abend",
        "day:0 part:14": "heute nachmittag",
        "end:day": "feierabend|ende des tages|ende des tags|tagesende",
        "day:1": "morgen",
        "day:1 part:9": "morgen früh|morgen vormittag",
        "day:2": "übermorgen",
        "day:3": "überübermorgen",
        "past:1": "gestern|vor|letzten|letzte|letzter|letztes|vergangenen",
        "unit:minute": "minute|minuten|min",
        "unit:hour": "stunde|stunden|std|h",
        "unit:day": "tag|tage|tagen|tg|t",
        "unit:week": "woche|wochen|wo",
        "unit:month": "monat|monate|monaten",
        "unit:workday": "werktag|werktage|werktagen|arbeitstag|arbeitstage|arbeitstagen",
        "unit:year": "jahr|jahre|jahren",
        "next:1 unit:year": "neujahr|neues jahr|neuen jahr",
        "unit:week from:1": "wochen ab|woche ab|wochen nach|woche nach",
        "unit:day from:1": "tage ab|tage nach",
        "months:6": "halbes jahr|ein halbes jahr|einem halben jahr",
        "number:3": "paar|ein paar|einige|einigen",
        "number:30": "dreißig",
        "dom:1": "erster|ersten|erstem",
        "weekday:5": "wochenende",
        "weekday:0": "nach dem wochenende|nach wochenende",
        "week:2": "übernächste woche|übernächster woche|übernächsten woche",
        "end:week": "ende der woche|wochenschluss|ende woche",
        "end:month": "monatsende|ende des monats|ende monat",
        "edge:end unit:year": "jahresende|ende des jahres",
        "edge:start": "anfang|beginn",
        "edge:mid": "mitte",
        "edge:end": "ende",
        "part:9": "früh|morgens|vormittag|vormittags|am morgen",
        "time:12": "mittag|mittags",
        "time:0": "mitternacht|mitternachts",
        "part:14": "nachmittag|nachmittags|nach dem mittagessen|nach mittag",
        "part:18": "abend|abends|nachts",
        "minutes:180": "später|nachher",
        "minutes:15": "viertelstunde|viertel stunde|eine viertelstunde|einer viertelstunde",
        "minutes:45": "dreiviertelstunde|dreiviertel stunde|einer dreiviertelstunde"
        "|einer dreiviertel stunde",
        "minutes:150": "zweieinhalb stunden",
        "minutes:30": "halbe stunde|eine halbe stunde|einer halben stunde",
        "minutes:90": "anderthalb stunden|eineinhalb stunden",
        "half:1": "halb",
        "past_hour:15": "viertel nach",
        "to_hour:15": "viertel vor|dreiviertel",
        "next:1": "nächsten|nächste|nächster|nächstes|nächstem|naechsten|naechste|kommenden"
        "|kommende|kommender|kommendes",
        "this:1": "diesen|diese|dieser|dieses|diesem|des",
        "at:1": "um|ab|gegen",
        "oclock:1": "uhr",
        "on:1": "am|der|den",
        "noise:1": "in|an|auf|dem|die|das|bis|zum|zur|nach|im|und|für|lang|noch|weitere"
        "|weiteren|etwa|circa|ca|ungefähr",
    },
    "ja": {
        "day:0": "今日|きょう|本日",
        "day:0 part:18": "今夜|今晩",
        "day:0 end:day": "今日中|本日中",
        "end:day": "終業|終業時",
        "day:1": "明日|あした|あす|翌日",
        "day:1 part:9": "明朝",
        "day:1 part:18": "明晩",
        "day:2": "明後日|あさって",
        "day:3": "しあさって|明々後日",
        "past:1": "昨日|きのう|前|先週|先月",
        "unit:minute": "分|分間|分後",
        "unit:hour": "時間|時間後",
        "unit:day": "日間|日後",
        "unit:week": "週間|週間後|週|週後",
        "unit:month": "ヶ月|か月|カ月|ヵ月|ケ月|箇月|ヶ月後|か月後|カ月後|ヵ月後",
        "unit:year": "年|年後|年間",
        "next:1 unit:year": "来年|翌年|年明け|新年",
        "unit:workday": "営業日|営業日後",
        "number:1 unit:workday": "翌営業日",
        "number:3 unit:day": "数日|数日後",
        "number:15 unit:day": "半月|半月後",
        "minutes:240": "半日|半日後",
        "months:6": "半年|半年後",
        "weekday:5": "週末|今週末",
        "week:1 weekday:5": "来週末",
        "week:1 weekday:0": "週明け|来週明け|来週頭|来週の頭|来週初め",
        "week:0": "今週",
        "week:1": "来週|翌週",
        "week:2": "再来週|さ来週",
        "end:week": "今週中",
        "edge:end next:1 unit:week": "来週中",
        "month_ahead:0": "今月",
        "month_ahead:1": "来月|翌月",
        "month_ahead:2": "再来月",
        "end:month": "月末|今月末|今月中",
        "edge:end next:1 unit:month": "来月末",
        "edge:start next:1 unit:month": "月初|来月初め|来月頭",
        "edge:end unit:year": "年末|今年中",
        "part:9": "朝|午前中|朝一|朝一番|朝イチ",
        "am:1": "午前",
        "pm:1": "午後",
        "part:18": "夕方|夜|晩",
        "time:12": "正午|昼|お昼",
        "time:0": "真夜中|深夜零時|零時",
        "minutes:180": "後で|あとで",
        "half:1": "半",
        "this:1": "次の|今度の",
        "noise:1": "の|に|まで|から|は|で|へ|頃|ごろ|以降|あと|後|間|待つ|を|、|あたり|さらに|もう",
    },
}
LANGUAGES: Final = tuple(_OTHERS)


def _numbered(kind: str, words: str, first: int) -> dict[str, str]:
    groups = words.split("|")
    return {
        f"{kind}:{number}": "|".join(group.split())
        for number, group in enumerate(groups, first)
        if group
    }


def _parts_of_weekdays() -> dict[str, str]:
    """Montagmorgen, Freitagnachmittag: German makes one word of them."""
    parts = {"part:9": "morgen früh vormittag", "part:14": "nachmittag", "part:18": "abend"}
    return {
        f"weekday:{day} {part}": "|".join(f"{names.split()[0]}{one}" for one in said.split())
        for day, names in enumerate(_WEEKDAYS["de"].split("|"))
        for part, said in {**parts, "time:12": "mittag"}.items()
    }


def _halves() -> dict[str, str]:
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


def _since_weekdays() -> dict[str, str]:
    """月曜から: Japanese says from when before it says how long."""
    return {
        f"weekday:{day} from:1": "|".join(f"{name}から" for name in names.split())
        for day, names in enumerate(_WEEKDAYS["ja"].split("|"))
    }


def words_of(language: str) -> dict[str, str]:
    """By word what it says, `kind:value` with spaces between."""
    said = {
        **_numbered("weekday", _WEEKDAYS[language], 0),
        **_numbered("month", _MONTHS[language], 1),
        **_numbered("number", _NUMBERS[language], 1),
        **(_parts_of_weekdays() if language == "de" else {}),
        **(_halves() if language == "ru" else {}),
        **(_since_weekdays() if language == "ja" else {}),
    }
    # What is said twice means what is more usual for waiting: days, not months or numbers.
    found: dict[str, str] = {}
    for says, words in (*_OTHERS[language].items(), *said.items()):
        for word in words.split("|"):
            found.setdefault(word, says)
    return found
