"""Refusals of files that are made to harm, or look like it."""

from __future__ import annotations

from doudi.kernel.refusals import N_, Refusal


def hostile(message: str, **values: object) -> Refusal:
    """The refusal F-HOSTILE: nothing was read, and a fresh template is the way out."""
    return Refusal("F-HOSTILE", message, **values)


def oversized(message: str, **values: object) -> Refusal:
    """The refusal F-SIZE: more than a ledger may hold."""
    return Refusal("F-SIZE", message, **values)


def damaged() -> Refusal:
    """The refusal F-TYPE of a workbook that can't be opened."""
    return Refusal(
        "F-TYPE", N_("工作簿已损坏或不完整，请在 Excel 或 WPS 中打开，另存为 .xlsx 后再试")
    )


def not_a_workbook() -> Refusal:
    """The refusal F-TYPE of another kind of file, whatever its name says."""
    return Refusal(
        "F-TYPE",
        N_("不是 .xlsx 工作簿（可能是 .xls、.et、.ods 或网页），请在 Excel 或 WPS 中另存为 .xlsx"),
    )


def has_password() -> Refusal:
    """The refusal F-TYPE of an encrypted file."""
    return Refusal("F-TYPE", N_("文件有密码，请先在 Excel 或 WPS 中取消密码，再另存为 .xlsx"))
