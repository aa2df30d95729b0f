"""What the codes of payments mean, in words: for every door that shows a run."""

from __future__ import annotations

from doudi.kernel.refusals import N_
from doudi.payments import queries

WHY = {
    "ACC-NONE": N_("领款人没有银行账户，请登记后再发"),
    "ACC-NAME": N_("户名与领款人不一致，如为代领请登记代领人"),
    "ACC-COOL": N_("账户在本月变更，自下月生效，本月仍发原账户"),
    "ACC-DUP": N_("同一账户用于三户以上，请复核"),
    "NAME-GBK": N_("户名中有字不在 GBK 字符集，请与银行约定写法"),
    "RET-LINE": N_("本批没有这个序号"),
    "RET-AMOUNT": N_("金额与本批不符"),
    "RET-ACCOUNT": N_("账号末四位与本批不符"),
    "RET-CODE": N_("银行的结果代码不认识"),
}
"""What the codes of what is held, remarked or put in suspense mean."""

OUTCOMES = {
    queries.CONFIRMED: N_("已到账"),
    queries.CAME_BACK: N_("已退回"),
    queries.CONTRADICTED: N_("回盘矛盾"),
    queries.UNANSWERED: N_("待回盘"),
}
