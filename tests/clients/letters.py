"""Letters in twelve languages: what a customer asks, and what is answered to each question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """Two questions of one side and an answer of the other to each, with a greeting and a name."""

    greeting: str
    questions: tuple[str, str]
    answers: tuple[str, str]
    closing: str

    @property
    def letter(self) -> str:
        """The questions as a letter."""
        return "\n\n".join((self.greeting, *self.questions, self.closing))


TALKS = {
    "en": Talk(
        "Good morning,",
        (
            "The boots that you sent me last week are too small, although I ordered size 42 as "
            "always. Can I exchange them for a larger pair without paying the postage twice?",
            "And the second pair has not arrived yet: the parcel service says that it was "
            "returned to you on 17 November. When will it be sent again?",
        ),
        (
            "Yes, of course: please use the label that lies in the parcel.",
            "It left our house this morning and should reach you on Thursday.",
        ),
        "Best wishes\nPat Lee",
    ),
    "de": Talk(
        "Guten Morgen,",
        (
            "die Stiefel, die Sie mir letzte Woche geschickt haben, sind zu klein, obwohl ich wie "
            "immer Größe 42 bestellt hatte. Kann ich sie gegen ein größeres Paar umtauschen, "
            "ohne das Porto zweimal zu bezahlen?",
            "Das zweite Paar ist außerdem noch nicht angekommen: Der Paketdienst sagt, es sei am "
            "17. November an Sie zurückgegangen. Wann wird es noch einmal verschickt?",
        ),
        (
            "Ja, natürlich: Bitte verwenden Sie den Aufkleber, der im Paket liegt.",
            "Es hat heute früh unser Haus verlassen und sollte am Donnerstag bei Ihnen sein.",
        ),
        "Viele Grüße\nPat Lee",
    ),
    "fr": Talk(
        "Bonjour,",
        (
            "Les bottes que vous m'avez envoyées la semaine dernière sont trop petites, alors que "
            "j'avais commandé du 42 comme toujours. Puis-je les échanger contre une paire plus "
            "grande sans payer deux fois le port ?",
            "De plus, la deuxième paire n'est pas encore arrivée : le transporteur dit qu'elle "
            "vous a été retournée le 17 novembre. Quand sera-t-elle renvoyée ?",
        ),
        (
            "Oui, bien sûr : utilisez l'étiquette qui se trouve dans le colis.",
            "Elle a quitté notre maison ce matin et devrait vous parvenir jeudi.",
        ),
        "Bien à vous\nPat Lee",
    ),
    "it": Talk(
        "Buongiorno,",
        (
            "gli stivali che mi avete spedito la settimana scorsa sono troppo piccoli, anche se "
            "avevo ordinato il 42 come sempre. Posso cambiarli con un paio più grande senza "
            "pagare due volte la spedizione?",
            "Inoltre il secondo paio non è ancora arrivato: il corriere dice che vi è stato "
            "restituito il 17 novembre. Quando sarà spedito di nuovo?",
        ),
        (
            "Certo: usi pure l'etichetta che si trova nel pacco.",
            "È partito questa mattina e dovrebbe arrivare da Lei giovedì.",
        ),
        "Cordiali saluti\nPat Lee",
    ),
    "es": Talk(
        "Buenos días:",
        (
            "Las botas que me enviaron la semana pasada son demasiado pequeñas, aunque pedí la "
            "talla 42 como siempre. ¿Puedo cambiarlas por un par más grande sin pagar dos veces "
            "el envío?",
            "Además, el segundo par todavía no ha llegado: la empresa de transporte dice que les "
            "fue devuelto el 17 de noviembre. ¿Cuándo lo volverán a enviar?",
        ),
        (
            "Sí, por supuesto: utilice la etiqueta que está dentro del paquete.",
            "Salió de nuestra casa esta mañana y debería llegarle el jueves.",
        ),
        "Un saludo\nPat Lee",
    ),
    "ru": Talk(
        "Добрый день!",
        (
            "Сапоги, которые вы прислали мне на прошлой неделе, оказались малы, хотя я, как "
            "всегда, заказывал 42 размер. Можно ли обменять их на пару побольше и не платить за "
            "пересылку дважды?",
            "Кроме того, вторая пара до сих пор не пришла: в службе доставки говорят, что "
            "17 ноября её вернули вам. Когда её отправят снова?",
        ),
        (
            "Да, конечно: воспользуйтесь наклейкой, которая лежит в посылке.",
            "Она ушла от нас сегодня утром и должна быть у вас в четверг.",
        ),
        "С уважением,\nПат Ли",
    ),
    "uk": Talk(
        "Доброго дня!",
        (
            "Чоботи, які ви надіслали мені минулого тижня, виявилися замалими, хоча я, як "
            "завжди, замовляв 42 розмір. Чи можна обміняти їх на більшу пару й не платити за "
            "пересилання двічі?",
            "Крім того, друга пара досі не надійшла: у службі доставки кажуть, що 17 листопада "
            "її повернули вам. Коли її надішлють знову?",
        ),
        (
            "Так, звичайно: скористайтеся наліпкою, що лежить у посилці.",
            "Вона вирушила від нас сьогодні вранці й має бути у вас у четвер.",
        ),
        "З повагою,\nПат Лі",
    ),
    "pl": Talk(
        "Dzień dobry,",
        (
            "buty, które przysłali mi Państwo w zeszłym tygodniu, są za małe, chociaż jak zawsze "
            "zamówiłem rozmiar 42. Czy mogę je wymienić na większe, nie płacąc dwa razy za "
            "przesyłkę?",
            "Poza tym druga para jeszcze nie dotarła: firma kurierska twierdzi, że 17 listopada "
            "została do Państwa zwrócona. Kiedy zostanie wysłana ponownie?",
        ),
        (
            "Tak, oczywiście: proszę użyć etykiety, która znajduje się w paczce.",
            "Wyszła od nas dziś rano i powinna dotrzeć w czwartek.",
        ),
        "Pozdrawiam\nPat Lee",
    ),
    "ja": Talk(
        "お世話になっております。",
        (
            "先週お送りいただいたブーツですが、いつも通り42を注文したのに小さすぎました。"
            "送料を二度払わずに、大きいサイズと交換していただけますでしょうか。",
            "また、もう一足がまだ届いておりません。配送業者によると、11月17日にそちらへ"
            "返送されたとのことです。いつ再発送していただけますか。",
        ),
        (
            "はい、もちろんです。荷物に入っているラベルをお使いください。",
            "今朝こちらを出ましたので、木曜日には届く予定です。",
        ),
        "よろしくお願いいたします。\nパット・リー",
    ),
    "zh": Talk(
        "您好：",
        (
            "上周您寄给我的靴子太小了，虽然我和往常一样订的是42码。"
            "能不能换一双大一点的，而不用再付一次运费？",
            "另外，第二双到现在还没有收到：快递公司说11月17日已经退回给你们了。"
            "请问什么时候能再寄出？",
        ),
        (
            "当然可以，请使用包裹里面附带的退货标签。",
            "今天早上已经从我们这里发出，预计星期四可以送到。",
        ),
        "此致敬礼\n李佩德",
    ),
    "pt": Talk(
        "Bom dia,",
        (
            "As botas que me enviaram na semana passada são pequenas demais, embora eu tenha "
            "pedido o número 42 como sempre. Posso trocá-las por um par maior sem pagar o porte "
            "duas vezes?",
            "Além disso, o segundo par ainda não chegou: a transportadora diz que foi devolvido "
            "a vocês em 17 de novembro. Quando será enviado novamente?",
        ),
        (
            "Sim, claro: use a etiqueta que está dentro da encomenda.",
            "Saiu da nossa casa esta manhã e deve chegar na quinta-feira.",
        ),
        "Cumprimentos\nPat Lee",
    ),
    "nl": Talk(
        "Goedemorgen,",
        (
            "De laarzen die u mij vorige week hebt gestuurd zijn te klein, hoewel ik zoals altijd "
            "maat 42 had besteld. Kan ik ze ruilen voor een groter paar zonder twee keer porto te "
            "betalen?",
            "Het tweede paar is bovendien nog niet aangekomen: de pakketdienst zegt dat het op "
            "17 november aan u is teruggestuurd. Wanneer wordt het opnieuw verzonden?",
        ),
        (
            "Ja, natuurlijk: gebruik het etiket dat in het pakket ligt.",
            "Het is vanmorgen bij ons vertrokken en zou donderdag bij u moeten zijn.",
        ),
        "Met vriendelijke groet\nPat Lee",
    ),
}
