"""What can be wrong in a written file (参数文件、案例文件): one sentence each, naming the place."""

from __future__ import annotations

from typing import Final

from doudi.kernel.refusals import N_, Refusal

MESSAGES: Final = {
    "YAML-READ": N_("{where}：读不到这个文件，请核对路径和编码（UTF-8）"),
    "YAML-SYNTAX": N_("{where} 第 {line} 行：不是正确的 YAML，请核对缩进、引号和重复的键"),
    "YAML-SIZE": N_("{where}：文件过大或嵌套过深，请拆成几个文件"),
    "YAML-MAP": N_("{where} 应为键值表"),
    "YAML-LIST": N_("{where} 应为列表"),
    "YAML-TEXT": N_("{where} 应为文字；数字代码请加引号"),
    "YAML-DATE": N_("{where} 应为日期，如 2022-03-01"),
    "YAML-MONTH": N_("{where} 应为月份，如 2022-03"),
    "YAML-YUAN": N_('{where} 应为加引号的元，不为负，最多两位小数，如 "700.00"'),
    "YAML-MAX": N_("{where} 超过 {most} 元的上限，请核对"),
    "YAML-SHARE": N_('{where} 应为小数，不大于 10，最多四位小数，如 "0.15"'),
    "YAML-COUNT": N_("{where} 应为 {least} 到 {most} 的整数"),
    "YAML-TRUTH": N_("{where} 应为 true 或 false"),
    "YAML-CHOICE": N_("{where} 应为 {choices} 之一"),
    "YAML-GRADES": N_("{where} 应为残疾类别到等级（0 到 4）的对照"),
    "YAML-WORDS": N_("{where} 应为词的列表"),
    "YAML-KEY": N_("{where}：没有这个键，请核对拼写"),
    "YAML-MISSING": N_("{where}：缺少这个键"),
    "YAML-TWICE": N_("{where} 重复，请只写一次"),
    "PARAMETER-BILINGUAL": N_("{where} 应有 zh 和 en 两种文字"),
    "PARAMETER-DATED": N_("{where} 应有按生效日期排列的值"),
    "PARAMETER-UNIT": N_("{where}：没有这个单位"),
    "PARAMETER-STATUS": N_("{where}：value 为 null 时 status 应为 unknown，反之亦然"),
    "PARAMETER-CIRCLE": N_("{where}：上级互相指向，成了圈"),
    "PARAMETER-UNKNOWN": N_("{where}：没有这个政策参数，请核对拼写"),
    "PARAMETER-GAP": N_("{where}：自 {first} 起就应有值，未查到的写 null"),
    "CASE-ORDER": N_("{where} 早于出生日期，请核对"),
    "CASE-AGE": N_("{where} 使年龄超过 130 岁，请核对"),
    "CASE-HEAD": N_("{where}：一户应有且只有一名户主（relation: head）"),
    "CASE-SPOUSE": N_("{where}：户主至多一名配偶"),
    "CASE-BOTH": N_("{where}：income 与 income_12_months 只能写一个"),
    "CASE-SAME-KEY": N_("{where}：与另一名成员的 id 相同"),
    "CASE-NOBODY": N_("{where}：没有 id 为“{found}”的成员"),
    "CASE-WHOLE": N_("{where}：有残疾须同时写 category 和 grade"),
    "CASE-PERIOD": N_("{where}：valid_to 早于 valid_from，请核对"),
    "CASE-EMPTY": N_("{where}：文件里没有案例"),
    "CASE-NONE": N_("{where}：文件夹里没有 *.yaml 案例文件"),
    "CASE-FOLDER": N_("{where}：没有这个文件夹"),
}
"""A message for each code; `where` names the file and the key's path."""


class Malformed(ValueError):  # noqa: N818 - an answer to whoever wrote it, not our error
    """A written value isn't what its place wants: the code of a message, and what fills it."""

    def __init__(self, code: str, **values: object) -> None:
        """The place is not known here; whoever reads the file adds it."""
        super().__init__(code)
        self.code = code
        self.values = values


def refused(code: str, where: str, **values: object) -> Refusal:
    """The refusal of this code at this place, to be raised."""
    return Refusal(code, MESSAGES[code], where=where, **values)
