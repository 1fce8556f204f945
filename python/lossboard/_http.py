"""Requests to one Lossboard server, over one connection that is kept open. Standard library only."""

from __future__ import annotations

import http.client
import json
import re
import socket
import urllib.parse
import urllib.request
import zlib
from base64 import b64encode
from typing import Any, Dict, Mapping, NamedTuple, Optional

from ._errors import LossboardError, describe
from ._json import dumps
from ._redact import redact_url
from ._schema import VERSION
from ._store import now_ms
from ._wire import BATCH_TYPE

API = "/api/v1"
CONNECT_S = 5.0
ANSWER_S = 60.0
# Packing a small body costs more than it saves.
_PACK_BYTES = 2_048
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Answer(NamedTuple):
    """What the server said. `code` and `message` are of an error, also of one that says nothing in JSON."""

    status: int
    body: Dict[str, Any]
    code: str
    message: str
    retry_after: float


class Unreachable(Exception):
    """No answer came: nobody knows whether the request arrived."""


def server_url(given: str) -> str:
    """The address without a slash at its end. Raises LossboardError."""
    text = given.strip() if isinstance(given, str) else ""
    parts = urllib.parse.urlsplit(text)
    try:
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine:
        raise LossboardError("invalid_option", f'url must be an address such as "http://127.0.0.1:6006", got {describe(redact_url(text) or given)}')
    if parts.username or parts.password or "token=" in parts.query:
        raise LossboardError("invalid_option", "url holds a secret, and addresses are shown and stored: give it as token, or in LOSSBOARD_TOKEN")
    path = re.sub(r"(/api(/v1)?)?/*\Z", "", parts.path)
    return f"{parts.scheme}://{parts.netloc}{path}"


class Server:
    """Used by one thread at a time."""

    def __init__(self, url: str, token: Optional[str]) -> None:
        self.url = url
        self._token = token
        parts = urllib.parse.urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._base = parts.path + API
        self._packs = self._host not in _LOOPBACK
        self._connection: Optional[http.client.HTTPConnection] = None
        # With a proxy for plain HTTP: what stands before the path, and the proxy's login.
        self._through: str = ""
        self._login: Dict[str, str] = {}

    def get(self) -> Answer:
        return self._request("GET", "", None, {})

    def post(self, path: str, body: Mapping[str, Any], timeout: float = ANSWER_S) -> Answer:
        data = dumps({**body, "sentAt": now_ms(), "clock": "adjust"}).encode()
        return self._request("POST", path, data, {"Content-Type": "application/json"}, timeout)

    def send_batch(self, run_id: str, batch: bytes, timeout: float = ANSWER_S) -> Answer:
        headers = {"Content-Type": BATCH_TYPE, "Lossboard-Sent-At": str(now_ms()), "Lossboard-Clock": "adjust"}
        return self._request("POST", f"/runs/{run_id}/batches", batch, headers, timeout)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:
                pass

    def _request(self, method: str, path: str, data: Optional[bytes], headers: Dict[str, str], timeout: float = ANSWER_S) -> Answer:
        if data is not None and self._packs and len(data) > _PACK_BYTES:
            packer = zlib.compressobj(1, zlib.DEFLATED, 31)
            data = packer.compress(data) + packer.flush()
            headers["Content-Encoding"] = "gzip"
        headers["User-Agent"] = f"lossboard-python/{VERSION}"
        headers["Accept"] = "application/json"
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        kept = self._connection is not None
        try:
            try:
                return self._exchange(method, path, data, headers, timeout)
            except (http.client.RemoteDisconnected, ConnectionError):
                # The server closes a connection that was idle for long. Batches may come twice, and so may everything else here.
                if not kept:
                    raise
                self.close()
                return self._exchange(method, path, data, headers, timeout)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(_reason(error)) from error

    def _exchange(self, method: str, path: str, data: Optional[bytes], headers: Dict[str, str], timeout: float) -> Answer:
        connection = self._connection
        if connection is None:
            connection = self._connection = self._connect(min(CONNECT_S, timeout))
        assert connection.sock is not None
        connection.sock.settimeout(timeout)
        connection.request(method, self._through + self._base + path, body=data, headers={**headers, **self._login})
        response = connection.getresponse()
        content = response.read()
        if response.will_close:
            self.close()
        return _answer(response.status, content, response.headers.get("Retry-After"))

    def _connect(self, timeout: float) -> http.client.HTTPConnection:
        make = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        proxy = None if urllib.request.proxy_bypass(self._host) or self._host in _LOOPBACK else urllib.request.getproxies().get(
            "https" if self._secure else "http"
        )
        if not proxy:
            connection = make(self._host, self._port, timeout=timeout)
        else:
            parts = urllib.parse.urlsplit(proxy if "//" in proxy else f"http://{proxy}")
            login = {}
            if parts.username:
                secret = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
                login = {"Proxy-Authorization": "Basic " + b64encode(secret.encode()).decode()}
            connection = make(parts.hostname or "", parts.port or 80, timeout=timeout)
            if self._secure:
                connection.set_tunnel(self._host, self._port, headers=login)
            else:
                self._through = f"http://{urllib.parse.urlsplit(self.url).netloc}"
                self._login = login
        connection.connect()
        try:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            pass
        return connection


def _reason(error: BaseException) -> str:
    if isinstance(error, (socket.timeout, TimeoutError)):
        return "no answer in time"
    return str(error) or type(error).__name__


def _answer(status: int, content: bytes, retry_after: Optional[str]) -> Answer:
    body: Dict[str, Any] = {}
    try:
        parsed = json.loads(content) if content else {}
        if isinstance(parsed, dict):
            body = parsed
    except ValueError:
        pass
    wait = float(retry_after) if retry_after and re.match(r"\d+(\.\d+)?\Z", retry_after) else 0.0
    error = body.get("error")
    if isinstance(error, dict):
        return Answer(status, body, str(error.get("code", "")), str(error.get("message", "")), wait)
    if 200 <= status < 300 and body:
        return Answer(status, body, "", "", wait)
    return Answer(status if not 200 <= status < 300 else 502, body, "not_lossboard", f"HTTP {status}, and not as a Lossboard server answers", wait)
