"""Who may use the page: the person who started it, in one browser, and no other site that this browser visits."""

import secrets
from hmac import compare_digest

from flask import Request

FORM_FIELD = "form_key"
_OWN = ("same-origin", "none")


class Gate:
    """The secrets of one run of the page on a port of this machine.

    The address that is printed holds a token that opens the page once; from then on a cookie does, which scripts cannot
    read and other sites do not send. What writes must also come from the page's own origin and hold the key of its
    forms, because a cookie does not tell the ports of one host apart.
    """

    def __init__(self, port: int) -> None:
        self.token: str | None = secrets.token_urlsafe(24)
        self.session = secrets.token_urlsafe(32)
        self.form_key = secrets.token_urlsafe(32)
        self.cookie = f"review-{port}"
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")

    def opens(self, request: Request) -> bool:
        """Whether the request holds the token, which opens nothing afterwards."""
        told = request.args.get("token", "")
        if self.token is None or not compare_digest(told.encode(), self.token.encode()):
            return False
        self.token = None
        return True

    def is_known_host(self, request: Request) -> bool:
        """Whether the request was meant for this page, and not for a name that somebody has pointed at this machine."""
        return request.host in self.hosts

    def may_read(self, request: Request) -> bool:
        """Whether the request comes from the browser that the page was opened in, and from no other page."""
        told = request.cookies.get(self.cookie, "")
        is_own = request.headers.get("Sec-Fetch-Site", "none") in _OWN
        return is_own and compare_digest(told.encode(), self.session.encode())

    def may_write(self, request: Request) -> bool:
        """Whether a form of this very page was sent."""
        origin = request.headers.get("Origin", "")
        key = request.form.get(FORM_FIELD, "")
        is_own = origin in {f"http://{host}" for host in self.hosts} and origin == f"http://{request.host}"
        return is_own and self.may_read(request) and compare_digest(key.encode(), self.form_key.encode())
