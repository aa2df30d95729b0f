"""Papers from the file: known by content, made anew, sealed, and never seen without a trace."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from doudi.access.backups.belongings import belongings
from doudi.access.models import Deed, Role
from doudi.kernel.refusals import Refusal
from doudi.registry.evidence import MOST_BYTES, photos, taken_in
from doudi.registry.evidence.pdfs import pages_of_pdf
from doudi.registry.models import Evidence, EvidenceLook, EvidenceType, EvidenceUse, Income
from tests.office.conftest import officer_of
from tests.office.test_facts import WAGE, hidden

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.warehouse.build import World

PAPERS = "/households/H1/evidence"
ADD = f"{PAPERS}/add"
RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, PLACE = 0x0112, 0x8825


def a_photo(*, size: tuple[int, int] = (60, 40), kind: str = "JPEG") -> bytes:
    """A photo, red above and blue below, lying on its side, that says where it was taken."""
    photo = Image.new("RGB", size, BLUE)
    photo.paste(RED, (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(PLACE).update({1: "N", 2: (25.0, 1.0, 2.0), 3: "E", 4: (102.0, 7.0, 3.0)})
    written = io.BytesIO()
    photo.save(written, kind, exif=exif)
    return written.getvalue()


def a_pdf(more: bytes = b"", *, pages: int = 1) -> bytes:
    """A small PDF with something more in its catalogue."""
    kids = b"".join(
        b"%d 0 obj <</Type /Page /Parent 2 0 R>> endobj\n" % n for n in range(3, 3 + pages)
    )
    return (
        b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R " + more + b">> endobj\n"
        b"2 0 obj <</Type /Pages /Count 1>> endobj\n" + kids + b"trailer <</Root 1 0 R>>\n%%EOF\n"
    )


def packed(objects: bytes, filtered: bytes = b"/FlateDecode") -> bytes:
    """A PDF with some of its objects packed."""
    body = zlib.compress(objects)
    stream = b"9 0 obj <</Type /ObjStm /N 1 /First 4 /Filter " + filtered + b">>\nstream\n"
    return a_pdf().replace(b"trailer", stream + body + b"\nendstream endobj\ntrailer")


@pytest.fixture
def worker(world: World) -> Client:
    """A client of a social worker of the subdistrict."""
    client = Client()
    client.force_login(officer_of(world, "worker", Role.SOCIAL_WORKER))
    return client


def send(
    client: Client, content: bytes, name: str = "a.jpg", title: str = "户口簿"
) -> HttpResponse:
    """Send a paper."""
    return client.post(
        ADD, {"file": SimpleUploadedFile(name, content), "title": title}, follow=True
    )


def file_of(paper: Evidence) -> Path:
    """Where a paper lies."""
    return Path(settings.HOME) / "evidence" / paper.uid.hex[:2] / paper.uid.hex


def test_a_photo_is_kept_upright_without_its_place_and_sealed(worker: Client) -> None:
    came = a_photo()
    assert b"Exif" in came
    assert "材料已保存" in send(worker, came, "../../身份证.png").content.decode()
    paper = Evidence.objects.get()
    answer = worker.get(f"/evidence/{paper.uid}")
    shown = Image.open(io.BytesIO(answer.content))
    assert (shown.format, shown.size, len(shown.getexif())) == ("JPEG", (40, 60), 0)
    left, right = shown.getpixel((2, 30)), shown.getpixel((37, 30))
    assert left[2] > left[0]  # what was below is at the left now
    assert right[0] > right[2]
    lying = file_of(paper).read_bytes()
    assert answer.content not in lying
    assert b"JFIF" not in lying
    assert file_of(paper).stat().st_mode & 0o777 == 0o600


def test_a_paper_is_handed_over_so_that_it_can_run_nothing(worker: Client) -> None:
    send(worker, a_pdf(), "a.pdf")
    paper = Evidence.objects.get()
    answer = worker.get(f"/evidence/{paper.uid}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{paper.uid}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content == a_pdf()


def test_every_look_at_a_paper_is_on_record(worker: Client, client: Client) -> None:
    send(worker, a_photo())
    paper = Evidence.objects.get()
    for each in (worker, client, client):
        each.get(f"/evidence/{paper.uid}")
    looks = EvidenceLook.objects.order_by("pk").values_list("officer__username", flat=True)
    assert list(looks) == ["worker", "inspector", "inspector"]
    assert Deed.objects.filter(act="look").count() == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"MZ\x90\x00" + b"\x00" * 100, "两样都不是"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "两样都不是"),
        ("a.html", b"<script>alert(1)</script>", "两样都不是"),
        ("a.gif", b"GIF89a" + b"\x00" * 50, "两样都不是"),
        ("a.jpg", b"", "文件是空的"),
        ("a.jpg", a_photo()[:200], "照片打不开"),
        ("a.jpg", b"\xff\xd8\xff" + b"\x00" * 500, "照片打不开"),
        ("a.jpg", b"\xff\xd8\xff" + b"x" * MOST_BYTES, "超过 10 MB"),
        ("a.pdf", a_pdf(b"/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>"), "脚本"),
        ("a.pdf", a_pdf(b"/OpenAction <</S /J#61vaScript>>"), "脚本"),
        ("a.pdf", a_pdf(b"/OpenAction <</S /Launch>>"), "脚本"),
        ("a.pdf", a_pdf(b"/Names <</EmbeddedFiles 8 0 R>>"), "脚本"),
        ("a.pdf", packed(b"1 0 <</S /JavaScript>>"), "脚本"),
        ("a.pdf", packed(b"1 0 <</S /JavaScript>>", b"[/ASCIIHexDecode /FlateDecode]"), "看不清"),
        ("a.pdf", a_pdf().replace(b"trailer <<", b"trailer <</Encrypt 7 0 R "), "密码"),
        ("a.pdf", a_pdf(pages=301), "超过 300 页"),
        ("a.pdf", b"%PDF-1.7\n<script>", "打不开"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_harmless_paper_is_refused_and_leaves_nothing(
    worker: Client, name: str, content: bytes, said: str
) -> None:
    """The row F-IMG: by content, never by name."""
    before = {each.name for each in belongings()}
    answer = send(worker, content, name)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not Evidence.objects.exists()
    assert {each.name for each in belongings()} == before


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """10,000 by 10,000 pixels of one colour are a small file."""
    header = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(header, "PNG")
    loaded: list[int] = []
    monkeypatch.setattr(Image.Image, "load", lambda _: loaded.append(1))
    with pytest.raises(Refusal) as refusal:
        taken_in(header.getvalue())
    assert (refusal.value.code, loaded) == ("IMG-PIXELS", [])


def test_a_large_photo_is_made_smaller_and_a_picture_with_holes_shows_paper() -> None:
    large = io.BytesIO()
    Image.new("RGB", (4_000, 1_000), RED).save(large, "JPEG")
    assert Image.open(io.BytesIO(photos.photo_anew(large.getvalue()))).size == (3_000, 750)
    holes = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(holes, "PNG")
    shown = Image.open(io.BytesIO(photos.photo_anew(holes.getvalue())))
    assert shown.getpixel((5, 5)) == (255, 255, 255)


def test_harmless_pdfs_are_counted_and_taken() -> None:
    assert pages_of_pdf(a_pdf(pages=3)) == 3
    picture = b"8 0 obj <</Length 5>>\nstream\n\x00/JS \x00\nendstream endobj\ntrailer"
    assert pages_of_pdf(a_pdf().replace(b"trailer", picture)) == 1
    assert pages_of_pdf(packed(b"1 0 <</S /Sound>>")) == 1
    assert taken_in(a_pdf()).content_type is EvidenceType.PDF


def test_a_file_in_another_ones_place_does_not_open(worker: Client) -> None:
    send(worker, a_photo())
    send(worker, a_pdf(), "a.pdf")
    one, other = Evidence.objects.order_by("pk")
    file_of(other).write_bytes(file_of(one).read_bytes())
    answer = worker.get(f"/evidence/{other.uid}")
    assert answer.status_code == 409
    assert "材料打不开" in answer.content.decode()
    file_of(one).unlink()
    assert "从备份中找回" in worker.get(f"/evidence/{one.uid}").content.decode()


def test_papers_belong_to_what_a_backup_takes_along(worker: Client) -> None:
    send(worker, a_photo())
    paper = Evidence.objects.get()
    assert f"evidence/{paper.uid.hex[:2]}/{paper.uid.hex}" in {each.name for each in belongings()}


def test_a_paper_of_a_household_elsewhere_is_not_there(worker: Client, world: World) -> None:
    send(worker, a_photo())
    abroad = Client()
    abroad.force_login(officer_of(world, "abroad", Role.SOCIAL_WORKER, "官渡街道"))
    assert abroad.get(f"/evidence/{Evidence.objects.get().uid}").status_code == 404
    assert not EvidenceLook.objects.exists()


def test_a_fact_says_which_papers_it_rests_on(world: World) -> None:
    clerk = Client()
    clerk.force_login(officer_of(world, "clerk", Role.COUNTER_CLERK))
    send(clerk, a_photo(), title="工资单")
    paper = Evidence.objects.get()
    head = paper.household.memberships.get().person
    address = "/households/H1/facts/record/income"
    data = {**WAGE, "person": head.person_number, "valid_from": "2022-05-01", "source": "工资单"}
    data["evidence"] = str(paper.uid)
    previewed = hidden(clerk.post(address, data), "previewed")
    clerk.post(address, {**data, "previewed": previewed, "save": "1"})
    use = EvidenceUse.objects.get()
    assert (use.evidence, use.kind, use.row) == (paper, "income", Income.objects.get().pk)
    for page in ("/households/H1/facts", f"/persons/{head.person_number}/facts"):
        assert f"/evidence/{paper.uid}" in clerk.get(page).content.decode()


def test_a_form_sent_twice_brings_one_paper(worker: Client) -> None:
    send(worker, a_photo())
    answer = send(worker, a_photo())
    assert "这份材料已经收过：“户口簿”" in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_the_list_asks_as_much_for_many_papers_as_for_one(worker: Client) -> None:
    send(worker, a_photo())
    with CaptureQueriesContext(connection) as one:
        worker.get(PAPERS)
    for width in (61, 62, 63):
        send(worker, a_photo(size=(width, 40)))
    with CaptureQueriesContext(connection) as many:
        worker.get(PAPERS)
    assert len(one) == len(many)
