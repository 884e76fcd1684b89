"""A small OpenID provider on loopback: real HTTP, real keys, one person who always agrees."""

from __future__ import annotations

import json
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "inbox", "known to both"


@cache
def key(name: str) -> RSAKey:
    """A key pair, made once for all tests."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class IdentityProvider:
    """What it says of the person who comes; a test changes it to make it lie."""

    url: str
    now: datetime
    claims: dict[str, Any] = field(
        default_factory=lambda: {"sub": "ann-1", "email": "ann@us.example", "email_verified": True}
    )
    # What it says for an access token, where it tells of such a place at all.
    more: dict[str, Any] | None = None
    published: str = "first"  # its key, as it tells everybody
    signs_with: str = "first"
    algorithm: str = "RS256"
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # by code
    requests: list[str] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str], body: dict[str, str], auth: str) -> Any:
        """What a request is answered: an object, an address to go to, or None."""
        self.requests.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return self._configuration()
            case "/keys":
                return KeySet([key(self.published)]).as_dict()
            case "/authorize":
                code = token_hex(8)
                self.asked[code] = query
                about = {"code": code, "state": query["state"]}
                return f"{query['redirect_uri']}?{urlencode(about)}"
            case "/token":
                return self._token(body, auth)
            case "/person" if auth == "Bearer x":
                return self.more
        return None

    def _configuration(self) -> dict[str, Any]:
        more = {} if self.more is None else {"userinfo_endpoint": f"{self.url}/person"}
        return more | {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "end_session_endpoint": f"{self.url}/leave",
        }

    def _token(self, body: dict[str, str], auth: str) -> dict[str, Any]:
        asked = self.asked.pop(body["code"], None)
        proof = urlsafe_b64encode(sha256(body["code_verifier"].encode()).digest())
        is_right = (
            asked is not None
            and b64decode(auth.removeprefix("Basic ")).decode() == "inbox:known to both"
            and body["redirect_uri"] == asked["redirect_uri"]
            and asked["code_challenge_method"] == "S256"
            and proof.decode().rstrip("=") == asked["code_challenge"]
        )
        if asked is None or not is_right:
            return {"error": "invalid_grant"}
        at = int(self.now.timestamp())
        claims = {"iss": self.url, "aud": CLIENT, "iat": at, "exp": at + 300}
        claims |= {"nonce": asked["nonce"]} | self.claims
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            plain = [urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts]
            return ".".join(one.rstrip("=") for one in plain) + "."
        header = {"alg": self.algorithm, "kid": self.published}
        return jwt.encode(header, claims, key(self.signs_with))


@contextmanager
def identity_provider(now: datetime) -> Iterator[IdentityProvider]:
    """The provider, running."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve({})

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            self._serve(_flat(self.rfile.read(length).decode()))

        def _serve(self, body: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            auth = self.headers.get("authorization", "")
            said = provider.answer(parts.path, _flat(parts.query), body, auth)
            self.send_response(303 if isinstance(said, str) else 200 if said else 404)
            if isinstance(said, str):
                self.send_header("location", said)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(b"" if isinstance(said, str) else json.dumps(said).encode())

        def log_message(self, *_args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}", now)
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield provider
        server.shutdown()
        running.join()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
