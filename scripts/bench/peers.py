"""What others' systems take for the same work, as measured by those who measured them.

Nothing of this was measured by `make bench`: each line names what was measured, on which machine,
and what the system does besides that ours does not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """One system's figures, as text, since they are quoted."""

    name: str
    beneficiaries_a_second: str
    statements: str
    longest_transaction: str
    rows: str
    besides: str


MEASURED_BY = (
    "The peers' figures were taken by this project in November 2026, by running each system's own"
    " function on made-up beneficiaries on a machine of the same kind (2 cores, PostgreSQL 15)."
    " They are quoted here and not taken again by `make bench`. OpenSPP and HOPE were read and not"
    " run, so that they have no figures."
)
PEERS = (
    Peer(
        "openIMIS (`PayrollService.create`, 10,000 beneficiaries)",
        "19 to 22, slower as its tables fill",
        "82 (85 with three criteria)",
        "528 s: the whole payroll is one",
        "11 a beneficiary, among them a bill, its item, the benefit",
        "a bill and an approval task for each payroll; payment gateways; histories of every row by"
        " the application; pays twice when run twice for one cycle",
    ),
    Peer(
        "OpenG2P PBMS (`entitlement_worker`, 10,000 beneficiaries, one worker)",
        "1,103 with one rule, 387 with four",
        "3.0 with one rule, 9.0 with four",
        "not measured",
        "none for an entitlement: a batch of 2,000 is one JSON value",
        "rules typed in by the user as SQL; several workers at once by its queue, which were left"
        " out of the measurement; envelopes and disbursement to banks by another service",
    ),
)
