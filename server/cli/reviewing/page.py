"""The review page as an application: one link at a time, and what the reviewer makes of it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, make_response, redirect, render_template, request, send_file, url_for
from jinja2 import FileSystemLoader
from werkzeug.wrappers import Response as AnyResponse

from hytegraph.graph.errors import HytegraphError
from hytegraph.loaders.links.judging.keeping import judge, withdraw
from hytegraph.loaders.links.judging.opinions import LONGEST_COMMENT, VERDICTS, Opinion
from hytegraph.loaders.links.judging.reviewers import Reviewer
from hytegraph.loaders.links.judging.settling import as_suggested, kinds_for, opinions_of
from hytegraph.loaders.privacy.names import sure_names
from hytegraph.loaders.privacy.redaction import find_personal_data
from hytegraph.server.cli.reviewing.gate import FORM_FIELD, Gate
from hytegraph.server.cli.reviewing.names import name_of
from hytegraph.server.cli.reviewing.queue import STATES, Choice, Item, Queue, Tables
from hytegraph.server.cli.reviewing.sides import Documents, sides_of
from hytegraph.server.http.headers import SECURITY_HEADERS
from hytegraph.server.pages.shared.files import static_file
from hytegraph.server.text.languages import LANGUAGE_COOKIE, reader_language
from hytegraph.server.text.messages import LANGUAGE_NAMES, LANGUAGES, translate

HERE = Path(__file__).parent
_OWN_FILES = ("review.css", "review.js")
# With no referrer at all a browser hides the origin of a form, by which it is told from that of another site.
_HEADERS = {**SECURITY_HEADERS, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of this run, and what the reviewer thought of the link before."""

    item: Item
    before: Opinion | None


class ReviewPage:
    """What one reviewer does with the links of a folder; the judgements are in the tables, the steps back here."""

    def __init__(
        self, folder: Path, reviewer: Reviewer, gate: Gate, today: Callable[[], date] = date.today
    ) -> None:
        self.folder, self.reviewer, self.gate, self._today = folder, reviewer, gate, today
        self._tables, self._documents = Tables(folder), Documents(folder)
        self._steps: list[Judged] = []
        # Reading tables and taking a step back are of several statements, and the server answers in threads.
        self._alone = threading.Lock()

    def show(self, *, error: str = "", status: int = 200, asked: str = "") -> Response:
        """The link that the address names, or else the next one of the choice."""
        queue = self._queue()
        choice = _choice(queue)
        wanted = asked or request.values.get("item", "")
        item = queue.item(wanted) or queue.next(choice, self.reviewer.curie, request.values.get("after", ""))
        return self._answer(
            "review.html", status, error=error, choice=choice, queue=queue, **self._about(item)
        )

    def judge(self) -> AnyResponse:
        """Write the judgement that a form holds, and lead on to the next link."""
        queue = self._queue()
        item, verdict = queue.item(request.form.get("item", "")), request.form.get("verdict", "")
        language = reader_language(request)
        if item is None or verdict not in VERDICTS:
            return self.show(error=translate("review.gone", language), status=409)
        comment = request.form.get("comment", "").strip()[:LONGEST_COMMENT]
        if find_personal_data(comment) or sure_names(comment):
            return self.show(error=translate("review.personal", language), status=422, asked=item.id)
        kind = request.form.get("right", "")
        opinion = Opinion(
            self.reviewer.curie,
            self._today().isoformat(),
            verdict,
            kind if verdict == VERDICTS[0] and kind != item.kind else "",
            comment,
        )
        before = self._own(item)
        with self._alone:
            judge(self.folder, item.table, as_suggested(item.link).key, opinion)
            self._steps.append(Judged(item, before))
        return self._onward(after=item.id)

    def undo(self) -> AnyResponse:
        """Take the last judgement of this run back, and show its link again."""
        with self._alone:
            step = self._steps.pop() if self._steps else None
        if step is None:
            return self._onward()
        key = as_suggested(step.item.link).key
        withdraw(self.folder, step.item.table, key, self.reviewer.curie, step.before)
        return self._onward(item=step.item.id)

    def refused(self) -> Response:
        """The page that says how the page is opened."""
        language = reader_language(request)
        words = translate("review.refused.told", language)
        return self._answer("message.html", 403, heading=translate("review.refused", language), words=words)

    def failed(self, error: Exception) -> Response:
        """The page that says what is wrong with a table, which a person can mend while the page is open."""
        heading = translate("review.failed", reader_language(request))
        return self._answer("message.html", 409, heading=heading, words=str(error))

    def _queue(self) -> Queue:
        with self._alone:
            return self._tables.queue()

    def _own(self, item: Item) -> Opinion | None:
        mine = (each for each in opinions_of(item.link) if each.reviewer == self.reviewer.curie)
        return next(mine, None)

    def _about(self, item: Item | None) -> dict[str, object]:
        if item is None:
            return {"item": None, "can_undo": bool(self._steps)}
        language = reader_language(request)
        first, second = sides_of(item.link, self._documents, language)
        own = self._own(item)
        comment = request.form.get("comment") or (own.comment if own else "")
        return {
            "item": item,
            "first": first,
            "second": second,
            "own": own,
            "comment": comment,
            "kinds": kinds_for(item.table, item.link),
            # Others' opinions are shown once they can sway nobody.
            "others": [each for each in opinions_of(item.link) if each != own] if own else [],
            "can_undo": bool(self._steps),
        }

    def _onward(self, **more: str) -> AnyResponse:
        address = {**_choice(self._queue()).arguments(), **more}
        return redirect(f"/?{urlencode(address)}", code=303)

    def _answer(self, template: str, status: int, **values: object) -> Response:
        language = reader_language(request)
        common = {
            "t": partial(_text, language),
            "name_of": partial(_name, language=language),
            "decimal": lambda value: f"{value:.2f}".replace(".", "." if language == "en" else ","),
            "language": language,
            "languages": LANGUAGE_NAMES,
            "states": STATES,
            "reviewer": self.reviewer.label.in_language(language),
            "form_field": FORM_FIELD,
            "form_key": self.gate.form_key,
            "longest": LONGEST_COMMENT,
        }
        response = make_response(render_template(template, **common, **values), status)
        response.headers["Content-Language"] = language
        return response


