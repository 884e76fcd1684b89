"""Who may use which page, button and call: the least role for each, said apart from the code.

A route that is not here fails `tests/house/test_routes.py`: add its line, after thinking about it.
What is in conversations is besides only of one's mailboxes, whatever the role.
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi.routing import APIRoute

from inbox.api.app import PATH
from inbox.api.app import ROUTERS as OF_PROGRAMS
from inbox.api.bearer import Bearer
from inbox.asgi.deps import Allow
from inbox.asgi.health import router as health
from inbox.auth.permissions import Permission
from inbox.web.app import ROUTERS

# By the least role: nobody need be signed in, or from agent over manager to administrator.
# `monitor`: this machine, or who has the token of metrics.
ROWS = """

nobody
  /healthz GET
  /readyz GET
  /static/{digest}/{name} GET
  /sign-in GET POST
  /sign-in/links POST GET
  /sign-in/links/{token} GET POST
  /sign-in/provider GET
  /sign-in/provider/callback GET
  /sign-in/provider/sign-out GET
  /sign-in/second-step GET POST
  /setup GET POST
  /invitations/{token} GET POST
  /ratings/{token} GET POST
  /ratings/{token}/{answer} GET
  /api/v1/openapi.json GET

monitor
  /metrics GET

agent
  /session DELETE
  / GET
  /conversations GET POST
  /news GET
  /live GET
  /search GET
  /search/fields GET
  /conversations/new GET
  /conversations/new/preview POST
  /conversations/new/draft POST DELETE
  /conversations/new/texts GET POST
  /conversations/new/texts/{text_id} GET
  /statistics GET
  /statistics.csv GET
  /dispatch GET
  /dispatch/news GET
  /dispatch/assignments POST
  /dispatch/undo POST
  /workspaces GET POST
  /workspaces/rail GET
  /workspaces/{workspace_id} POST DELETE
  /workspaces/{workspace_id}/place POST
  /workspaces/{workspace_id}/restore POST
  /set-aside/{spool_id}/raw GET
  /set-aside/{spool_id}/tries POST
  /conversations/{conversation_id} GET
  /conversations/{conversation_id}/news GET
  /conversations/{conversation_id}/presence POST
  /conversations/{conversation_id}/brief GET
  /settings/sound PUT
  /palette GET
  /conversations/{conversation_id}/replies POST
  /conversations/{conversation_id}/notes POST
  /conversations/{conversation_id}/messages/{message_id} DELETE
  /uploads POST
  /uploads/{signed} GET
  /writing PUT
  /conversations/{conversation_id}/texts GET POST
  /conversations/{conversation_id}/texts/{text_id} GET
  /conversations/{conversation_id}/people GET
  /customers/known GET
  /conversations/{conversation_id}/preview POST
  /conversations/{conversation_id}/messages/{message_id}/forward GET
  /conversations/{conversation_id}/forwards POST
  /conversations/{conversation_id}/forwards/draft POST DELETE
  /conversations/{conversation_id}/forwards/preview POST
  /conversations/{conversation_id}/forwards/texts POST
  /conversations/{conversation_id}/draft POST DELETE
  /conversations/{conversation_id}/messages/{message_id}/release POST DELETE
  /marked POST
  /marked/all GET
  /closures POST
  /assignments POST
  /taggings POST
  /priorities POST
  /waits POST
  /snoozes POST
  /moves POST
  /spam POST
  /merges POST
  /marked/undo POST
  /conversations/{conversation_id}/assignee PUT POST
  /conversations/{conversation_id}/closure PUT POST DELETE
  /conversations/{conversation_id}/following PUT POST DELETE
  /conversations/{conversation_id}/promise POST
  /conversations/{conversation_id}/category POST
  /conversations/{conversation_id}/solution POST
  /conversations/{conversation_id}/history GET
  /conversations/{conversation_id}/print GET
  /conversations/{conversation_id}/merge GET
  /conversations/{conversation_id}/files/{file_id}/preview/{_name} GET
  /conversations/{conversation_id}/messages/{message_id}/files.zip GET
  /conversations/{conversation_id}/messages/{message_id}/headers GET
  /conversations/{conversation_id}/messages/{message_id}/pictures POST DELETE
  /conversations/{conversation_id}/followers DELETE
  /conversations/{conversation_id}/wait POST
  /conversations/{conversation_id}/snooze POST
  /conversations/{conversation_id}/mailbox POST
  /conversations/{conversation_id}/priority POST
  /conversations/{conversation_id}/tags POST
  /conversations/{conversation_id}/splits POST
  /conversations/{conversation_id}/messages/{message_id}/home POST
  /conversations/{conversation_id}/merge POST GET
  /conversations/{conversation_id}/spam POST DELETE
  /conversations/{conversation_id}/corrections/{event_id} DELETE
  /conversations/{conversation_id}/customer/contacts POST DELETE
  /conversations/{conversation_id}/customer/notes POST
  /conversations/{conversation_id}/customer/notes/{note_id} DELETE
  /conversations/{conversation_id}/customer/merges POST
  /conversations/{conversation_id}/customer/merges/{merge_id} DELETE
  /conversations/{conversation_id}/files/{file_id} GET
  /conversations/{conversation_id}/messages/{message_id}/raw GET
  /conversations/{conversation_id}/messages/{message_id}/html GET
  /conversations/{conversation_id}/files/{file_id}/mail GET
  /conversations/{conversation_id}/files/{file_id}/mail/html GET
  /conversations/{conversation_id}/files/{file_id}/mail/files/{part} GET
  /mailboxes/{mailbox_id}/card.vcf GET
  /settings GET
  /settings/me GET PUT
  /settings/absence PUT DELETE
  /settings/signature PUT DELETE
  /settings/notices GET PUT
  /settings/notices/{mailbox_id} PUT
  /settings/access GET
  /settings/password PUT
  /settings/sessions DELETE
  /settings/sessions/{name} DELETE
  /settings/provider DELETE
  /settings/second-step GET POST PUT DELETE
  /settings/recovery-codes POST
  /settings/programs GET
  /settings/tokens POST
  /settings/tokens/{token_id} DELETE
  /settings/mail-passwords POST
  /settings/mail-passwords/{password_id} DELETE
  /house GET
  /house/texts GET POST
  /house/texts/new GET
  /house/texts/{text_id} GET DELETE
  /house/texts/imports POST
  /house/tags GET
  /api/v1/mailboxes GET
  /api/v1/conversations GET POST
  /api/v1/conversations/{conversation_id} GET
  /api/v1/conversations/{conversation_id}/messages GET
  /api/v1/messages/{message_id} GET
  /api/v1/messages/{message_id}/why GET
  /api/v1/search GET
  /api/v1/conversations/{conversation_id}/splits POST
  /api/v1/conversations/{conversation_id}/merges POST
  /api/v1/messages/{message_id}/conversation PUT
  /api/v1/conversations/{conversation_id}/corrections GET
  /api/v1/conversations/{conversation_id}/spam PUT DELETE
  /api/v1/conversations/{conversation_id}/corrections/{correction_id} DELETE
  /api/v1/customers GET
  /api/v1/customers/{customer_id} GET
  /api/v1/customers/{customer_id}/addresses POST
  /api/v1/customers/{customer_id}/addresses/{address} DELETE
  /api/v1/customers/{customer_id}/phones POST
  /api/v1/customers/{customer_id}/notes GET POST
  /api/v1/customers/{customer_id}/notes/{note_id} DELETE
  /api/v1/conversations/{conversation_id}/closure PUT DELETE
  /api/v1/conversations/{conversation_id}/classification PUT
  /api/v1/conversations/{conversation_id}/assignee PUT
  /api/v1/conversations/{conversation_id}/promise PUT DELETE
  /api/v1/conversations/{conversation_id}/following PUT DELETE
  /api/v1/customers/{customer_id}/phones/{number} DELETE
  /api/v1/customers/{customer_id}/merges POST
  /api/v1/customers/{customer_id}/merges/{merge_id} DELETE
  /api/v1/conversations/{conversation_id}/wait PUT
  /api/v1/conversations/{conversation_id}/snooze PUT DELETE
  /api/v1/conversations/{conversation_id}/mailbox PUT
  /api/v1/conversations/{conversation_id}/priority PUT
  /api/v1/conversations/{conversation_id}/tags PUT
  /api/v1/several POST
  /api/v1/several/undo POST
  /api/v1/folders GET
  /api/v1/workspaces GET POST
  /api/v1/workspaces/{workspace_id}/conversations GET
  /api/v1/workspaces/{workspace_id} PUT DELETE
  /api/v1/workspaces/{workspace_id}/restored PUT
  /api/v1/statistics GET
  /api/v1/templates GET POST
  /api/v1/templates/{template_id} GET DELETE
  /api/v1/conversations/{conversation_id}/forwards POST
  /api/v1/conversations/{conversation_id}/replies POST
  /api/v1/messages/{message_id}/sending DELETE
  /api/v1/conversations/{conversation_id}/notes POST
  /api/v1/drafts GET
  /api/v1/conversations/{conversation_id}/drafts/{kind} PUT DELETE
  /api/v1/conversations/{conversation_id}/messages/{message_id}/forward-draft PUT DELETE
  /api/v1/drafts/{letter} PUT DELETE
  /api/v1/departments GET
  /api/v1/me GET PUT
  /api/v1/me/absence PUT DELETE
  /api/v1/dispatch GET
  /api/v1/me/notices GET PUT
  /api/v1/conversations/{conversation_id}/followers/me DELETE
  /api/v1/tags GET

