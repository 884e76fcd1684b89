"""Words of many languages that stand in subjects and say nothing about the matter."""

from __future__ import annotations

# Answers and forwards, as programs write them in their language. Those that are words of their own
# language count only with a colon behind them, as all do.
PREFIXES = """
re reply ref aw antw antwort betr sv vs svar rv res resp enc r rif i odp pd ynt ilt ve vl vb vá fw
fwd forward wg tr trs tlumaczenie doorst bls ats atb yan réf réponse rép risposta inoltro
reenv reenviado respuesta resposta továbbítás válasz vast edasi továbbít отв ответ на пересл
пер нов σχετ απ πρθ απάντηση 回复 答复 回覆 答覆 转发 轉寄 转寄 轉發 回信 返信 転送 회신 답장 전달
תגובה הועבר השב רד رد رد_على إعادة_توجيه ตอบ ส่งต่อ trả_lời chuyển_tiếp
automatic_reply auto auto_reply autoreply automatische_antwort abwesenheitsnotiz réponse_automatique
risposta_automatica respuesta_automática resposta_automática automatisch_antwoord autosvar
automatyczna_odpowiedź автоматический_ответ автоответ 自动答复 自动回复 自動応答 自動返信 不在
out_of_office accepted declined tentative canceled cancelled updated zugesagt abgesagt akzeptiert
read not_read gelesen lu letto прочитано undeliverable undelivered unzustellbar
"""
# Words under which people begin unrelated mails.
GENERIC = """
a about account again an and any anyone are at bug can complaint contact customer day dear
delivery do does email enquiry error feedback first follow followup for form from general good
greetings have hello help hey hi how i important info information inquiry invoice is issue
issues
it late mail message my need new no none not note of on one or order our payment please problem
problems question questions quick quote reminder report reply request second sir some subject
support team test thank thanks the there this to up update urgent us we website what with you
your yours regarding concerning
anfrage auftrag bestellung bitte brauche danke das dem den der die ein eine fehler frage fragen
für guten hallo hilfe ich ihre ihr im kein keine kontakt lieferung mein meine mit moin nachricht
neue neuer problem probleme rechnung reklamation rückfrage tag und von wichtig zu zum zur
betreff
без благодарю важно ваш вопрос вопросы всем день для добрый заказ здравствуйте и к как мне мой
на
не нет нужна о об обращение от ошибка письмо по пожалуйста помогите помощь привет проблема
просьба с спасибо срочно счет счёт тема темы у
a aiuto assistenza buona buone buongiorno ciao con contatto da del della di domanda fattura
grazie il importante informazioni la mio mia nessun nuovo oggetto ordine per problema richiesta
salve una un urgente
bonjour question aide besoin commande demande facture merci probleme problème sans objet
hola ayuda consulta factura gracias pedido pregunta asunto sin
"""

# The same in scripts that put no spaces between words: alternatives of a pattern.
GENERIC_WIDE = (
    "お問い合わせ|問い合わせ|問合せ|ご質問|質問|お願いします|お願い|ご連絡|連絡|注文|請求書|確認|依頼|件名なし|無題|"
    "こんにちは|至急|ヘルプ|不具合|について|に関して|の件|你好|您好|问题|請問|请问|咨询|諮詢|帮助|订单|發票|发票|"
    "紧急|主题|无主题|문의|안녕하세요|질문|도움|주문|긴급"
)