def create_page(page: ReviewPage) -> Flask:
    """The application; every request is judged by the gate before it is heard."""
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = FileSystemLoader(HERE)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    gate = page.gate

    @app.before_request
    def admit() -> AnyResponse | None:
        if not gate.is_known_host(request):
            return Response("unknown host\n", 421, content_type="text/plain")
        if request.endpoint == "static":
            return None
        if request.method == "POST":
            return None if gate.may_write(request) else page.refused()
        if gate.opens(request):
            response = redirect(url_for("show"), code=303)
            response.set_cookie(gate.cookie, gate.session, httponly=True, samesite="Strict")
            return response
        return None if gate.may_read(request) else page.refused()

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        chosen = request.args.get("lang")
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, chosen, samesite="Strict", httponly=True)
        return response

    app.add_url_rule("/", "show", page.show)
    app.add_url_rule("/judge", "judge", page.judge, methods=["POST"])
    app.add_url_rule("/undo", "undo", page.undo, methods=["POST"])
    app.add_url_rule("/static/<name>", "static", _static)
    app.register_error_handler(HytegraphError, page.failed)
    return app


def _static(name: str) -> Response:
    return send_file(HERE / name) if name in _OWN_FILES else static_file(name)


def _choice(queue: Queue) -> Choice:
    table, kind, state = (request.values.get(name, "") for name in ("table", "kind", "state"))
    known = table if table in {each.name for each in queue.tables} else ""
    return Choice(known, kind if kind in queue.kinds(known) else "", state if state in STATES else STATES[0])


def _text(language: str, key: str, **values: object) -> str:
    return translate(key, next(each for each in LANGUAGES if each == language), **values)


def _name(curie: str, language: str) -> str:
    return name_of(curie, next(each for each in LANGUAGES if each == language)) or curie.partition(":")[2]
