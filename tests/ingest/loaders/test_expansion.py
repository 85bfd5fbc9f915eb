from __future__ import annotations

import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from hwp5_samples import hwp5, paragraph
from loader_samples import hwp_paragraph, hwpx, make_source, shown, texts, zipped

from assistant.errors import EncryptedFileError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import FileKind, expand, expansion, load_document, sniff
from assistant.types import LineKind


def message(**extra: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Re: 해외 인프라 입찰 공고 송부"
    mail["From"], mail["To"] = "Bid Desk <bids@example.org>", "office@example.org"
    mail["Date"] = "Fri, 15 Jan 2027 09:00:00 +0900"
    for name, value in extra.items():
        mail[name] = value
    mail.set_content("첨부한 공고문을 확인하시기 바랍니다.\n\n감사합니다.")
    return mail


def names(content: bytes, name: str = "묶음.zip") -> list[str]:
    return [part.name for part in expand(make_source(name, content))]


def test_a_document_expands_to_itself() -> None:
    source = make_source("a.hwpx", hwpx(hwp_paragraph("공고")))
    assert expand(source) == [source]


def test_each_member_of_an_archive_is_a_document_named_after_its_parent() -> None:
    content = zipped(
        {
            "공고문.hwp": hwp5(paragraph("공고문")),
            "서식/신청서.txt": "신청서",
            "__MACOSX/._a": "x",
            ".숨김": "x",
            "Thumbs.db": "x",
        }
    )
    parts = expand(make_source("묶음.zip", content))
    assert [part.name for part in parts] == ["묶음.zip/공고문.hwp", "묶음.zip/서식/신청서.txt"]
    assert [texts(load_document(part)) for part in parts] == [["공고문"], ["신청서"]]
    assert len({part.digest for part in parts}) == 2


def test_names_in_cp949_and_names_that_climb_are_put_right() -> None:
    package = zipped({"x" * 6 + ".txt": "하나", "../../etc/b.txt": "둘"}, zipfile.ZIP_STORED)
    korean = package.replace(b"xxxxxx", "공고문".encode("cp949"))
    assert names(korean) == ["묶음.zip/공고문.txt", "묶음.zip/etc/b.txt"]


def test_archives_in_archives_are_opened_to_a_limit_and_then_named() -> None:
    content = zipped({"안.txt": "안"})
    for level in range(4):
        content = zipped({f"{level}.zip": content})
    (last,) = expand(make_source("밖.zip", content))
    assert last.name == "밖.zip/3.zip/2.zip/1.zip"
    with pytest.raises(UnreadableFileError, match="too many others"):
        load_document(last)


def test_a_damaged_member_does_not_keep_its_neighbours_out() -> None:
    inner = zipped({"a.txt": "하나" * 500})
    parts = expand(make_source("a.zip", zipped({"bad.zip": inner[: len(inner) // 2], "good.txt": "좋음"})))
    assert [part.name for part in parts] == ["a.zip/bad.zip", "a.zip/good.txt"]
    with pytest.raises(UnreadableFileError, match="damaged"):
        load_document(parts[0])


def test_limits_count_through_all_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{number}.txt": "가" * 100 for number in range(5)})
    content = zipped({"a.zip": inner, "b.zip": inner})
    monkeypatch.setattr(expansion, "MAX_FILES", 8)
    with pytest.raises(TooLargeError, match="8 files"):
        expand(make_source("a.zip", content))
    monkeypatch.setattr(expansion, "MAX_FILES", 100)
    monkeypatch.setattr(expansion, "MAX_TOTAL_BYTES", 1_000)
    with pytest.raises(TooLargeError, match="unpacks"):
        expand(make_source("a.zip", content))


def test_an_archive_with_a_password_is_reported_as_encrypted() -> None:
    package = bytearray(zipped({"a.txt": "가"}))
    package[package.find(b"PK\x01\x02") + 8] |= 1
    (part,) = expand(make_source("a.zip", bytes(package)))
    with pytest.raises(EncryptedFileError):
        load_document(part)


def test_an_e_mail_is_a_document_and_so_is_each_attachment() -> None:
    mail = message()
    mail.add_attachment(hwp5(paragraph("입찰 공고")), maintype="application", subtype="x-hwp", filename="공고문.hwp")
    mail.add_attachment(zipped({"서식.txt": "서식"}), maintype="application", subtype="zip", filename="서식.zip")
    source = make_source("공고.eml", mail.as_bytes())
    assert sniff(make_source("noname", mail.as_bytes())) is FileKind.EML
    assert [part.name for part in expand(source)] == ["공고.eml", "공고.eml/공고문.hwp", "공고.eml/서식.zip/서식.txt"]
    document = load_document(source)
    assert document.metadata.title == "해외 인프라 입찰 공고 송부"
    assert document.metadata.published == date(2027, 1, 15)
    assert shown(document) == [
        (LineKind.HEADING, 1, "Re: 해외 인프라 입찰 공고 송부"),
        (LineKind.PARAGRAPH, 0, "보낸 사람: Bid Desk <bids@example.org>"),
        (LineKind.PARAGRAPH, 0, "받는 사람: office@example.org"),
        (LineKind.PARAGRAPH, 0, "날짜: Fri, 15 Jan 2027 09:00:00 +0900"),
        (LineKind.TEXT, 0, "첨부한 공고문을 확인하시기 바랍니다."),
        (LineKind.TEXT, 0, "감사합니다."),
        (LineKind.PARAGRAPH, 0, "첨부: 공고문.hwp"),
        (LineKind.PARAGRAPH, 0, "첨부: 서식.zip"),
    ]


def test_a_body_of_html_only_is_read_with_its_table() -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "안내", "a@example.org", "Fri, 15 Jan 2027 09:00:00 +0900"
    html = "<html><body><p>마감 안내</p><table><tr><th>구분</th><th>기한</th></tr><tr><td>1차</td><td>2월</td></tr></table></body></html>"
    mail.set_content(html, subtype="html")
    document = load_document(make_source("a.eml", mail.as_bytes()))
    assert "구분 | 기한" in texts(document, LineKind.TABLE_HEADER)
    assert "마감 안내" in texts(document)


def test_a_message_in_euc_kr_is_decoded() -> None:
    head = b"From: a@example.org\r\nSubject: x\r\nDate: Fri, 15 Jan 2027 09:00:00 +0900\r\n"
    body = head + b"Content-Type: text/plain; charset=ks_c_5601-1987\r\n\r\n" + "똠방각하 안내".encode("cp949")
    assert texts(load_document(make_source("a.eml", body)))[-1] == "똠방각하 안내"


def test_attachments_of_the_same_name_are_told_apart() -> None:
    mail = message()
    for text in ("하나", "둘"):
        mail.add_attachment(text, filename="a.txt")
    assert [part.name for part in expand(make_source("a.eml", mail.as_bytes()))][1:] == [
        "a.eml/a.txt",
        "a.eml/a (2).txt",
    ]


def test_a_message_without_words_has_no_text() -> None:
    with pytest.raises(NoTextError):
        load_document(
            make_source("a.eml", b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n\r\n\r\n")
        )


def test_a_text_with_labels_is_not_taken_for_an_e_mail() -> None:
    assert sniff(make_source("a.txt", "주제: 안내\nDate: 2027-01-15\n본문입니다.\n")) is FileKind.TEXT
