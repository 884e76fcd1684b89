"""What everybody writes to everybody: in a comment as in an answer, it tells nothing."""

from __future__ import annotations

from typing import Final

from inbox.mail.language_words import SMALL_WORDS

_LANGUAGES: Final = ("en", "de", "fr", "it", "es", "ru", "uk", "pl", "pt", "nl")
LITTLE: Final = frozenset(word for one in _LANGUAGES for word in SMALL_WORDS[one])
COURTESIES: Final = (
    *(
        "please let me know if you have any further questions",
        "please let us know if you have any other questions",
        "if you have any questions please do not hesitate to contact us",
        "thank you very much for your mail", "thank you for your message and your patience",
        "we apologise for the inconvenience", "we are sorry for the inconvenience caused",
        "we will get back to you as soon as possible", "i look forward to hearing from you",
        "have a nice day and a good weekend", "with kind regards", "thanks in advance",
    ),
    *(
        "vielen dank für ihre nachricht", "vielen dank für ihre anfrage",
        "bei fragen stehen wir ihnen gerne zur verfügung",
        "für rückfragen stehe ich ihnen gerne zur verfügung",
        "sollten sie noch fragen haben melden sie sich gerne bei uns",
        "wir bitten die unannehmlichkeiten zu entschuldigen", "mit freundlichen grüßen",
        "wir melden uns so schnell wie möglich bei ihnen", "vielen dank im voraus",
    ),
    *(
        "n'hésitez pas à nous contacter si vous avez des questions",
        "je reste à votre disposition pour tout renseignement complémentaire",
        "nous vous prions de nous excuser pour la gêne occasionnée",
        "nous reviendrons vers vous dans les plus brefs délais",
        "je vous remercie de votre message", "je vous prie d'agréer mes salutations distinguées",
        "dans l'attente de votre retour", "bien cordialement", "merci d'avance",
    ),
    *(
        "resto a disposizione per qualsiasi chiarimento",
        "per qualsiasi domanda non esiti a contattarci", "grazie per averci contattato",
        "ci scusiamo per il disagio", "le risponderemo il prima possibile",
        "in attesa di un suo cortese riscontro", "cordiali saluti", "grazie in anticipo",
    ),
    *(
        "si tiene alguna pregunta no dude en ponerse en contacto con nosotros",
        "quedo a su disposición para cualquier consulta", "gracias por ponerse en contacto",
        "lamentamos las molestias ocasionadas", "le responderemos lo antes posible",
        "quedamos a la espera de su respuesta", "reciba un cordial saludo", "gracias de antemano",
    ),
    *(
        "если у вас возникнут вопросы пожалуйста обращайтесь", "спасибо за ваше обращение",
        "приносим извинения за доставленные неудобства", "благодарим вас за письмо",
        "мы ответим вам в ближайшее время", "с уважением и наилучшими пожеланиями",
        "если у вас остались вопросы напишите нам", "заранее спасибо за ответ",
    ),
    *(
        "якщо у вас виникнуть запитання будь ласка звертайтеся", "дякуємо за ваше звернення",
        "перепрошуємо за незручності", "ми відповімо вам найближчим часом",
        "з повагою та найкращими побажаннями", "заздалегідь дякую за відповідь",
    ),
    *(
        "w razie pytań proszę o kontakt", "dziękujemy za wiadomość",
        "przepraszamy za wszelkie niedogodności", "odpowiemy najszybciej jak to możliwe",
        "w przypadku dodatkowych pytań pozostaję do dyspozycji", "z góry dziękuję za odpowiedź",
    ),
    *(
        "お世話になっております", "いつもお世話になっております", "よろしくお願いいたします",
        "よろしくお願い申し上げます", "ご確認のほどよろしくお願いいたします",
        "ご不明な点がございましたらお気軽にお問い合わせください",
        "お問い合わせいただきありがとうございます",
        "ご連絡いただきありがとうございます", "ご迷惑をおかけして申し訳ございません",
        "お手数をおかけしますが", "ご返信お待ちしております", "取り急ぎご連絡申し上げます",
    ),
    *(
        "如果您有任何问题请随时与我们联系", "感谢您的来信", "感谢您与我们联系",
        "对由此给您带来的不便深表歉意", "我们会尽快给您答复", "期待您的回复", "此致敬礼",
    ),
    *(
        "se tiver alguma dúvida não hesite em contactar-nos", "obrigado pelo seu contato",
        "pedimos desculpa pelo incómodo", "responderemos o mais breve possível",
        "fico à disposição para qualquer esclarecimento", "fico no aguardo do seu retorno",
    ),
    *(
        "mocht u nog vragen hebben neem dan gerust contact met ons op",
        "bedankt voor uw bericht", "onze excuses voor het ongemak",
        "wij nemen zo snel mogelijk contact met u op", "met vriendelijke groet",
        "ik hoor graag van u", "bij voorbaat dank voor uw reactie",
    ),
)  # fmt: skip
