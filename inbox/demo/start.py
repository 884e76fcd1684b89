"""`inbox demo`: choose addresses, and run the service with the sink as its only relay."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from inbox.demo.company import KAREN, NAME, PASSWORD
from inbox.run.ports import Ports
from inbox.run.serve import Plan, serve
from inbox.settings import Settings

DATA = Path("demo-data")
_SINK, _RELAY = "127.0.0.1:8090", "127.0.0.1:2526"


def run_demo(settings: Settings, *, config: Path | None = None) -> None:
    """Serve the demonstration until told to stop. Raises InboxError when it cannot be started."""
    with Ports() as ports:
        settings = demo_settings(settings, ports)
        plan = Plan(
            beside=["demo-sink"],
            first=["prepare", "demo-history"],
            then=["smtp", "web", "worker"],
            greeting=list(_greeting(settings)),
        )
        serve(plan, settings, ports, config=config)


def demo_settings(settings: Settings, ports: Ports) -> Settings:
    """The settings with free addresses, and nowhere to send but the sink; says what it changed."""

    def free(wanted: str, what: str) -> str:
        found = ports.hold_next(wanted)
        if found != wanted:
            sys.stderr.write(f"inbox: {wanted} is taken, so {what} is on {found}\n")
        return found

    return settings.model_copy(
        update={
            "data": settings.data if "data" in settings.model_fields_set else DATA,
            "web_listen": free(settings.web_listen, "the web view"),
            "demo_sink_listen": free(settings.demo_sink_listen or _SINK, "everybody's mail"),
            "smtp_listen": free(settings.smtp_listen, "the receiver"),
            "lmtp_listen": None,
            "relay_url": f"smtp://{free(_RELAY, 'the sink')}",
            "relay_tls": "off",
            "domain": None,
            "bundle_seconds": 0,  # whoever looks around waits for nothing
            "blobs": None,
            "mail_auth": "none",
        }
    )


def _greeting(settings: Settings) -> Iterator[str]:
    yield ""
    yield f"  {NAME} is open. It is a demonstration: no mail leaves this machine."
    yield ""
    yield f"  Start here      http://{settings.demo_sink_listen}   everybody's mail, what to try"
    yield f"  The web view    {settings.public_url}   {KAREN.address}, password {PASSWORD}"
    yield ""
    yield "  Ctrl-C ends it; it goes on where it was when started again."
    yield ""
