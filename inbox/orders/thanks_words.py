"""How people say thanks in the languages that we speak, and what they say around it.

Patterns over plain words (see `calendar_pieces.plain`), each of a whole phrase: what is said with
other words than these is more than thanks. `core` says thanks, or that it is solved; `along` does
so only beside it ("ok"); `kind` wishes well, and a greeting or a wish alone is no thanks.
"""

from __future__ import annotations

from typing import Final

from inbox.orders.calendar_pieces import plain

_EN_FOR: Final = (
    r" for (?:(?:your|the|this|that|all|all of|such|a|so|very|really|quick|fast|prompt|speedy|rapid"
    r"|swift|great|kind|friendly|excellent|good|helpful|detailed|useful|clear|wonderful|amazing"
    r"|immediate|super) )*(?:help|support|news|reply|response|answer|feedback|assistance|service"
    r"|information|info|explanation|clarification|update|patience|understanding|time|effort|efforts"
    r"|work|hard work|e-?mail|message|advice|cooperation|solution|care|attention|turnaround"
    r"|(?:getting|coming) back to (?:me|us)|helping(?: me| us)?(?: out)?|letting (?:me|us) know"
    r"|(?:fixing|sorting|solving|resolving|clarifying|confirming|looking into|dealing with"
    r"|taking care of) (?:it|this|that)(?: all)?(?: out)?|all you have done|everything|that|this"
    r"|it)(?: with (?:me|us|this))?(?: (?:so|very|really)? ?(?:quickly|fast|promptly|swiftly"
    r"|soon))?"
)
_DE_FOR: Final = (
    r" für (?:(?:die|das|den|ihre|ihren|eure|euren|deine|deinen|dein|ihr|euer|so|sehr|wirklich|all"
    r"|(?:schnell|rasch|prompt|gut|toll|super|nett|freundlich|kompetent|ausführlich|unkompliziert"
    r"|hilfreich|zügig|umgehend|unglaublich|klasse)(?:e|en|er|es)?) )*"
    r"(?:hilfe|unterstützung|antwort|rückmeldung|mühe|mühen|bemühungen|support|infos?"
    r"|information|informationen|erklärung|service|bearbeitung|erledigung|auskunft|lösung|geduld"
    r"|zeit|feedback|e-?mail|nachricht|einsatz|aufklärung|reaktion|verständnis|alles|hinweis"
    r"|tipp|kulanz|freundlichkeit|betreuung"
    r"|beratung|klärung|behebung|entgegenkommen|zusendung|lieferung|bestätigung|engagement)"
)
_RU_FOR: Final = (
    r" за (?:(?:вашу?|ваше|ваши|такой|такую|всю|все|быстр(?:ый|ую|ое)|оперативн(?:ый|ую|ое)"
    r"|подробн(?:ый|ую|ое)|отличн(?:ый|ую|ое)|скор(?:ый|ую|ое)|своевременн(?:ый|ую|ое)) )*"
    r"(?:ответ|помощь|поддержку|информацию|разъяснени[ея]|оперативность|внимание|работу|содействие"
    r"|терпение|понимание|заботу|консультацию|объяснение|решение|скорость|доставку|замену"
    r"|пояснени[ея]|уточнение|отзывчивость|сервис|обслуживание"
    r"|все|письмо|подсказку|совет|обратную связь)"
)
_IT_FOR: Final = (
    r" (?:per|del|della|dell') ?(?:(?:il|la|lo|i|le|gli|vostr[oa]|su[oa]|tu[oa]|rapid[oa]|celere"
    r"|veloce|pront[oa]|cortese|gentile|prezios[oa]|ottim[oa]|grande|tempestiv[oa]|immediat[oa]"
    r"|utili?) )*(?:l'|un')?(?:aiuto|risposta|riscontro|supporto|assistenza|disponibilità|cortesia"
    r"|gentilezza|informazion[ei]|collaborazione|tempo|pazienza|chiariment[oi]|spiegazione|celerità"
    r"|velocità|rapidità|attenzione|servizio|soluzione|lavoro|tutto|consiglio|professionalità"
    r"|impegno|efficienza|sollecitudine|tempestività|premura|interessamento|comprensione|info)"
)

