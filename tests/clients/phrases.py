"""What mail programs write around an answer, in the languages that they speak.

`{name}`, `{address}` stand for the writer of the mail that is answered; its date is always that of
`tests.clients.when`: Sunday, 22 November 2026, 10:12.
"""

from __future__ import annotations

LANGUAGES = ("en", "de", "fr", "it", "es", "ru", "uk", "pl", "ja", "zh", "pt", "nl")

GMAIL = {
    "en": "On Sun, Nov 22, 2026 at 10:12\u202fAM {name} <{address}> wrote:",
    "de": "Am So., 22. Nov. 2026 um 10:12 Uhr schrieb {name} <{address}>:",
    "fr": "Le dim. 22 nov. 2026 à 10:12, {name} <{address}> a écrit :",
    "it": "Il giorno dom 22 nov 2026 alle ore 10:12 {name} <{address}> ha scritto:",
    "es": "El dom, 22 nov 2026 a las 10:12, {name} (<{address}>) escribió:",
    "ru": "вс, 22 нояб. 2026 г. в 10:12, {name} <{address}>:",
    "uk": "нд, 22 лист. 2026 р. о 10:12 {name} <{address}> пише:",
    "pl": "niedz., 22 lis 2026 o 10:12 {name} <{address}> napisał(a):",
    "ja": "2026年11月22日(日) 10:12 {name} <{address}>:",
    "zh": "{name} <{address}> 于2026年11月22日周日 10:12写道：",
    "pt": "Em dom., 22 de nov. de 2026 às 10:12, {name} <{address}> escreveu:",
    "nl": "Op zo 22 nov 2026 om 10:12 schreef {name} <{address}>:",
}

OUTLOOK_ORIGINAL = {
    "de": "Ursprüngliche Nachricht",
    "fr": "Message d'origine",
    "it": "Messaggio originale",
    "es": "Mensaje original",
    "pt": "Mensagem original",
    "nl": "Oorspronkelijk bericht",
    "zh": "邮件原件",
}

APPLE = {
    "en": "On 22 Nov 2026, at 10:12, {name} <{address}> wrote:",
    "de": "Am 22.11.2026 um 10:12 schrieb {name} <{address}>:",
    "fr": "Le 22 nov. 2026 à 10:12, {name} <{address}> a écrit :",
    "it": "Il giorno 22 nov 2026, alle ore 10:12, {name} <{address}> ha scritto:",
    "es": "El 22 nov 2026, a las 10:12, {name} <{address}> escribió:",
    "ru": "22 нояб. 2026 г., в 10:12, {name} <{address}> написал(а):",
    "uk": "22 лист. 2026 р. о 10:12 {name} <{address}> пише:",
    "pl": "Wiadomość napisana przez {name} <{address}> w dniu 22 lis 2026, o godz. 10:12:",
    "ja": "2026/11/22 10:12、{name} <{address}>のメール:",
    "zh": "2026年11月22日 10:12，{name} <{address}> 写道：",
    "pt": "No dia 22 de nov. de 2026, às 10:12, {name} <{address}> escreveu:",
    "nl": "Op 22 nov 2026 om 10:12 heeft {name} <{address}> het volgende geschreven:",
}

THUNDERBIRD = {
    "en": "On 22/11/2026 10:12, {name} wrote:",
    "de": "Am 22.11.26 um 10:12 schrieb {name}:",
    "fr": "Le 22/11/2026 à 10:12, {name} a écrit :",
    "it": "Il 22/11/2026 10:12, {name} ha scritto:",
    "es": "El 22/11/26 a las 10:12, {name} escribió:",
    "ru": "22.11.2026 10:12, {name} пишет:",
    "uk": "22.11.26 10:12, {name} пише:",
    "pl": "W dniu 22.11.2026 o 10:12, {name} pisze:",
    "ja": "On 2026/11/22 10:12, {name} wrote:",
    "zh": "在 2026/11/22 10:12, {name} 写道:",
    "pt": "Em 22/11/2026 10:12, {name} escreveu:",
    "nl": "Op 22-11-2026 om 10:12 schreef {name}:",
}

