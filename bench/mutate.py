"""`python -m bench.mutate [COUNT]`: damaged real cards and tables through the readers, writers and editors.

Every file must be read to its end without an exception, in less than two seconds and bounded memory.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_TOKENS = (
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\n", b"AGENT:BEGIN:VCARD\n", b"VERSION:2.1\n", b"VERSION:4.0\n"),
    *(b";", b":", b"=", b"=\n", b"\\", b'"', b"\r", b"\n ", b"\x00", b"\xff", b"\xfe", b",", b"^n", b"item1."),
    *(b"N:;;\n", b"CHARSET=utf-16;", b"CHARSET=idna;", b";QUOTED-PRINTABLE:", b"ENCODING=b:", b"\xe2\x80\xa8"),
    *(b"BDAY:--\n", b"TEL:+\n", b"KIND:org\n", b"KIND:group\n", b"UID:x\n", b'"' * 50, b"\n" * 50, b"\t\t,;"),
)
_LIMIT_SECONDS = 2.0
_LONGEST = 20_000


def mutated(chance: random.Random, files: Sequence[Path]) -> bytes:
    """Return the beginning of one of the files with a few bytes changed, put in, taken out, or copied in."""
    data = bytearray(chance.choice(files).read_bytes()[:_LONGEST])
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                data[at:at] = chance.choice(_TOKENS)
            case 2:
                del data[at : at + chance.randrange(1, 60)]
            case _:
                data[at:at] = chance.choice(files).read_bytes()[: chance.randrange(300)]
    return bytes(data)


def _through(data: bytes, name: str) -> int:
    """Read a file, write what was read in every version and edit it; return how many items there were."""
    import importers
    from crm_cli.domain.draft import ContactDraft
    from crm_cli.errors import BadInput, UsageError
    from crm_cli.services.import_content import content_of

    kind = importers.sniff(data[: importers.SNIFF_SIZE], name) or "vcard"
    module = importers.reader(kind)
    assert module is not None
    count = 0
    try:
        for item in module.read(io.BytesIO(data), source=name):
            count += 1
            if not isinstance(item, ContactDraft):
                continue
            assert item.name
            content_of(item, kind)
            if kind == "vcard":
                _written(item)
    except (BadInput, UsageError):
        pass  # a table may ask for its columns
    return count


def _written(draft: object) -> None:
    from dataclasses import replace

    from importers import vcard

    for version in ("keep", "3.0", "4.0", "2.1"):
        list(vcard.write([draft], version=version, strict=version != "keep"))  # type: ignore[list-item]
    raw = draft.raw  # type: ignore[attr-defined]
    vcard.patch(raw, None, replace(vcard.read_card(raw), title="T", emails=[], notes="n"))


def main(count: int) -> None:
    """Print how many files there were, the slowest one, and the memory."""
    corpus = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    cards, tables = sorted((corpus / "vcard").glob("*.vcf")), sorted((corpus / "csv").glob("*.csv"))
    if not cards:
        sys.exit("The corpus of real files is not beside the checkout.")
    chance = random.Random(1)
    slowest, items = 0.0, 0
    for number in range(count):
        files = tables if number % 5 == 4 else cards
        data = mutated(chance, files)
        started = time.monotonic()
        try:
            items += _through(data, "a.csv" if files is tables else "a.vcf")
        except Exception:
            Path("mutated.failed").write_bytes(data)
            print(f"file {number} failed; it is kept as mutated.failed")
            raise
        slowest = max(slowest, time.monotonic() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdict = "" if slowest < _LIMIT_SECONDS else "  TOO SLOW"
    print(f"{count:,} files, {items:,} items, slowest {slowest:.2f} s, {memory:.0f} MiB{verdict}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
