"""The steps from a snapshot to a plan, in their order; docs/importing.md shows them as arrows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from catalog.dataset.catalogue import Catalogue
from catalog.dataset.dating import Dating
from catalog.importer.addresses import WorkAddresses, assign_addresses
from catalog.importer.claims import Claims, find_claims, unread_records
from catalog.importer.corrections import move_corrections
from catalog.importer.derived import derive_works
from catalog.importer.drafts import Drafts, draft_values
from catalog.importer.left_addresses import plan_left_addresses
from catalog.importer.links import plan_links
from catalog.importer.matching import match_rows
from catalog.importer.names import plan_names
from catalog.importer.plan import Plan
from catalog.importer.present import Present
from catalog.importer.reconciliation import (
    count_works,
    reconcile_curated,
    reconcile_reported,
    report_silence,
)
from catalog.importer.records import plan_records
from catalog.importer.removals import plan_removals
from catalog.importer.structure import Structure
from catalog.importer.wanted import Refusal, Wanted, want


@dataclass
class Task:
    """What is to be planned: a catalogue of a day, the files of it that nobody can read.

    `refused` grows by the works that turn out to be such that they cannot be written.
    """

    catalogue: Catalogue
    structure: Structure
    day: datetime.date
    unread_files: set[str]
    refused: list[Refusal] = field(default_factory=list)
    dating: Dating | None = None

    @property
    def refused_records(self) -> set[str]:
        """The records of all that was refused."""
        return {name for row in self.refused for name in row.records}


@dataclass(frozen=True)
class Matched:
    """What is wanted, with the row, the address and the values of each work and part."""

    wanted: Wanted
    claims: Claims
    addresses: WorkAddresses
    drafts: Drafts


def make_plan(task: Task, present: Present) -> Plan:
    """Return what an import would write. Rows of `present` are changed by it: read them anew."""
    catalogue, structure = task.catalogue, task.structure
    matched = match_snapshot(task, present)
    wanted, claims = matched.wanted, matched.claims
    plan = Plan(task.day, refused=task.refused, kept_out=wanted.kept_out)
    move_corrections(wanted, present, claims, plan)
    reconcile_reported(wanted, matched.drafts, present, structure, plan)
    reconcile_curated(present, claims, plan)
    left_works = plan_removals(wanted, present, claims, matched.addresses, plan)
    names = plan_names(wanted, present, claims, left_works, plan)
    derive_works(wanted, present, names, plan)
    report_silence(present, claims, plan)
    plan_left_addresses(present, plan)
    count_works(wanted, plan)
    plan_records(catalogue.left_out, wanted, present, claims, plan)
    plan_links(catalogue.relations, wanted, present, structure, plan)
    return plan


def match_snapshot(task: Task, present: Present) -> Matched:
    """Return what a snapshot wants with the row, address and values of each work and part.

    A work that cannot be written joins the refused ones of the task, and the rest is matched
    anew without it.
    """
    catalogue, structure = task.catalogue, task.structure
    while True:
        refused = task.refused_records
        wanted = want(catalogue, present, structure, refused)
        match_rows(wanted, present)
        unread = unread_records(catalogue, wanted, present, refused, task.unread_files)
        claims = find_claims(wanted, present, unread)
        addresses = assign_addresses(wanted, present, claims)
        drafts = draft_values(wanted, present, structure)
        if not drafts.refused:
            return Matched(wanted, claims, addresses, drafts)
        task.refused += drafts.refused