YAHOO = {
    "en": "On Sunday, November 22, 2026 at 10:12:00 AM GMT+1, {name} <{address}> wrote:",
    "de": "Am Sonntag, 22. November 2026 um 10:12:00 MEZ hat {name} <{address}> Folgendes "
    "geschrieben:",
    "fr": "Le dimanche 22 novembre 2026 à 10:12:00 UTC+1, {name} <{address}> a écrit :",
    "it": "Il domenica 22 novembre 2026 alle ore 10:12:00 CET, {name} <{address}> ha scritto:",
    "es": "El domingo, 22 de noviembre de 2026, 10:12:00 CET, {name} <{address}> escribió:",
    "ru": "воскресенье, 22 ноября 2026 г., 10:12:00 GMT+3, {name} <{address}> написал (-а):",
    "uk": "неділя, 22 листопада 2026 р. 10:12:00 GMT+2, {name} <{address}> написав(-ла):",
    "pl": "W dniu niedziela, 22 listopada 2026 10:12:00 CET użytkownik {name} <{address}> napisał:",
    "ja": "2026年11月22日日曜日 10:12:00 JST、{name} <{address}>が書きました:",
    "zh": "在 2026年11月22日星期日 上午10:12:00 [GMT+8]， {name}<{address}> 写道：",
    "pt": "Em domingo, 22 de novembro de 2026 10:12:00 GMT+1, {name} <{address}> escreveu:",
    "nl": "Op zondag 22 november 2026 10:12:00 CET schreef {name} <{address}>:",
}

K9 = {
    "en": "On 22 November 2026 10:12:00 CET, {name} <{address}> wrote:",
    "de": "Am 22. November 2026 10:12:00 MEZ schrieb {name} <{address}>:",
    "fr": "Le 22 novembre 2026 10:12:00 GMT+01:00, {name} <{address}> a écrit :",
    "it": "Il 22 novembre 2026 10:12:00 CET, {name} <{address}> ha scritto:",
    "es": "El 22 de noviembre de 2026 10:12:00 CET, {name} <{address}> escribió:",
    "ru": "22 ноября 2026 г. 10:12:00 GMT+03:00, {name} <{address}> пишет:",
    "uk": "22 листопада 2026 р. 10:12:00 GMT+02:00, {name} <{address}> написав/-ла:",
    "pl": "Dnia 22 listopada 2026 10:12:00 CET, {name} <{address}> napisał/a:",
    "ja": "2026年11月22日 10:12:00 JST、{name} <{address}> のメール:",
    "zh": "于 2026年11月22日 GMT+08:00 上午10:12:00, {name} <{address}> 写道：",
    "pt": "Em 22 de novembro de 2026 10:12:00 CET, {name} <{address}> escreveu:",
    "nl": "Op 22 november 2026 10:12:00 CET schreef {name} <{address}>:",
}

MAIL_RU = {
    "en": "Sunday, November 22, 2026 10:12 AM +03:00 from {name} <{address}>:",
    "ru": "Воскресенье, 22 ноября 2026, 10:12 +03:00 от {name} <{address}>:",
    "uk": "Неділя, 22 листопада 2026, 10:12 +03:00 від {name} <{address}>:",
    "de": "Sonntag, 22. November 2026, 10:12 +03:00 von {name} <{address}>:",
    "es": "Domingo, 22 de noviembre de 2026, 10:12 +03:00 de {name} <{address}>:",
    "pt": "Domingo, 22 de novembro de 2026, 10:12 +03:00 de {name} <{address}>:",
}

# From, Sent, To, Subject, and the date as Outlook writes it.
OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject", "Sunday, November 22, 2026 10:12 AM"),
    "de": ("Von", "Gesendet", "An", "Betreff", "Sonntag, 22. November 2026 10:12"),
    "fr": ("De", "Envoyé", "À", "Objet", "dimanche 22 novembre 2026 10:12"),
    "it": ("Da", "Inviato", "A", "Oggetto", "domenica 22 novembre 2026 10:12"),
    "es": ("De", "Enviado el", "Para", "Asunto", "domingo, 22 de noviembre de 2026 10:12"),
    "ru": ("От", "Отправлено", "Кому", "Тема", "22 ноября 2026 г. 10:12"),
    "uk": ("Від", "Надіслано", "Кому", "Тема", "неділя, 22 листопада 2026 р. 10:12"),
    "pl": ("Od", "Wysłano", "Do", "Temat", "niedziela, 22 listopada 2026 10:12"),
    "ja": ("差出人", "送信日時", "宛先", "件名", "2026年11月22日 10:12"),
    "zh": ("发件人", "发送时间", "收件人", "主题", "2026年11月22日 10:12"),
    "pt": ("De", "Enviada em", "Para", "Assunto", "domingo, 22 de novembro de 2026 10:12"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp", "zondag 22 november 2026 10:12"),
}

