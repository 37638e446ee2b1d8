"""Folders of one-item files by themselves: what is an item, what is never overwritten, what a reader sees."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from crm_cli.errors import NotFound, RemoteError, UsageError
from crm_cli.remotes import remote, vdir
from crm_cli.remotes.remote import Changed
from tests.remotes.servers import card, event

CARD = card("u-1", "Ada Lovelace").replace("\n", "\r\n").encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "people"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(place: Path) -> vdir.Folder:
    return vdir.Folder(vdir.checked_address(str(place)), "contact")


def test_only_whole_visible_files_of_the_kind_are_items(folder: vdir.Folder, place: Path) -> None:
    for name in ("a.vcf", "B.VCF", ".hidden.vcf", "c.vcf.tmp", "d.ics", "color", "displayname", "e"):
        (place / name).write_bytes(CARD)
    (place / "f.vcf").mkdir()
    (place / "gone.vcf").symlink_to(place / "nowhere")
    assert sorted(folder.changes(None).etags) == ["B.VCF", "a.vcf"]


@pytest.mark.parametrize(
    "name", [b"M\xfcller.vcf", "Müller.vcf".encode(), b"100% a b#?.vcf", b"%41.vcf", b"line\nfeed.vcf"]
)
def test_every_name_of_a_file_comes_back_whole(folder: vdir.Folder, place: Path, name: bytes) -> None:
    Path(os.fsdecode(os.path.join(os.fsencode(place), name))).write_bytes(CARD)
    ((href, etag),) = folder.changes(None).etags.items()
    assert href.isascii()
    assert href.isprintable()
    assert [(one, tag) for one, tag, _ in folder.fetch([href])] == [(href, etag)]
    folder.put(href, CARD + b"\r\n", etag=etag)
    assert os.listdir(os.fsencode(place)) == [name]


@pytest.mark.parametrize("href", ["..%2Fx.vcf", "../x.vcf", "%2Fetc%2Fpasswd", "", ".."])
def test_no_name_leads_out_of_the_folder(folder: vdir.Folder, href: str) -> None:
    with pytest.raises(RemoteError):
        folder.put(href, CARD, etag=None)
    with pytest.raises(RemoteError):
        list(folder.fetch([href]))


def test_a_new_file_never_takes_the_place_of_another(folder: vdir.Folder, place: Path) -> None:
    (place / "a.vcf").write_bytes(b"theirs")
    with pytest.raises(Changed):
        folder.put("a.vcf", CARD, etag=None)
    assert (place / "a.vcf").read_bytes() == b"theirs"
    assert os.listdir(place) == ["a.vcf"]


@pytest.mark.parametrize("change", ["edited", "replaced", "deleted"])
def test_a_file_that_changed_is_neither_overwritten_nor_deleted(folder: vdir.Folder, place: Path, change: str) -> None:
    etag = folder.put("a.vcf", CARD, etag=None)
    file = place / "a.vcf"
    if change == "edited":
        file.write_bytes(CARD + b"X")
    elif change == "replaced":
        (place / "b").write_bytes(CARD)
        found = file.stat()
        os.utime(place / "b", ns=(found.st_atime_ns, found.st_mtime_ns))
        os.replace(place / "b", file)
    else:
        file.unlink()
    with pytest.raises(Changed):
        folder.put("a.vcf", b"mine", etag=etag)
    if change == "deleted":
        folder.delete("a.vcf", etag=etag)
    else:
        with pytest.raises(Changed):
            folder.delete("a.vcf", etag=etag)
        assert file.read_bytes().startswith(CARD)
    assert not list(place.glob(".crm-*"))


def test_the_etag_of_a_write_is_the_one_the_listing_has(folder: vdir.Folder) -> None:
    first = folder.put("a.vcf", CARD, etag=None)
    assert folder.changes(None).etags == {"a.vcf": first}
    second = folder.put("a.vcf", CARD, etag=first)
    assert second != first
    assert folder.changes(None).etags == {"a.vcf": second}
    folder.delete("a.vcf", etag=second)
    assert folder.changes(None).etags == {}


def test_a_change_keeps_permissions_and_links(folder: vdir.Folder, place: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.vcf"
    target.write_bytes(CARD)
    target.chmod(0o640)
    (place / "a.vcf").symlink_to(target)
    (etag,) = folder.changes(None).etags.values()
    folder.put("a.vcf", CARD + b"\r\n", etag=etag)
    assert (place / "a.vcf").is_symlink()
    assert target.read_bytes() == CARD + b"\r\n"
    assert target.stat().st_mode & 0o777 == 0o640
    folder.put("new.vcf", CARD, etag=None)
    assert (place / "new.vcf").stat().st_mode & 0o777 == 0o600


def test_a_reader_never_sees_half_a_file(folder: vdir.Folder, place: Path) -> None:
    bodies = [CARD + letter * 300_000 for letter in (b"a", b"b")]
    etag = folder.put("a.vcf", bodies[0], etag=None)
    seen: list[bytes] = []
    reading = True

    def read() -> None:
        while reading:
            seen.append((place / "a.vcf").read_bytes())

    reader = Thread(target=read)
    reader.start()
    for number in range(40):
        etag = folder.put("a.vcf", bodies[number % 2], etag=etag)
    reading = False
    reader.join()
    assert set(seen) <= set(bodies)


def test_files_windows_wrote_and_files_without_end_are_read_as_far_as_they_can(
    folder: vdir.Folder, place: Path, monkeypatch
) -> None:
    (place / "a.vcf").write_bytes("FN:Jürgen Groß".encode("cp1252"))
    (place / "b.vcf").write_bytes("\ufeffFN:Jürgen Groß".encode())
    assert {body for _, _, body in folder.fetch(["a.vcf", "b.vcf", "gone.vcf"])} == {"FN:Jürgen Groß"}
    monkeypatch.setattr(vdir, "_LARGEST", 10)
    assert [body for _, _, body in folder.fetch(["a.vcf"])] == [""]


def test_a_folder_that_vanished_is_an_error_and_not_empty(folder: vdir.Folder, place: Path) -> None:
    state = folder.changes(None).state
    place.rename(place.parent / "moved")
    with pytest.raises(RemoteError):
        folder.changes(state)


def test_a_new_folder_is_made_with_the_first_file(tmp_path: Path) -> None:
    folder = vdir.Folder(vdir.checked_address(str(tmp_path / "work")), "event")
    assert folder.changes(None).state is None
    assert not (tmp_path / "work").exists()
    folder.put("a.ics", b"x", etag=None)
    assert (tmp_path / "work" / "displayname").read_text() == "work"
    assert (tmp_path / "work" / "color").read_text().startswith("#")
    assert (tmp_path / "work").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vdir:sub", True), ("./sub", True), ("~/contacts", True), ("file:///tmp", True), ("/tmp/x", True), (".", True),
        ("dav.example.org", False), ("https://dav.example.org/x", False), ("dav.example.org/ada", False),
    ],
)  # fmt: skip
def test_a_folder_is_told_from_a_server(text: str, expected: bool) -> None:
    assert vdir.is_address(text) is expected


def test_an_address_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for text, error in (
        (str(tmp_path / "file"), UsageError),
        (str(tmp_path / "no" / "folder"), NotFound),
        ("file://example.org/x", UsageError),
    ):
        with pytest.raises(error):
            vdir.checked_address(text)


def test_the_address_of_a_folder_leads_back_to_it(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "Müller & 100 %").mkdir()
    monkeypatch.chdir(tmp_path)
    address = remote.checked_address("Müller & 100 %")
    assert vdir.path_of(address) == str(tmp_path / "Müller & 100 %")
    assert remote.checked_address(address) == address
    assert remote.short_name(address) == "Müller & 100 %"


def test_what_a_folder_holds_says_its_kind(tmp_path: Path) -> None:
    people, work = tmp_path / "people", tmp_path / "work"
    people.mkdir()
    work.mkdir()
    (people / "a.vcf").write_bytes(CARD)
    (work / "a.ics").write_text(event("e-1", "Demo"))
    (work / "displayname").write_text("  Sales\x1b[2J trips\n")
    found = vdir.discover(vdir.checked_address(str(tmp_path)), ("contact", "event"))
    assert [(one.kind, one.title, vdir.path_of(one.url)) for one in found] == [
        ("contact", None, str(people)),
        ("event", "Sales [2J trips", str(work)),
    ]
    ((only),) = vdir.discover(vdir.checked_address(str(work)), ("contact", "event"))
    assert only.kind == "event"
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        vdir.discover(vdir.checked_address(str(tmp_path / "empty")), ("contact", "event"))
