import asyncio
import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest

from app.runtime.static_files import StaticFiles


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    (tmp_path / "css" / "parts").mkdir(parents=True)
    (tmp_path / "js" / "site").mkdir(parents=True)
    (tmp_path / "css" / "site.css").write_text('@import url("parts/card.css");\n')
    (tmp_path / "css" / "parts" / "card.css").write_text(".card {\n  color: red;\n}\n")
    (tmp_path / "js" / "site" / "a.js").write_text("// why\nconst one = 1;\n")
    (tmp_path / "js" / "site" / "b.js").write_text("const two = 2;\n")
    (tmp_path / "mark.svg").write_text("<svg/>")
    return StaticFiles(tmp_path)


def fetch(files: StaticFiles, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Any = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(files(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, sent[1]["body"]


def test_a_style_sheet_comes_bundled_and_small(files: StaticFiles) -> None:
    status, headers, body = fetch(files, files.url("css/site.css"))

    assert status == 200
    assert body == b".card{color:red}"
    assert "immutable" in headers["cache-control"]


def test_a_folder_of_scripts_is_one_script(files: StaticFiles) -> None:
    _, headers, body = fetch(files, files.url("js/site.js"))

    assert body == b"const one = 1;\nconst two = 2;\n"
    assert headers["content-type"].startswith("text/javascript")


def test_the_client_gets_the_encoding_it_reads(files: StaticFiles) -> None:
    url = files.url("css/site.css")

    assert brotli.decompress(fetch(files, url, accept_encoding="gzip, br")[2]) == b".card{color:red}"
    assert gzip.decompress(fetch(files, url, accept_encoding="gzip, br;q=0")[2]) == b".card{color:red}"
    assert fetch(files, url, accept_encoding="identity")[2] == b".card{color:red}"


def test_what_the_browser_has_is_not_sent_again(files: StaticFiles) -> None:
    url = files.url("mark.svg")
    etag = fetch(files, url, accept_encoding="br")[1]["etag"]

    status, headers, body = fetch(files, url, accept_encoding="br", if_none_match=f"W/{etag}")

    assert (status, body) == (304, b"")
    assert headers["etag"] == etag


def test_a_plain_name_is_revalidated(files: StaticFiles) -> None:
    assert "must-revalidate" in fetch(files, "/static/mark.svg")[1]["cache-control"]


def test_what_is_not_there_is_not_found(files: StaticFiles) -> None:
    assert fetch(files, "/static/../static_files.py")[0] == 404
    with pytest.raises(LookupError):
        files.url("css/sight.css")


def test_head_tells_the_length_and_sends_nothing(files: StaticFiles) -> None:
    status, headers, body = fetch(files, "/static/mark.svg", method="HEAD")

    assert (status, headers["content-length"], body) == (200, "6", b"")


def test_a_changed_source_is_seen_while_developing(files: StaticFiles) -> None:
    developing = StaticFiles(files.root, reload=True)
    before = developing.url("css/site.css")

    (files.root / "css" / "parts" / "card.css").write_text(".card { color: blue }")

    assert developing.url("css/site.css") != before
