"""Made-up names (姓名): common surnames with given names of each generation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from doudi.kernel.vocabulary import Sex

if TYPE_CHECKING:
    from doudi.synth.chance import Chance

SURNAMES: tuple[tuple[str, int], ...] = tuple(
    (surname, weight)
    for weight, surnames in (
        (70, "李王张"),
        (45, "杨刘陈赵"),
        (22, "周黄段马普吴孙徐"),
        (12, "何高罗郑朱胡郭林唐许邓冯曹彭"),
        (6, "董袁蒋杜潘余丁苏叶吕魏任卢姚钱尹方石金谢韩夏范邹熊毕保"),
    )
    for surname in surnames
)
"""Surnames with how often they are met, those of Yunnan among them."""

_OLD = {
    Sex.FEMALE: "秀英桂兰凤仙玉珍淑芬美琼惠莲翠菊琴香莉彩",
    Sex.MALE: "国建华文明忠德福寿祥荣富贵学永兴正云林长保",
}
_MIDDLE = {
    Sex.FEMALE: "丽红艳梅燕霞敏静萍娟芳玲莉云琳慧英琼娅",
    Sex.MALE: "伟强勇军斌涛刚峰平杰磊辉鹏飞坤俊海波江",
}
_YOUNG = {
    Sex.FEMALE: "雨欣梓涵佳怡诗语思琪可馨悦宁若曦子萱",
    Sex.MALE: "浩宇子轩俊熙一鸣泽睿博文天佑宸铭嘉懿",
}


def given_names(born: date, sex: Sex) -> str:
    """The characters from which the parents of that time would choose."""
    generation = _OLD if born < date(1965, 1, 1) else _MIDDLE if born < date(1995, 1, 1) else _YOUNG
    return generation[sex]


def full_name(chance: Chance, surname: str, born: date, sex: Sex) -> str:
    """A surname with a given name of one or, three times in four, two characters."""
    characters = given_names(born, sex)
    given = chance.pick(characters)
    if chance.percent(75):
        given += chance.pick(characters)
    return surname + given
