"""What the programmes and the grounds of an answer are called, in both languages."""

from __future__ import annotations

from doudi.policy.words import Words

TITLES = {
    "dibao": Words("最低生活保障（低保）", "Dibao, the minimum living guarantee"),
    "dibao_single": Words("低保单人户", "Dibao of a single person"),
    "dibao_margin": Words("低保边缘家庭", "household on the Dibao margin"),
    "tekun": Words("特困人员救助供养", "Tekun, support for the extremely poor"),
    "orphan": Words("孤儿基本生活费", "orphans' living allowance"),
    "unattended": Words("事实无人抚养儿童基本生活补贴", "allowance for unattended children"),
    "disability_living": Words("困难残疾人生活补贴", "living subsidy for disabled persons"),
    "disability_care": Words("重度残疾人护理补贴", "nursing subsidy for severely disabled persons"),
    "temporary_assistance": Words("临时救助", "temporary assistance"),
    "funeral": Words("基本殡葬服务费补助", "funeral subsidy"),
}

GROUNDS = {
    "property_ok": Words("家庭财产在限额以内", "property within the limits"),
    "away": Words(
        "服刑、戒毒、失踪或出家三年以上", "in prison, in rehabilitation, missing, or clergy"
    ),
    "not_alive": Words("本月不在世或尚未出生", "not alive in the month"),
    "not_belonging": Words("不是规定的共同生活成员", "no member of the household by law"),
    "counted": Words("是计入的家庭成员", "is a counted member"),
    "alive": Words("本月在世", "alive in the month"),
    "no_capacity": Words("无劳动能力", "no capacity for work"),
    "no_livelihood": Words("无生活来源", "no livelihood"),
    "nobody_able": Words("无义务人或义务人无能力", "nobody able to support"),
    "fits_orphan": Words("符合孤儿条件", "fits the orphans' scheme"),
    "fits_unattended": Words("符合事实无人抚养儿童条件", "fits the scheme for unattended children"),
    "fits_tekun": Words("符合特困条件", "fits Tekun"),
    "minor": Words("未满 18 周岁", "under 18"),
    "both_parents_gone": Words("父母均死亡或宣告失踪", "both parents dead or declared missing"),
    "both_parents_out": Words(
        "父母双方都不能抚养", "neither parent can care, and one is not dead or declared missing"
    ),
    "route_from_margin": Words(
        "边缘家庭中的重残或重病人员", "severely disabled or ill, of a margin household"
    ),
    "route_of_adults": Words("成年无业重度残疾人", "severely disabled adult without work"),
    "household_on_dibao": Words("家庭在享低保", "the household is on Dibao"),
    "on_dibao": Words("随家庭享受低保", "on Dibao with the household"),
    "on_dibao_single": Words("以单人户享受低保", "on Dibao as a single person"),
    "on_tekun": Words("享受特困供养", "on Tekun"),
    "on_orphan": Words("享受孤儿基本生活费", "receives the orphans' allowance"),
    "work_injury_care": Words(
        "享受工伤生活护理费", "receives the care fee of work-injury insurance"
    ),
    "severe_with_care_need": Words(
        "一、二级残疾，需要长期照护，且未被排除",
        "grade 1 or 2, in need of long-term care, and not excluded",
    ),
    "event": Words("家庭遇到突发困难", "something befell the household"),
    "event_emergency": Words("属急难型", "an emergency"),
    "means_allow_assistance": Words(
        "收入和财产符合规定，或已享受低保、特困", "means allow it, or on Dibao or Tekun"
    ),
    "deceased": Words("为其申请补助", "the subsidy is asked for this person"),
    "registered_here": Words("本区户籍", "registered in the district"),
    "cremated": Words("已火化", "cremated"),
    "state_funeral_grant": Words("享受国家丧葬补助", "has a funeral grant of the state"),
}