manager
  /house/rules GET POST
  /house/rules/new GET
  /house/rules/{rule_id} GET PUT DELETE
  /house/rules/{rule_id}/switch PUT
  /house/rules/{rule_id}/place PUT
  /house/rules/{rule_id}/versions/{version} PUT
  /api/v1/rules GET POST
  /api/v1/rules/trials POST
  /api/v1/rules/{rule_id} GET PUT DELETE
  /api/v1/rules/{rule_id}/switch PUT
  /api/v1/rules/{rule_id}/place PUT
  /api/v1/rules/{rule_id}/trial GET
  /api/v1/rules/{rule_id}/versions GET
  /api/v1/rules/{rule_id}/versions/{version} PUT
  /house/tags/{name} PUT DELETE
  /house/newcomers GET PUT DELETE
  /api/v1/newcomers GET
  /api/v1/newcomers/{address} PUT
  /api/v1/tags/{name} PUT DELETE

admin
  /house/webhooks GET POST
  /house/webhooks/{webhook_id} GET PUT DELETE
  /house/webhooks/{webhook_id}/secret PUT
  /house/webhooks/{webhook_id}/trials POST
  /house/webhooks/{webhook_id}/deliveries/{delivery_id} POST
  /api/v1/webhooks GET POST
  /api/v1/webhooks/deliveries GET
  /api/v1/webhooks/deliveries/{delivery_id}/tries POST
  /api/v1/webhooks/{webhook_id} GET PUT DELETE
  /api/v1/webhooks/{webhook_id}/secret PUT
  /api/v1/webhooks/{webhook_id}/trials POST
  /setup/mailbox GET POST
  /channels GET
  /channels/mailboxes/{mailbox_id}/customer-token PUT DELETE
  /house/people GET POST
  /house/people/new GET
  /house/people/{agent_id} GET PUT
  /house/people/{agent_id}/addresses POST DELETE
  /house/people/{agent_id}/mailboxes/{mailbox_id} PUT DELETE
  /house/people/{agent_id}/absence PUT DELETE
  /house/people/{agent_id}/invitation POST
  /house/people/{agent_id}/sessions DELETE
  /house/people/{agent_id}/second-step DELETE
  /house/people/{agent_id}/provider DELETE
  /house/people/{agent_id}/proofs DELETE
  /house/people/{agent_id}/access DELETE PUT
  /house/mailboxes GET POST
  /house/mailboxes/{mailbox_id} GET PUT DELETE
  /house/mailboxes/{mailbox_id}/aliases POST DELETE
  /house/mailboxes/{mailbox_id}/logo GET POST DELETE
  /house/mailboxes/{mailbox_id}/members POST
  /house/mailboxes/{mailbox_id}/members/{agent_id} DELETE
  /house/mailboxes/{mailbox_id}/trials GET POST
  /house/health GET
  /house/health/tries POST
  /house/departments GET POST
  /house/departments/{department_id} DELETE
  /house/departments/{department_id}/speakers POST
  /house/departments/{department_id}/speakers/{agent_id} DELETE
  /api/v1/channels GET
  /api/v1/departments/{department_id}/speakers/{person_id} PUT DELETE
  /api/v1/house/mailboxes GET POST
  /api/v1/house/mailboxes/{mailbox_id} GET PUT DELETE
  /api/v1/house/mailboxes/{mailbox_id}/logo PUT DELETE
  /api/v1/people GET POST
  /api/v1/people/{person_id} PUT
  /api/v1/people/{person_id}/access PUT DELETE
  /api/v1/people/{person_id}/mailboxes/{mailbox_id} PUT DELETE
"""


def rows() -> dict[tuple[str, str], str]:
    """By method and path the least role."""
    found: dict[tuple[str, str], str] = {}
    role = ""
    for line in ROWS.splitlines():
        if line.startswith("  "):
            path, *methods = line.split()
            found |= {(method, path): role for method in methods}
        else:
            role = line
    return found


def routes() -> Iterator[tuple[tuple[str, str], Permission]]:
    """Every method and path that there is, with the one permission that it asks for."""
    for prefix, routers in (("", (health, *ROUTERS)), (PATH, OF_PROGRAMS)):
        for route in (one for router in routers for one in router.routes):
            assert isinstance(route, APIRoute), route
            calls = [part.call for part in route.dependant.dependencies]
            [asked] = [call for call in calls if isinstance(call, Allow | Bearer)]
            for method in sorted(route.methods or ()):
                yield (method, prefix + route.path), asked.permission
