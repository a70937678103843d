"""A small OpenID Connect provider on loopback: whoever comes says who they are, and is believed.

The authorization code flow with RS256: discovery, keys, authorization, token. Signing takes joserfc, which
comes with Authlib.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, SECRET = "myeloma", "not-so-secret"
_KEY_ID = "k1"


@contextmanager
def oidc_provider(users: tuple[str, ...]) -> Iterator[str]:
    """The issuer's address; a page asks which of ``users`` to be."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048, {"kid": _KEY_ID, "use": "sig", "alg": "RS256"}, private=True)
    codes: dict[str, tuple[str, str]] = {}  # code → user, nonce

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(_metadata(issuer))
            elif parts.path == "/keys":
                self._json({"keys": [key.as_dict(private=False)]})
            elif parts.path == "/authorize":
                assert asked["client_id"] == CLIENT
                links = [f'<a href="/be?{urlencode({**asked, "user": u})}">{u}</a>' for u in users]
                self._send(200, "text/html", "<br>".join(links).encode())
            elif parts.path == "/be":
                code = secrets.token_urlsafe(8)
                codes[code] = asked["user"], asked.get("nonce", "")
                back = urlencode({"code": code, "state": asked["state"]})
                self._send(302, "text/plain", b"", f"{asked['redirect_uri']}?{back}")
            else:
                self._send(404, "text/plain", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            user, nonce = codes.pop(parse_qs(body)["code"][0])
            now = int(time.time())
            claims = {"iss": issuer, "sub": user, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
            token = jwt.encode({"alg": "RS256", "kid": _KEY_ID}, claims, key)
            self._json({"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token})

        def _json(self, value: dict[str, Any]) -> None:
            self._send(200, "application/json", json.dumps(value).encode())

        def _send(self, status: int, kind: str, body: bytes, location: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()


def _metadata(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
