"""What mail servers and answering machines write into the subject, in the languages they speak.

Never enough by itself: it counts only beside a header or a sender that no person has.
"""

from __future__ import annotations

import re

UNDELIVERED = re.compile(
    r"(?i)undeliver|deliver(?:y|ing)\b|non-?deliver|not delivered|fail(?:ed|ure)\b|"
    r"return(?:ed|ing)? (?:mail|message|to sender|e-?mail)|mail (?:system )?error|bounce|"
    r"(?:could|can)(?:n't| ?not) be (?:delivered|sent)|unable to (?:deliver|send)|"
    r"message (?:status|blocked|rejected|returned)|rejected (?:mail|message)|"
    r"warning: (?:could not send|message)|(?:user|host) unknown|unknown (?:user|recipient|address)|"
    r"(?:invalid|bad) (?:recipient|address)|problem (?:mit|with)|errors? from\b|"
    r"nicht (?:zugestellt|zustellbar|übermittelt)|unzustell|zustell|übermittlung|rückläufer|"
    r"fehler|non (?:remis|distribu|délivr|livr)|échec|remise|retour de (?:courrier|message)|"
    r"no (?:se )?(?:ha |pudo |puede |ha sido )?entreg|entrega|devuelto|rechazado|"
    r"non (?:recapit|consegn)|recapito|consegna|restituit|"
    r"não (?:foi )?(?:entreg|é possível)|devolvid|falha|onbestelbaar|bezorg|niet (?:afge|verz)|"
    r"niedostarcz|nie (?:można )?dostarcz|zwrot|nedoruč|kézbesít|"
    r"(?:kan|kunne) (?:ikke|inte) lever|(?:ikke|ej|inte) lever|ulever|olever|lever(?:ans|ing)|"
    r"toimit|teslim|iletilem|ulaştır|nelivrat|livrare|"
    r"не (?:было |может быть |удается |удалось )?достав|недостав|доставк|возврат|возвращен|"
    r"配信|送信(?:エラー|でき|失敗)|不達|未達|エラー(?:通知|メール)|メールエラー|"
    r"退信|退件|投递|投遞|未送达|未送達|无法(?:送达|传递|投递)|無法(?:傳遞|送達)|未傳遞|发送失败|"
    r"반송|배달|전송"
)
DELAYED = re.compile(
    r"(?i)delay|warning: (?:could not send|message)|verzöger|still being retried|retard|"
    r"задерж|temporar|deferred|not yet (?:been )?delivered|vertrag|försen|forsink|opóźn|zpožd|"
    r"késleltet|gecik|întârzi|atrasad|ritard|遅延|遅れ|延迟|延遲|지연"
)
# Answering machines; the header that lets these words count is somebody else's.
AUTO_REPLY = re.compile(
    r"(?i)^\W{0,4}(?:auto(?:mat\w{0,8})?[\s:-]{0,2}(?:re(?:ply|sponse|sponder)|answer|generated)|"
    r"out[ -]of[ -](?:the[ -])?office|vacation|on (?:leave|holiday|vacation)|away (?:from|notice)|"
    r"automatische? (?:antwort|antwoord|reactie)|abwesen|afwezig|urlaub|nicht im (?:büro|haus)|"
    r"réponse automatique|absen[ct]|message d'absence|"
    r"respuesta automática|fuera de (?:la )?oficina|autorespuesta|"
    r"risposta automatica|fuori (?:sede|ufficio)|assenza|"
    r"resposta automática|ausência|fora do escritório|automatyczna odpowied|odpowiedź automatyczna|"
    r"αυτόματη απάντηση|автоматичен отговор|automatski odgovor|аутоматски одговор|"
    r"samodejni odgovor|automaatvastus|automātiska atbilde|automatinis atsakymas|"
    r"(?:תשובה|מענה|תגובה) אוטומטי|رد تلقائي|trả lời tự động|ตอบกลับอัตโนมัติ|balasan otomatis|"
    r"resposta automàtica|poza biurem|"
    r"automatická odpověď|automatické odpoved|mimo kancelář|nepřítomn|automatikus válasz|"
    r"autosvar|automatisk(?:t)? (?:svar|besvar)|fravær|frånvaro|automaattinen vastaus|poissa|"
    r"otomatik yanıt|ofis dışı|răspuns automat|"
    r"автоответ|автоматический ответ|автоматична відповідь|отсутств|нет на месте|"
    r"自動(?:応答|返信)|不在|自动(?:回复|答复)|自動(?:回覆|答覆)|不在办公|자동 ?(?:응답|회신)|부재)"
)
