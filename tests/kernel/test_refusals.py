"""A refusal is one sentence, in the language of whoever reads it, with its place."""

from __future__ import annotations

from doudi.kernel.citations import Citation
from doudi.kernel.refusals import Fault, FileRefused, Refusal, Severity
from doudi.kernel.vocabulary import Relation, Sex, Word

ENGLISH = {
    "第 {row} 行": "row {row}",
    "“{column}”列": "column {column}",
    "不足 {n}": "short of {n}",
}


def english(message: str) -> str:
    return ENGLISH.get(message, message)


def test_a_refusal_is_translated_before_it_is_filled_in() -> None:
    refusal = Refusal("SHORT", "不足 {n}", n=3)
    assert str(refusal) == "不足 3"
    assert refusal.sentence(english) == "short of 3"


def test_words_of_our_lists_are_said_by_their_label_in_the_language() -> None:
    refusal = Refusal(
        "ROLE", "没有“{relation}”：{others}", relation=Relation.HEAD, others=("a", "b")
    )
    assert str(refusal) == "没有“户主”：a、b"
    words = {"没有“{relation}”：{others}": "no {relation}: {others}", "户主": "head", "、": ", "}
    assert refusal.sentence(lambda text: words.get(text, text)) == "no head: a, b"


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert str(Refusal("SHORT", "不足 {n}", n="{7*7}")) == "不足 {7*7}"


def test_a_fault_says_where_it_is_as_far_as_that_is_known() -> None:
    fault = Fault(Severity.ERROR, "SHORT", "不足 {n}", row=7, column="金额", values={"n": 1})
    assert fault.place() == "第 7 行 “金额”列"
    assert fault.place(english) == "row 7 column 金额"
    assert Fault(Severity.ERROR, "SHORT", "不足").place() == ""


def test_a_refused_file_carries_every_fault() -> None:
    faults = [Fault(Severity.ERROR, "SHORT", "不足 {n}", row=n, values={"n": n}) for n in (2, 3)]
    refused = FileRefused("FILE", "共 {count} 处", faults, count=2)
    assert str(refused) == "共 2 处"
    assert [fault.sentence() for fault in refused.faults] == ["不足 2", "不足 3"]


def test_a_citation_reads_as_a_letter_prints_it() -> None:
    cited = Citation("社会救助暂行办法", "国务院令第649号", "第十二条")
    assert str(cited) == "《社会救助暂行办法》（国务院令第649号）第十二条"
    assert str(Citation("社会救助暂行办法")) == "《社会救助暂行办法》"


def test_a_word_is_found_by_its_label_and_by_its_code() -> None:
    assert Sex.labelled("女") is Sex.labelled("F") is Sex.FEMALE
    assert Relation.labelled("户主") is Relation.HEAD
    assert Relation.labelled("老大") is None


def test_every_word_of_a_list_has_a_label_of_its_own() -> None:
    for words in Word.__subclasses__():
        labels = [label for _, label in words.choices()]
        assert len(set(labels)) == len(labels) > 0
        assert all(labels)
