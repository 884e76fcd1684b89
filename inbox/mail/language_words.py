"""The small words of languages: those which nearly every sentence has, and the letters which only
one of them writes. Languages are here to be found, or so that a relative is not taken for them.
"""

from __future__ import annotations

CYRILLIC = frozenset({"uk", "ru", "bg", "be", "sr"})
# Letters that only one language of its alphabet here writes, and those that one never does.
OWN_LETTERS = {
    "de": "ß",
    "fr": "œ",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "pl": "łżźśń",
    "cs": "řěů",
    "sk": "ľĺŕ",
    "hu": "őű",
    "lt": "ėįų",
    "lv": "āēīņļģķ",
    "tr": "ğış",
    "ro": "țșţ",
    "uk": "їєґ",
    "ru": "ыэё",
    "be": "ў",
    "sr": "ђћљњ",
}
FOREIGN_LETTERS = {"ru": "ўђћљњїєґі", "uk": "ыэёъў", "bg": "ыэёіїєў"}
_WORDS = {
    "en": """
        the and to of a in is you that it for on are with as i this have not be at we my from
        or your can was please an would but if me has will so could there when what do our
        they had
        did get got hello thanks thank more all been just its were their which then than
    """,
    "de": """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch
        es an ich wir sie bitte haben habe ihre ihr mir uns bei oder aber noch wenn wie wird
        kann einen nach
    """,
    "fr": """
        le la les de des et un une du que est pour dans qui pas sur je vous nous il ne ce plus
        avec au par mon ma mes votre notre bonjour merci cette mais ou sont été ai avez c'est
        j'ai n'est
    """,
    "es": """
        el la los las de que y en un una por con no para se es lo como más pero su al del mi
        me le hola gracias este esta si ha he muy cuando sin sobre también estoy nos usted
        favor puede
    """,
    "it": """
        il lo la gli le di che e un una per non con si da in del della al alla sono ho mi è
        anche come ma più questo questa grazie ciao buongiorno ci nel se vorrei mio mia vi o
        dei delle avete
    """,
    "pt": """
        o a os as de que e em um uma para com não por do da dos das no na se mais eu é meu
        minha obrigado obrigada olá bom dia você foi ao como mas esta este já está pelo pela
        são vocês
    """,
    "ca": """
        el la els les de que i en un una per amb no és es al del més però com si bon dia
        gràcies aquest aquesta hem tinc sóc molt ens meva seva quan també ho ha he
    """,
    "nl": """
        de het een en van ik in is dat op te niet met voor zijn er aan wij heb u mijn ook om
        maar als bij kunt graag naar deze dit nog wel uw kan hebben bedankt worden wat door
        heeft over je
    """,
    "pl": """
        w i na się nie z do to że jest o jak po co czy za od mnie mi ale proszę dzień dobry
        przez mam pan pani są dla tego już tylko był lub ze oraz państwa jestem dziękuję moje
        więc
    """,
    "cs": """
        a v na se je že to s z do o i za ale jsem by si jak pro tak po dobrý den prosím děkuji
        není mi vás jsou nebo než od už bych ve který jen byl mám může ještě ze k kdy
    """,
    "sk": """
        a v na sa je že to s z do o i za ale som by si ako pre tak po dobrý deň prosím ďakujem
        nie mi vás sú alebo než od už bez ktorý len bol mám môže ešte zo k keď čo pri
    """,
    "sl": """
        in je v na se da za ne so z s pa ki po od kot tudi bi sem lahko ali še prosim hvala
        dan dober smo vas nam ste že kaj pri ko bo ni o do
    """,
    "hr": """
        i je u na se da za ne su s od a što koji kao ili bi sam mi vam hvala molim dobar dan
        ali nije kako iz do po već smo može samo to me o
    """,
    "sv": """
        och i att det som en på är av för med jag till den har inte om ett men vi kan mig så
        från hej ni er när tack var mina min mitt hur eller ska skulle finns där nu vill
    """,
    "da": """
        og i at det er en til på som de med for ikke den jeg der et har af vi om kan mig fra
        hej jeres men så eller når min mit tak hvis hvor blev skal ville også meget nu bliver
    """,
    "nb": """
        og i det er en til på som med for ikke den jeg der et har av vi om kan meg fra hei
        dere men så eller når min mitt takk hvis hvor ble skal ville også nå hva blir noe vil
    """,
    "fi": """
        ja on ei se että en oli hän mutta ovat kun olen myös niin kuin jos tai minun ole voi
        mitä sitä hei kiitos kanssa nyt vielä tämä sen minulle ette olisi voisitteko siitä
        joka
    """,
    "et": """
        ja on ei et see ma ta kui oli mis aga ka ning või teie meie tere palun aitäh kas siis
        veel oma seda kes nii olen oleks selle mida ole väga
    """,
    "lt": """
        ir į kad yra su iš apie ar kaip aš mano jūsų bet tai ne dėl už prašau ačiū laba diena
        dar kai jau buvo mes jis nuo labai
    """,
    "lv": """
        un ir ka no par ar uz es mēs jūs bet kā vai nav tas lūdzu paldies labdien lai mana jau
        vēl bija kas ja pie līdz ļoti
    """,
    "hu": """
        a az és hogy nem is egy van meg ez de csak már kell el mint ki ha még azt lehet mert
        volt kérem köszönöm tisztelt üdvözlettel nekem vagy ezt kérdés szeretném vagyok minden
        után
    """,
    "tr": """
        ve bir bu için de da ile ne çok ama daha var gibi olarak ben en mi mu değil kadar
        merhaba teşekkürler nasıl bana siz lütfen sonra ya yok oldu her şey benim olan iyi
        ederim
    """,
    "id": """
        dan yang di ini itu dengan untuk tidak dari saya ke anda akan pada kami ada bisa mohon
        terima kasih sudah juga atau apakah belum karena selamat
    """,
    "ro": """
        și în de la a cu nu pe o un să că mai din este sunt am pentru care se bună ziua
        mulțumesc dar fost au vă rog ne prin sau după dacă nici fi această acest meu mea si sa
        ca va
    """,
    "uk": """
        і в на що не з та до у як це я за для ми ви мені є про але його від ще так по або чи
        будь ласка дякую доброго дня вже можна був була нам вас якщо коли щоб мій моє через
    """,
    "ru": """
        и в не на что я с по это как мы вы у за из для но к от мне так же о бы вас нам
        пожалуйста спасибо здравствуйте добрый день уже есть был была если или когда чтобы мой
        только через до ещё
    """,
    "bg": """
        и на да в се не за с от е че са по но как съм това ми ви моля благодаря здравейте към
        като има беше или още ще мога може при този тази имам няма какво тя той сме
    """,
    "be": """
        і ў на не што з у да як гэта я мы вы для але мне ад ці дзякуй калі ласка ёсць быў ужо
        яго добры дзень вас нам каб толькі можна
    """,
    "sr": """
        и у је на да се са за не од су то као што ми али би сам до по није или хвала молим
        добар дан како вас нам само још када који
    """,
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
