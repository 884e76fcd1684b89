"""The organisation's own sign-in (OpenID Connect): authorization code with PKCE, state and nonce.

Whoever comes back is believed when the ID token is signed with a key of the provider, is for us,
and answers the very question that this browser was sent away with.
"""

from __future__ import annotations

import asyncio
import hmac
import importlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from inbox.errors import InboxError
from inbox.settings import Settings

if TYPE_CHECKING:
    from ssl import SSLContext

    from authlib.integrations.httpx_client import AsyncOAuth2Client
    from joserfc.jwk import KeySet

CALLBACK: Final = "/sign-in/provider/callback"
_FRESH: Final = timedelta(hours=1)
_LEEWAY_S: Final = 60
_PATIENCE_S: Final = 10.0
# Signatures by a key pair alone: neither `none` nor a key that both sides know.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")


class ProviderFailed(InboxError):
    """The provider cannot be reached, or said what cannot be believed; the text is for our log."""

    http = 502


@dataclass(frozen=True, slots=True)
class Asked:
    """With what a browser was sent away: kept in its cookie, sealed."""

    state: str
    nonce: str
    verifier: str
    target: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom the provider says that somebody is."""

    subject: str
    email: str
    is_verified: bool


@dataclass(slots=True)
class _Known:
    """What the provider says of itself."""

    config: dict[str, Any]
    at: datetime
    keys: KeySet | None = None


@dataclass(slots=True)
class Provider:
    """One provider, as the settings name it; what it says of itself is asked for once an hour."""

    settings: Settings
    _known: _Known | None = field(default=None)

    @property
    def issuer(self) -> str:
        """Its name, an address."""
        return self.settings.oidc_issuer or ""

    @property
    def name(self) -> str:
        """How people call it."""
        return self.settings.oidc_name or urlsplit(self.issuer).hostname or ""

    async def leave(self, target: str, *, now: datetime) -> tuple[str, Asked]:
        """Where to send a browser, and what its cookie keeps. Raises ProviderFailed."""
        asked = Asked(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48), target)
        known = await self._discover(now)
        async with await self._client(known) as client:
            url, _state = client.create_authorization_url(
                known.config["authorization_endpoint"],
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier,
            )
        return str(url), asked

    async def come_back(
        self, asked: Asked, *, state: str, code: str, issuer: str = "", now: datetime
    ) -> Claims:
        """Whom the provider means. Raises ProviderFailed for whatever does not fit."""
        if issuer not in ("", self.issuer):  # RFC 9207 §2.4: somebody mixes providers up
            raise ProviderFailed("the answer is another provider's")
        if not code or not hmac.compare_digest(state.encode(), asked.state.encode()):
            raise ProviderFailed("the answer is to another question")
        known = await self._discover(now)
        token = await self._fetch(known, code, asked)
        claims = await self._read(known, token["id_token"], asked, now)
        claims = await self._more(known, token, claims) | claims
        email = claims.get("email")
        # Entra ID says instead that the owner of the address's domain is who vouches for it.
        verified = (claims.get("email_verified"), claims.get("xms_edov"))
        return Claims(
            subject=claims["sub"],
            email=email if isinstance(email, str) else "",
            is_verified=any(one in (True, "true", "1") for one in verified),
        )

    async def end_url(self, back: str, *, now: datetime) -> str | None:
        """Where a browser is signed out at the provider; None where it offers no such place."""
        end = (await self._discover(now)).config.get("end_session_endpoint")
        if not isinstance(end, str):
            return None
        about = {"client_id": self.settings.oidc_client_id, "post_logout_redirect_uri": back}
        return f"{end}{'&' if urlsplit(end).query else '?'}{urlencode(about)}"

    async def _fetch(self, known: _Known, code: str, asked: Asked) -> dict[str, Any]:
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 - half a second
        from httpx2 import HTTPError  # noqa: PLC0415 - likewise

        try:
            async with await self._client(known) as client:
                token = await client.fetch_token(
                    known.config["token_endpoint"], code=code, code_verifier=asked.verifier
                )
        except (OAuthError, HTTPError, ValueError) as error:
            raise ProviderFailed(f"no token for the code: {error}") from error
        if not isinstance(token.get("id_token"), str):
            raise ProviderFailed("there is no ID token in the answer")
        return dict(token)

    async def _more(
        self, known: _Known, token: dict[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:
        """What the provider says of a person beside the ID token, where that names no address.

        OpenID Connect Core §5.4: with a code, what `email` asks for is said there.
        """
        url, access = known.config.get("userinfo_endpoint"), token.get("access_token")
        if "email" in claims or not url or not isinstance(access, str):
            return {}
        said = await self._ask(url, access)
        # §5.3.2: it may be about somebody else, who is then not the one that has signed in.
        if said.get("sub") != claims["sub"]:
            raise ProviderFailed("what it says is about somebody else")
        return said

    async def _read(self, known: _Known, token: str, asked: Asked, now: datetime) -> dict[str, Any]:
        from joserfc import jwt  # noqa: PLC0415 - only where a provider is set
        from joserfc.errors import JoseError  # noqa: PLC0415 - likewise

        about = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": known.config["issuer"]},
            aud={"essential": True, "value": self.settings.oidc_client_id},
            nonce={"essential": True, "value": asked.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            claims = (await self._decoded(known, token)).claims
            about.validate(claims)
        except (JoseError, ValueError) as error:
            raise ProviderFailed(f"the ID token does not count: {error}") from error
        # OpenID Connect Core §3.1.3.7: of several audiences one has asked, and that is us.
        if claims.get("azp", self.settings.oidc_client_id) != self.settings.oidc_client_id:
            raise ProviderFailed("the ID token is for somebody else")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise ProviderFailed("the ID token names nobody")
        return dict(claims)

    async def _decoded(self, known: _Known, token: str) -> Any:
        from joserfc import jwt  # noqa: PLC0415 - only where a provider is set
        from joserfc.errors import JoseError  # noqa: PLC0415 - likewise

        is_old = known.keys is not None
        keys = known.keys or await self._keys(known)
        try:
            return jwt.decode(token, keys, algorithms=_ALGORITHMS)
        except (JoseError, ValueError):
            if not is_old:
                raise
        # Providers change their keys; a token that the old ones do not fit asks for them once more.
        return jwt.decode(token, await self._keys(known), algorithms=_ALGORITHMS)

    async def _keys(self, known: _Known) -> KeySet:
        from joserfc.errors import JoseError  # noqa: PLC0415 - only where a provider is set
        from joserfc.jwk import KeySet  # noqa: PLC0415 - likewise

        said = await self._ask(known.config["jwks_uri"])
        try:
            known.keys = KeySet.import_key_set(said)  # type: ignore[arg-type] # it checks it itself
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderFailed("its keys cannot be read") from error
        return known.keys

    async def _discover(self, now: datetime) -> _Known:
        if self._known is None or now - self._known.at > _FRESH:
            base = self.issuer.rstrip("/")
            config = await self._ask(f"{base}/.well-known/openid-configuration")
            _check(config, self.issuer)
            self._known = _Known(config, now)
        return self._known

    async def _ask(self, url: str, access: str = "") -> dict[str, Any]:
        from httpx2 import HTTPError  # noqa: PLC0415 - only where a provider is set

        headers = {"Authorization": f"Bearer {access}"} if access else {}
        try:
            async with await self._client() as client:
                answer = await client.request("GET", url, headers=headers, withhold_token=True)
                answer.raise_for_status()
                said = answer.json()
        except (HTTPError, ValueError) as error:
            raise ProviderFailed(f"{url}: {error}") from error
        if not isinstance(said, dict):
            raise ProviderFailed(f"{url} says no object")
        return said

    async def _client(self, known: _Known | None = None) -> AsyncOAuth2Client:
        # Half a second to load: beside the loop, and only where somebody comes this way.
        module = await asyncio.to_thread(
            importlib.import_module, "authlib.integrations.httpx_client"
        )
        secret = self.settings.oidc_client_secret
        return module.AsyncOAuth2Client(
            client_id=self.settings.oidc_client_id,
            client_secret=secret,
            token_endpoint_auth_method=_method(known, secret),
            scope="openid email",
            redirect_uri=f"{self.settings.public_url}{CALLBACK}",
            code_challenge_method="S256",
            timeout=_PATIENCE_S,
            follow_redirects=False,
            verify=await asyncio.to_thread(_trusted),
        )


@cache
def _trusted() -> SSLContext:
    # Reading who is trusted takes longer than asking: once, not for every question.
    from httpx2 import create_ssl_context  # noqa: PLC0415 - only where a provider is set

    return create_ssl_context()


def _check(config: dict[str, Any], issuer: str) -> None:
    # OpenID Connect Discovery §4.3: it must be the very issuer that was asked.
    if config.get("issuer") != issuer:
        raise ProviderFailed(f"it calls itself {config.get('issuer')!r}, not {issuer}")
    told = ["userinfo_endpoint"] if config.get("userinfo_endpoint") is not None else []
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", *told):
        url = config.get(name)
        if not isinstance(url, str) or not url.startswith(_schemes(issuer)):
            raise ProviderFailed(f"{name} is no address that can be trusted")


def _method(known: _Known | None, secret: str | None) -> str:
    # Basic is what each provider has to know, unless it says which others it wants (§3 Discovery).
    offered = known.config.get("token_endpoint_auth_methods_supported") if known else None
    if not secret:
        return "none"
    return (
        "client_secret_post"
        if offered and "client_secret_basic" not in offered
        else "client_secret_basic"
    )


def _schemes(issuer: str) -> tuple[str, ...]:
    # In the clear only where the provider itself is: on this machine, as the settings check.
    return ("https://",) if issuer.startswith("https://") else ("https://", "http://")
