"""Where the lines that say who wrote what is quoted begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.attribution import attribution_length, attributions
from inbox.mail.disclaimer import is_disclaimer

LINES = (
    "",
    " ",
    "Hello Pat,",
    "this is what I mean:",
    "> which size?",
    ">> forty two",
    "On Mon, 5 Jan 2026 at 10:14, Ann Lee <ann@desk.example> wrote:",
    "On Mon, 5 Jan 2026 at 10:14, Ann Lee",
    "<ann@desk.example> wrote:",
    "Am 05.01.2026 um 10:14 schrieb Ann Lee:",
    "05.01.2026 10:14 пользователь Ann написал：",
    "x" * 500 + ":",
)


@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_all_are_found_in_one_pass_as_line_by_line(lines: list[str]) -> None:
    one_by_one = {at: attribution_length(lines, at) for at in range(len(lines))}

    assert attributions(lines) == {at: length for at, length in one_by_one.items() if length}


def test_what_a_disclaimer_says_is_looked_for_in_every_language() -> None:
    for said in (
        "This e-mail is confidential. If you received it by mistake, delete it.",
        "Diese Nachricht ist vertraulich und nur für den Adressaten bestimmt.",
        "Ce courriel est confidentiel. Merci de supprimer s'il vous est parvenu par erreur.",
        "Questo messaggio è riservato al destinatario.",
        "Este correo es confidencial y va dirigido a su destinatario.",
        "Esta mensagem é confidencial; se a recebeu por engano, elimine-a.",
        "Dit bericht is vertrouwelijk en bestemd voor de geadresseerde.",
        "Ta wiadomość jest poufna i przeznaczona dla adresata.",
        "Это сообщение конфиденциально и предназначено только адресату.",
        "Цей лист конфіденційний і призначений лише одержувачу.",
        "本メールは機密情報を含みます。誤って受信された場合は削除してください。",
        "本邮件包含机密信息，如果您不是收件人，请立即删除本邮件及其附件。",
        "Sitz der Gesellschaft: Berlin, Amtsgericht Charlottenburg HRB 1234",
        "Company registration 1234, VAT number GB 99 9999, registered office London",
        "Virus-free. www.scanner.example",
        "Bitte denken Sie an die Umwelt, bevor Sie drucken",
        "Проверено на вирусы программой",
    ):
        assert is_disclaimer(said), said
    assert not is_disclaimer("This message in our shop is wrong: it says the price is in dollars.")