CORE: Final = {
    "en": (
        r"(?:(?:many|big|huge|lots of|so many) )*(?:thanks|thanx|thnx|thx|tks|ty|tysm|thank "
        r"(?:you|u)"
        r"|cheers|much appreciated)(?: (?:you|u|a lot|a million|a bunch|ever so|so|very|much|again"
        r"|indeed|all|both|everyone|everybody|team|guys|folks|sir|madam|once more|once again))*"
        rf"(?:{_EN_FOR})?",
        r"(?:(?:i|we) )?(?:really |greatly |highly |very much )?appreciate (?:it|that|this|your "
        r"help"
        r"|the help|your support)(?: very much| a lot| so much)?",
        r"(?:(?:everything|all|it|this|that)(?:'s| is| has been)? )?(?:now |all )?(?:working|works"
        r"|worked|sorted|solved|resolved|fixed)(?: (?:now|again|perfectly|fine|well|great|a treat"
        r"|like a charm|as expected|out|for me|here|on my end|on my side))*",
        r"(?:(?:it|they|everything|all|this|(?:the|my) (?:parcel|package|order|delivery|letter))"
        r"(?:'s| has| have|'ve)? )?(?:just |now |all |already )?arrived(?: (?:today|yesterday"
        r"|safely"
        r"|this morning|safe and sound|in perfect condition|in one piece|just now|already|now))*",
        r"(?:(?:that|this|it)(?:'s| is| was)|what|such) (?:(?:really|very|so|an?) )*(?:great|good"
        r"|wonderful|fantastic|excellent|brilliant|lovely|amazing|perfect|quick|fast)(?: (?:news"
        r"|service|support|help|work|to (?:hear|know)))?",
        r"ta(?: very much)?|you(?:'re| are) (?:a |an |all |the )?(?:stars?|legends?|best|angels?"
        r"|great|amazing|awesome|fantastic|lifesavers?)|(?:you )?made my day|(?:i'm|i am|we're"
        r"|we are)"
        r" (?:(?:very|so|really) )*(?:grateful|impressed|relieved)|(?:so|very|super|really)"
        r" (?:fast|quick|helpful|kind|grateful)(?: of you)?",
        r"(?:everything|all|it|this|that)(?:'s| is| has been)? (?:now |all )?(?:working|works"
        r"|worked"
        r"|fine|good|perfect|sorted|solved|resolved|fixed|clear|set)(?: (?:now|again|perfectly|fine"
        r"|well|great|like a charm|as expected|out|for me|here|on my end|on my side))*",
        r"(?:(?:the|my|this|our) )?(?:problem|issue|matter|question)(?:'s| is| has been| was)? "
        r"(?:now )?"
        r"(?:solved|resolved|fixed|sorted|gone|settled|answered)(?: (?:now|out))*",
        r"(?:that|this|it|you)(?:'ve| have| was| has|'s| is| are|'re)? (?:(?:really|very|so|been"
        r"|just)"
        r" )*(?:helped|helpful|did it|did the trick|solved it|fixed it|kind|great|wonderful|the "
        r"best"
        r"|a great help|a big help|awesome|brilliant|amazing)(?: (?:a lot|me|us|very much))*",
        r"(?:perfect|great|wonderful|awesome|excellent|brilliant|fantastic|amazing|lovely|super"
        r"|cool"
        r"|nice|well done|(?:good|great) (?:job|work|service|support))",
    ),
    "de": (
        r"(?:(?:(?:ganz|recht) )?(?:herzlichen|vielen|lieben|besten|schönen|großen|tausend|1000)"
        r"(?: (?:lieben|herzlichen))? dank|danke(?:schön| schön| sehr| vielmals)?|merci|thx|thanks"
        r"|(?:(?:ich|wir) )?(?:be)?danken? (?:mich|uns|ihnen|euch|dir))"
        r"(?: (?:nochmals?|noch einmal|auch|euch|ihnen|dir|an alle|ans team|vielmals|sehr|herzlich"
        rf"|ganz|recht|mal))*(?:{_DE_FOR})?",
        r"(?:(?:es|das|alles|jetzt|nun) )*(?:hat )?(?:alles |wunderbar |super |gut |prima "
        r")?(?:geklappt"
        r"|funktioniert|läuft|klappt|geholfen|gelöst|erledigt)(?: (?:jetzt|nun|wieder|alles|so|sehr"
        r"|mir|uns|gut|super|bestens|einwandfrei|prima|perfekt|wunderbar|tadellos))*",
        r"(?:(?:es|das|alles|jetzt|nun) )+(?:geht|passt|gut|in ordnung|bestens|super|okay|ok)"
        r"(?: (?:jetzt|nun|wieder|alles|so|gut|super|bestens))*",
        r"(?:das|es) (?:ging|war|ist|lief) (?:(?:ja|aber|wirklich|echt|sehr|richtig|super)"
        r" )*(?:schnell"
        r"|fix|flott|toll|klasse|nett|lieb|prima|super|zügig)(?: von (?:ihnen|euch|dir))?",
        r"(?:(?:es|alles|das|(?:das|mein) paket|die (?:ware|lieferung|sendung)|paket|ware) )?(?:ist"
        r" |sind )?(?:(?:heute|gestern|gut|heil|schon|bereits|alles|eben|gerade|wohlbehalten"
        r"|jetzt|nun)"
        r" )*(?:angekommen|eingetroffen)",
        r"passt (?:alles|jetzt|wunderbar|perfekt|super)|alles (?:bestens|gut|super|prima|perfekt"
        r"|in ordnung|erledigt|geklärt)|(?:das )?freut (?:mich|uns)(?: sehr)?|(?:sie sind|du bist"
        r"|ihr seid) (?:ein schatz|spitze|die besten|toll|klasse|super)",
        r"(?:das|sie|ihr|du) (?:hat|haben|habt|hast) (?:(?:mir|uns|sehr|wirklich|super|gut|toll) )*"
        r"(?:geholfen|weitergeholfen)",
        r"(?:(?:das|mein|unser) )?(?:problem|thema|frage|anliegen)(?: ist| wurde| hat sich)? "
        r"(?:(?:damit|somit|nun|jetzt) )*(?:gelöst|behoben|erledigt|geklärt|beantwortet)",
        r"(?:(?:das ist|ihr seid|sie sind|ist) )?(?:(?:ja|echt|wirklich|sehr) )*(?:super|perfekt"
        r"|prima"
        r"|toll|klasse|wunderbar|großartig|genial|spitze|ausgezeichnet|hervorragend|fantastisch|top"
        r"|mega|bestens|nett|freundlich|die besten)",
    ),
    "ru": (
        r"(?:(?:большое|огромное) )*(?:спасибо|благодар(?:ю|им)|спс|пасиб(?:о|ки)?|благодарствую)"
        r"(?: (?:вам|вас|тебе|большое|огромное|еще раз|всем|очень|и))*"
        rf"(?:{_RU_FOR})?",
        r"(?:(?:я|мы) )?(?:(?:очень|искренне) )?(?:вам )?(?:признател(?:ен|ьна|ьны)"
        r"|благодар(?:ен|на|ны))"
        r"(?: вам)?(?: за (?:помощь|ответ|поддержку))?",
        r"(?:(?:у меня|у нас|да|теперь|все|уже|снова|опять) )*(?:работает|заработал[оаи]?"
        r"|получилось"
        r"|помогло|решено|решилось|исправлено|наладилось)(?: (?:теперь|снова|отлично|прекрасно"
        r"|как надо|исправно|хорошо))*",
        r"(?:(?:все|посылка|заказ|письмо|товар) )?(?:(?:уже|сегодня|вчера|благополучно) )*"
        r"(?:пришл[ао]|пришел|дошл[ао]|дошел|доехал[ао]?)(?: (?:сегодня|вчера|вовремя))*",
        r"(?:(?:очень|просто|меня|нас|так) )+(?:выручили|помогли)|ура|(?:очень|так|все) (?:быстро"
        r"|оперативно|приятно)|вопросов (?:больше )?нет",
        r"все (?:теперь )?(?:хорошо|отлично|в порядке|ок|нормально|супер|понятно|ясно)",
        r"(?:(?:моя|наша|мой|наш) )?(?:проблема|вопрос|задача)(?: теперь| уже)? (?:решена?"
        r"|решил(?:ась|ся)"
        r"|закрыта?|снята?|устранена|исчезла)",
        r"вы (?:(?:мне|нам|очень|просто) )*(?:помогли|супер|лучшие|молодцы|выручили)",
        r"(?:отлично|прекрасно|замечательно|великолепно|супер|класс|круто|здорово|молодцы|идеально"
        r"|чудесно|шикарно)",
    ),
    "it": (
        r"(?:(?:(?:mille|molte|tante|infinite) )*grazie|(?:(?:vi|la|ti|le) )?ringrazi(?:o|amo)"
        r"|(?:sentiti|i miei|tanti) ringraziamenti|grz)"
        r"(?: (?:mille|tante|infinite|molte|di cuore|ancora|davvero|a (?:voi|lei|te|tutti)|di tutto"
        rf"|tanto|molto|moltissimo|infinitamente|e))*(?:{_IT_FOR})?",
        r"(?:(?:ora|adesso|tutto|è|e') )*(?:funziona|risolto|sistemato)(?: (?:ora|adesso|tutto"
        r"|perfettamente|bene|benissimo|di nuovo|correttamente))*",
        r"(?:(?:ora|adesso|è) )?tutto (?:a posto|ok|bene|perfetto|chiaro)(?: ora| adesso)?",
        r"(?:il )?problema (?:è stato |è |e' )?(?:risolto|sistemato)",
        r"(?:ho|abbiamo) risolto|ha funzionato(?: tutto)?|siete (?:stati )?(?:gentilissimi|grandi"
        r"|i migliori|fantastici|bravissimi|molto gentili|gentili)|(?:molto )?gentil(?:e"
        r"|issim[oai])",
        r"(?:è |e' )?(?:tutto )?(?:arrivat[oaie]|ricevut[oaie])(?: (?:tutto|oggi|ieri|stamattina"
        r"|il pacco|la merce))*|va benissimo|(?:ottim[oa]|eccellente|gran|bel) (?:servizio|lavoro"
        r"|supporto|assistenza)|(?:molto|davvero|veramente) (?:gentil[ei]|veloci|rapidi|utile)"
        r"|siete stati (?:velocissimi|rapidissimi|preziosi|bravissimi)",
        r"(?:perfetto|ottimo|benissimo|fantastico|eccellente|splendido|meraviglioso|brav(?:i"
        r"|issimi)"
        r"|molto bene|super)",
    ),
}
ALONG: Final = {
    "en": r"ok|okay|k|alright|all right|understood|got it|received|noted|will do|fine|good|and"
    r"|so|oh"
    r"|wow|yay|really|all clear|your (?:help|patience|support|time|understanding|efforts?)"
    r"(?: with (?:me|us|this))?",
    "de": r"ok|okay|alles klar|verstanden|erhalten|angekommen|in ordnung|gut|und|passt|klar"
    r"|bekommen|dann|(?:die|ihre|eure|deine) (?:hilfe|geduld|unterstützung|mühe|zeit)",
    "ru": r"ок|окей|хорошо|понял[аи]?|понятно|ясно|принято|получил[аи]?|получено|договорились|и"
    r"|ладно|учту|(?:вашу?|ваше) (?:помощь|терпение|понимание|внимание|поддержку)"
    r"|(?:помощь|терпение|понимание|внимание)",
    "it": r"ok|okay|va bene|d'accordo|ricevuto|capito|chiaro|e|bene|inteso"
    r"|(?:la|per la)(?: (?:sua|vostra))? (?:pazienza|disponibilità|cortesia|gentilezza"
    r"|comprensione)",
}
KIND: Final = {
    "en": r"(?:(?:i|we) wish you |have |enjoy )?(?:a |an |your )?(?:very )?(?:nice|great|good"
    r"|lovely"
    r"|wonderful|pleasant|beautiful|happy|relaxing) (?:day|weekend|evening|week|afternoon|morning"
    r"|rest of (?:the|your) (?:day|week)|time|holidays?|one)(?: ahead| too| as well)?"
    r"|(?:you|same to you|to you) too|same to you|likewise|take care|stay safe|merry christmas"
    r"|happy (?:new year|easter)|bye|goodbye|god bless(?: you)?|x{1,3}|xoxo|keep up the (?:good"
    r"|great) work",
    "de": r"(?:(?:ich|wir) wünschen? )?(?:ihnen |euch |dir )?(?:noch )?(?:einen |ein |eine "
    r")?(?:schön"
    r"|gut|angenehm|erholsam|sonnig|toll|wunderschön)(?:en|es|e) (?:tag|abend|wochenende|woche"
    r"|nachmittag|feierabend|start in die woche|zeit|feiertage)(?: noch)?|ebenso|ebenfalls"
    r"|gleichfalls"
    r"|(?:ihnen|euch|dir) auch|bleiben sie gesund|bleibt gesund|frohe (?:weihnachten|ostern)"
    r"|guten rutsch|bis (?:dann|bald)|tschüss|ciao",
    "ru": r"(?:желаю |желаем )?(?:вам |тебе )?(?:хорош|отличн|прекрасн|приятн|добр|удачн"
    r"|чудесн)(?:[ео]го|их|ых)"
    r"(?: вам| тебе)? (?:рабочего )?(?:дня|вечера|выходных|недели|утра|времени суток)"
    r"|(?:и )?вам (?:того же|тоже|также)|и вам|взаимно|всего (?:доброго|хорошего|наилучшего)"
    r"|удачи(?: вам)?|успехов(?: вам)?|до свидания|с (?:наступающим|новым годом|праздником"
    r"|праздниками)",
    "it": r"(?:(?:vi|le|ti) augur(?:o|iamo) )?(?:una |un )?(?:buon[ae]?|felice|serena|sereno"
    r"|splendida)"
    r" (?:giornata|serata|lavoro|weekend|fine settimana|settimana|pomeriggio|proseguimento|vacanze"
    r"|feste|natale|pasqua|anno|domenica|notte|continuazione)(?: a (?:voi|lei|te|tutti))?"
    r"|(?:e )?anche a (?:voi|lei|te)|altrettanto|a presto|arrivederci|ciao|auguri",
}
# Names may follow these in the same breath.
GREETING: Final = (
    r"hi|hello|hey|dear|hi there|hello there|good (?:morning|afternoon|evening|day)"
    r"|hallo|moin|servus|grüß gott|grüezi|guten (?:tag|morgen|abend)|lieber?|liebes|sehr geehrter?"
    r"|(?:sehr geehrte|liebe) damen und herren|hallo zusammen|hallo lieber?"
    r"|здравствуйте?|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|привет"
    r"|приветствую|уважаем(?:ый|ая|ые)|дорог(?:ие|ая|ой)|уважаемые коллеги|коллеги"
    r"|ciao|salve|buongiorno|buonasera|buon (?:giorno|pomeriggio)|buona sera|gentil(?:e|i"
    r"|issim[aoi])"
    r"|egregi[oa]?|car[aoi]|spettabile|spett"
)
# After one of these stand names, and what people put below them.
SIGN_OFF: Final = (
    r"(?:with )?(?:(?:my )?best|kind|kindest|warm|warmest|many|friendly)(?: and \w+)? (?:regards"
    r"|wishes"
    r"|greetings)|regards|best|sincerely|yours(?: sincerely| faithfully| truly)?|greetings|br|kr"
    r"|rgds"
    r"|all the best|(?:mit )?(?:freundlich|best|lieb|viel|herzlich|schön|sonnig|nett)(?:e|en|em)"
    r" gr(?:ü|u|ue)(?:ß|ss)(?:e|en)?|mit bestem dank(?: und gruß)?|mfg|lg|vg|gr(?:ü|u|ue)(?:ß|ss)e?"
    r"|hochachtungsvoll|ihre?|eure?|euer|(?:с )?(?:уважением|наилучшими пожеланиями|благодарностью"
    r"|признательностью|добрыми пожеланиями)|ваша?|(?:i (?:miei|nostri) )?(?:più )?(?:cordiali"
    r"|distinti|migliori|cari) saluti|cordialmente|saluti|cordialità|un (?:caro |cordiale )?saluto"
    r"|un abbraccio|in fede|tanti saluti"
)
TITLES: Final = frozenset(
    "mr mrs ms miss dr prof herr herrn frau team support signor signora signore sig sigra dott "
    "dottor"
    " dottoressa dottssa ing господин госпожа команда".split()
)
# No name, whatever its letters are like: what is said, asked and wanted in one word.
NO_NAMES: Final = frozenset(
    plain(
        "bitte please prego пожалуйста per ps p.s aber but ma но not nicht non не ich i wir we"
        " io noi"
        " я мы no yes my your you me us it is are was were do does did can could will would should"
        " call cancel cancellation order refund return urgent asap important new address iban"
        " complaint reminder invoice question still again broken wrong missing change stop"
        " unsubscribe delete remove kündigung rückruf storno stornierung widerruf rechnung"
        " reklamation beschwerde wichtig dringend eilt erinnerung mahnung neu neue neuer neues"
        " frage"
        " bestellung rückgabe umtausch erstattung adresse adressänderung nachtrag achtung mein"
        " meine"
        " отмена возврат срочно важно жалоба новый новая новое заказ вопрос счёт адрес перезвоните"
        " внимание disdetta rimborso reso urgente importante reclamo nuovo nuova ordine fattura"
        " domanda indirizzo annullare annullamento attenzione"
        # Not what may be the name of a department: a parcel, a delivery, help.
        " money damaged late never nothing fehlt fehlen fehlte kaputt defekt geld nichts nie falsch"
        " soldi denaro rotto rotta manca mancante niente mai деньги верните вернуть возвратите"
        " сломан сломано сломана помогите ничего никогда"
        " nein noch offen immer anrufen zurückrufen melden richiamatemi richiamate chiamatemi"
        " chiamate rispondete ancora нет ещё еще позвоните ответьте reply answer"
    ).split()
)

