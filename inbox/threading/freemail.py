"""Domains whose addresses say nothing about an organisation."""

from __future__ import annotations

# Families that give addresses under many endings: yahoo.com, yahoo.co.jp, hotmail.it …
_FAMILIES = frozenset(
    """aol gmx hotmail live mail msn outlook proton protonmail rediffmail yahoo yandex
    ymail zoho tutanota tuta""".split()
)
_DOMAINS = frozenset(
    """
    126.com 139.com 163.com 189.cn abv.bg alice.it arcor.de att.net au.com bellsouth.net
    bigpond.com bk.ru bluewin.ch bol.com.br btinternet.com centrum.cz charter.net chello.nl
    comcast.net cox.net daum.net docomo.ne.jp duck.com earthlink.net ezweb.ne.jp fastmail.com
    fastmail.fm foxmail.com free.fr freemail.hu freenet.de gmail.com googlemail.com hanmail.net
    hey.com home.nl hushmail.com i.ua icloud.com inbox.lv inbox.ru interia.pl internode.on.net
    juno.com kernel.org kolumbus.fi kpnmail.nl laposte.net libero.it list.ru lycos.com mac.com
    mailbox.org mailfence.com me.com meta.ua mweb.co.za naver.com neuf.fr nifty.com ntlworld.com
    o2.pl onet.pl online.de online.no optonline.net orange.fr orange.net pm.me pobox.com
    poczta.onet.pl posteo.de posteo.net privaterelay.appleid.com qq.com rambler.ru rocketmail.com
    rogers.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.cn sina.com sky.com
    skynet.be softbank.ne.jp sohu.com startmail.com swissonline.ch t-online.de talktalk.net
    telefonica.net telenet.be telia.com terra.com.br tin.it tiscali.it tlen.pl tutamail.com ukr.net
    uol.com.br users.noreply.github.com verizon.net virgilio.it virginmedia.com vodafone.de
    vodafone.it volny.cz wanadoo.fr web.de wp.pl xs4all.nl xtra.co.nz ziggo.nl
    """.split()
)


def is_freemail(domain: str, registrable: str) -> bool:
    """Whether anyone may have an address there; `registrable` is the domain below its suffix."""
    if domain in _DOMAINS or registrable in _DOMAINS:
        return True
    return registrable.partition(".")[0] in _FAMILIES