# The separator of Samsung's program; its labels are From, Date, To, Subject.
SAMSUNG = {
    "en": ("Original message", "From", "Date", "To", "Subject"),
    "de": ("Ursprüngliche Nachricht", "Von", "Datum", "An", "Betreff"),
    "fr": ("Message d'origine", "De", "Date", "À", "Objet"),
    "it": ("Messaggio originale", "Da", "Data", "A", "Oggetto"),
    "es": ("Mensaje original", "De", "Fecha", "Para", "Asunto"),
    "ru": ("Исходное сообщение", "От", "Дата", "Кому", "Тема"),
    "uk": ("Вихідне повідомлення", "Від", "Дата", "Кому", "Тема"),
    "pl": ("Oryginalna wiadomość", "Od", "Data", "Do", "Temat"),
    "ja": ("元のメッセージ", "差出人", "日付", "宛先", "件名"),
    "zh": ("原始邮件", "发件人", "日期", "收件人", "主题"),
    "pt": ("Mensagem original", "De", "Data", "Para", "Assunto"),
    "nl": ("Oorspronkelijk bericht", "Van", "Datum", "Aan", "Onderwerp"),
}

IPHONE = {
    "en": "Sent from my iPhone",
    "de": "Von meinem iPhone gesendet",
    "fr": "Envoyé de mon iPhone",
    "it": "Inviato da iPhone",
    "es": "Enviado desde mi iPhone",
    "ru": "Отправлено с iPhone",
    "uk": "Надіслано з iPhone",
    "pl": "Wysłane z iPhone'a",
    "ja": "iPhoneから送信",
    "zh": "从我的 iPhone 发送",
    "pt": "Enviado do meu iPhone",
    "nl": "Verstuurd vanaf mijn iPhone",
}

OUTLOOK_MOBILE = {
    "en": "Get Outlook for iOS",
    "de": "Outlook für iOS beziehen",
    "fr": "Télécharger Outlook pour iOS",
    "it": "Scarica Outlook per iOS",
    "es": "Obtener Outlook para iOS",
    "ru": "Скачайте Outlook для iOS",
    "uk": "Отримати Outlook для iOS",
    "pl": "Pobierz program Outlook dla systemu iOS",
    "ja": "iOS 版 Outlook を入手",
    "zh": "获取 Outlook for iOS",
    "pt": "Obter o Outlook para iOS",
    "nl": "Outlook voor iOS downloaden",
}

SAMSUNG_DEVICE = {
    "en": "Sent from my Galaxy",
    "de": "Von meinem Samsung Galaxy Smartphone gesendet.",
    "fr": "Envoyé depuis mon appareil Galaxy",
    "it": "Inviato dal mio Galaxy",
    "es": "Enviado desde mi Galaxy",
    "ru": "Отправлено со смартфона Samsung Galaxy.",
    "uk": "Надіслано з пристрою Galaxy",
    "pl": "Wysłane z urządzenia Galaxy",
    "ja": "Galaxyから送信",
    "zh": "从我的Galaxy发送",
    "pt": "Enviado do meu Galaxy",
    "nl": "Verstuurd vanaf mijn Galaxy",
}

K9_DEVICE = {
    "en": "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    "de": "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "fr": "Envoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté.",
    "it": "Inviato dal mio dispositivo Android con K-9 Mail. Perdonate la brevità.",
    "es": "Enviado desde mi dispositivo Android con K-9 Mail. Por favor, disculpa mi brevedad.",
    "ru": "Отправлено с Android-устройства с помощью K-9 Mail. Простите за краткость.",
    "uk": "Надіслано з мого Android-пристрою за допомогою K-9 Mail. Вибачте за стислість.",
    "pl": "Wysłane z mojego urządzenia Android za pomocą K-9 Mail. Wybaczcie moją zwięzłość.",
    "ja": "K-9 MailでAndroidから送信しました。",
    "zh": "使用 K-9 Mail 发送自我的Android设备。",
    "pt": "Enviado de meu dispositivo Android com K-9 Mail. Desculpe-me pela brevidade.",
    "nl": "Verzonden vanaf mijn Android apparaat met K-9 Mail. Excuseer mijn beknoptheid.",
}

BLACKBERRY = {
    "en": "Sent from my BlackBerry 10 smartphone.",
    "de": "Von meinem BlackBerry 10-Smartphone gesendet.",
    "fr": "Envoyé de mon smartphone BlackBerry 10.",
    "it": "Inviato dal mio smartphone BlackBerry 10.",
    "es": "Enviado desde mi smartphone BlackBerry 10.",
    "ru": "Отправлено с моего смартфона BlackBerry 10.",
    "uk": "Надіслано з мого смартфона BlackBerry 10.",
    "pl": "Wysłane ze smartfonu BlackBerry 10.",
    "ja": "BlackBerry 10 スマートフォンから送信",
    "zh": "从我的 BlackBerry 10 智能手机发送。",
    "pt": "Enviado do meu smartphone BlackBerry 10.",
    "nl": "Verzonden vanaf mijn BlackBerry 10-smartphone.",
}
