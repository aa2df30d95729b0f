"""Case files (案例文件): one family written down, what it is due, and whether the rules agree."""

from doudi.policy.cases.answers import answer, explained
from doudi.policy.cases.case import Case
from doudi.policy.cases.comparing import Difference, differences
from doudi.policy.cases.reading import case_files, read_cases

__all__ = ["Case", "Difference", "answer", "case_files", "differences", "explained", "read_cases"]
