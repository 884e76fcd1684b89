"""What people and their companies put below a mail, in twelve languages."""

from __future__ import annotations

TITLES = {
    "en": "Customer Service",
    "de": "Kundendienst",
    "fr": "Service clientèle",
    "it": "Servizio clienti",
    "es": "Atención al cliente",
    "ru": "Отдел по работе с клиентами",
    "uk": "Відділ обслуговування клієнтів",
    "pl": "Biuro obsługi klienta",
    "ja": "お客様相談室",
    "zh": "客户服务部",
    "pt": "Atendimento ao cliente",
    "nl": "Klantenservice",
}
# Some as all companies write them, some as only one does: nothing but repetition tells these.
DISCLAIMERS = {
    "en": "This e-mail is confidential and intended solely for the addressee. If you have received "
    "it in error, please delete it.",
    "de": "Us Inc. – wir gehen für Sie jeden Tag einen Schritt weiter, seit 1912 in Familienhand.",
    "fr": "Ce message est confidentiel et destiné à son seul destinataire. Si vous l'avez reçu par "
    "erreur, merci de le détruire.",
    "it": "Us Inc. – camminiamo con voi ogni giorno, dal 1912 una famiglia di calzolai.",
    "es": "Este mensaje es confidencial y va dirigido únicamente a su destinatario. Si lo ha "
    "recibido por error, elimínelo.",
    "ru": "Us Inc. – каждый день на шаг впереди, семейное дело с 1912 года.",
    "uk": "Цей лист конфіденційний і призначений лише адресату. Якщо ви отримали його помилково, "
    "видаліть його.",
    "pl": "Us Inc. – każdego dnia o krok dalej, firma rodzinna od 1912 roku.",
    "ja": "本メールには機密情報が含まれている場合があります。"
    "誤って受信された方は削除してください。",
    "zh": "Us Inc. 一九一二年创立的家族企业，每天与您同行多走一步。",
    "pt": "Esta mensagem é confidencial e destina-se apenas ao seu destinatário. Se a recebeu por "
    "engano, elimine-a.",
    "nl": "Us Inc. – elke dag een stap verder, een familiebedrijf sinds 1912.",
}


def signature(language: str) -> tuple[str, ...]:
    """The lines of a person's own signature, which names them first."""
    return ("Karen Miller", TITLES[language], "Us Inc.", "Tel. +1 555 010 2030", "www.us.example")