JA_CORE: Final = (
    r"(?:ありがとう|有り?難う)(?:ござい|御座い)?(?:ます|ました)?|感謝(?:です|して(?:い|お)ります"
    r"|いたします|致します|します|申し上げます)|(?:厚く)?(?:お|御)礼(?:を)?申し上げます"
    r"|(?:とても|大変|本当に)?助かりました|サンキュー|(?:問題|不具合)?(?:は|が|も)?(?:無事に?)?"
    r"(?:解決|解消)(?:し|いたし|致し|され|でき)ました|(?:無事に?)(?:届き|直り|でき|動き|受け取り)ました"
    r"|(?:荷物|商品|メール|書類)?(?:は|を|が)?(?:無事に?)?(?:届きました|受け取りました|受領(?:いた)?しました)"
    r"|うまくいきました|直りました|(?:取り急ぎ|まずは)?(?:お|御)礼まで"
)
JA_ALONG: Final = (
    r"確認(?:いた|でき)?(?:し)?ました|確認致しました|本日|今日|今朝|さっそく|すばやい|早い|確かに|ほんとうに"
    r"|心より|心から|改めて|重ねて|お気遣い|お忙しい(?:中|ところ)|お送り|お届け|皆(?:様|さん)"
    r"|誠に|本当に|大変|どうも|早速|迅速|(?:ご)?丁寧|いつも|この度|今回|先日|昨日|色々|いろいろ|早々"
    r"|早急|素早い|わかりやすい|分かりやすい|親切|とても|すぐ|(?:ご|お)?(?:返信|対応|返事|回答|連絡"
    r"|説明|案内|手配|協力|教示|知らせ|確認|支援|力添え|配慮|心遣い|手数|教え|助言)|サポート|情報|メール"
    r"|アドバイス|いただき(?:まして)?|頂き(?:まして)?|いただいて|頂いて|くださり|下さり|くださって|下さって"
    r"|おかけし(?:まして)?|承知(?:いた|致)?しました|了解(?:です|(?:いた)?しました)?|(?:わかり|分かり)ました"
    r"|おかげ(?:さま|様)?で|お陰(?:さま|様)?で|な|に|の|を|は|も|と|で|まして"
)
JA_KIND: Final = (
    r"(?:いつも)?(?:大変)?お世話になっ?(?:ております|ています|ります|りました)|お疲れ(?:様|さま)です"
    r"|こんにちは|おはようございます|こんばんは|今後とも(?:どうぞ|何卒)?(?:宜しく|よろしく)お願い(?:いた|致)?"
    r"(?:し|申し上げ)ます|また(?:何か)?(?:あり|ござい)ましたら(?:どうぞ)?(?:宜しく|よろしく)お願い(?:いた|致)?"
    r"(?:し|申し上げ)ます|失礼(?:いた|致)?し(?:ます|ました)|良い(?:週末|一日|お年)を(?:お過ごしください|お迎えください)?"
    r"|取り急ぎ(?:ご連絡)?まで|敬具|草々|お手数(?:を)?(?:お)?(?:かけ|掛け)(?:いた)?しました"
    r"|恐れ入ります|(?:サポート|担当|カスタマー(?:サポート|サービス)|皆)(?:者|の皆|チーム|センター)?(?:様|さま|御中)+"
    r"|ご担当者様"
)
JA_AFTER_NAME: Final = r"(?:様|さま|さん|です|と申します|より|拝|御中|でございます)"
