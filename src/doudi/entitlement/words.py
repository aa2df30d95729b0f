"""What the parts of an amount are called: for every door that shows one."""

from __future__ import annotations

from doudi.kernel.refusals import N_

PARTS = {
    "gap": N_("补差"),
    "supplement": N_("分类施保"),
    "base": N_("基本生活标准"),
    "care": N_("照料护理"),
    "standard": N_("基本生活费标准"),
    "difference": N_("补足差额"),
    "living": N_("生活补贴"),
    "assistance": N_("救助金"),
    "funeral": N_("殡葬服务费补助"),
    "taper": N_("渐退期内按原标准"),
}
"""What the parts of an amount are called."""
