"""Text files: every encoding that reports come in, and nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import Unreadable
from flows.normalize.decode import declared_encoding, decode, plausibility
from flows.normalize.read import read_source

SIMPLIFIED = (
    "今年以来，全区把为民办实事作为头等大事，年初确定的26件实事已完成19件，其余7件正在按计划推进。\r\n"
    "其中新建改建学校3所，新增学位2150个；改造老旧小区11个，惠及居民4300余户。"
)
TRADITIONAL = (
    "今年以來，全區把為民辦實事作為頭等大事，年初確定的26件實事已完成19件，其餘7件正在按計劃推進。"
    "其中新建改建學校3所，新增學位2150個；改造老舊小區11個，惠及居民4300餘戶，總投資2.6億元。"
)


@pytest.mark.parametrize(
    ("encoding", "prefix"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("gb18030", b""),
    ],
)
@pytest.mark.parametrize("declared", [None, "gb2312", "utf-8", "big5"])
def test_every_encoding_gives_the_same_text(encoding: str, prefix: bytes, declared: str | None) -> None:
    text, _ = decode(prefix + SIMPLIFIED.encode(encoding), declared)
    assert text == SIMPLIFIED


@pytest.mark.parametrize("declared", [None, "gb2312", "big5"])
def test_big5_is_told_from_gb18030_although_both_accept_the_bytes(declared: str | None) -> None:
    data = TRADITIONAL.encode("big5")
    assert decode(data, declared) == (TRADITIONAL, "big5hkscs")


def test_traditional_text_in_gb18030_is_not_taken_for_big5() -> None:
    assert decode(TRADITIONAL.encode("gb18030"))[0] == TRADITIONAL


def test_a_text_file_keeps_every_character_and_line_end() -> None:
    source = read_source(b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "a.txt")
    assert source.text == SIMPLIFIED
    assert "\r\n" in source.text
    assert (source.media_type, source.spans) == ("text/plain", ())


def test_a_form_feed_and_a_stray_control_character_stay_where_they_are() -> None:
    text = "一、完成情况\x0c全年完成\x07118件。"
    assert read_source(text.encode(), "a.txt").text == text


def test_a_file_cut_inside_a_character_is_refused_with_the_place() -> None:
    data = SIMPLIFIED.encode()[:-1]
    with pytest.raises(Unreadable, match="breaks at byte"):
        decode(data, None, "cut.txt")


def test_lost_characters_are_not_passed_on() -> None:
    with pytest.raises(Unreadable, match="replacement characters"):
        decode("全年完成\ufffd18件".encode())


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x80\x81\xff" * 100, b"\x00\x01\x02\x03" * 400])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_source(data, "binary.txt")


@pytest.mark.parametrize("data", [b"", b"  \r\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read_source(data, "empty.txt")


def test_the_declaration_of_a_page_is_read_in_all_its_spellings() -> None:
    assert declared_encoding(b'<meta charset="gb2312">') == "gb2312"
    assert declared_encoding(b"<meta http-equiv=Content-Type content='text/html; charset=GBK'>") == "GBK"
    assert declared_encoding(b'<?xml version="1.0" encoding="Big5"?>') == "Big5"
    assert declared_encoding(b"<p>charset is a word</p>") is None


@given(st.text(alphabet=st.sampled_from(sorted(set(SIMPLIFIED))), min_size=30, max_size=200))
def test_what_gb18030_wrote_is_read_back_unaltered(text: str) -> None:
    """Or refused: never read as other characters."""
    try:
        read, _ = decode(text.encode("gb18030"), "gb2312")
    except Unreadable:
        return
    assert read == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_without_replacement_or_an_error_of_ours(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Unreadable:
        return
    assert "\ufffd" not in text
    assert text.encode(encoding) in (data, data.removeprefix(b"\xef\xbb\xbf"), data[2:])


def test_chinese_scores_above_the_same_bytes_misread() -> None:
    misread = SIMPLIFIED.encode("gb18030").decode("big5hkscs", "ignore")
    assert plausibility(SIMPLIFIED) > 0.6 > 0.3 > plausibility(misread)
