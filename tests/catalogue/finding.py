"""How well things are found in the whole catalogue; used by a test and by `make bench`.

Every measure asks the portal what it can know the answer to beforehand, from the records of the
data set alone, and counts what came of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from catalog.dataset.source_record import Record
from catalog.models import CommonName, Publication, SearchEntry, SourceRecord
from catalog.resolver import Answer, resolve, resolve_many
from catalog.search.match import find
from catalog.terms import Kind, NameRelation, Outcome, RecordRole

PART = 1_000
SEED = 20_260_822
MONTH_WORDS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec."
DATE = re.compile(r"\((\d\d)/(\d{4})\)$")
HAS_DATE_OR_VERSION = re.compile(r"\(\d\d/\d{4}\)$|\d-\d+(?:/\d+)?:?$|SG\d\d\.\d+-\d")


@dataclass
class Measure:
    """What became of the questions of one kind."""

    name: str
    right: int = 0
    which_one: int = 0
    unknown: int = 0
    wrong: int = 0
    examples: list[tuple] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many were asked."""
        return self.right + self.which_one + self.unknown + self.wrong

    @property
    def share(self) -> float:
        """The share that led to the right text without a further question."""
        return self.right / self.asked

    def count(self, verdict: str, *example: object) -> None:
        """Count one answer; a few that are not right are kept to be shown."""
        setattr(self, verdict, getattr(self, verdict) + 1)
        if verdict != "right" and len(self.examples) < 20:
            self.examples.append((verdict, *map(str, example)))


def table(measures: Iterable[Measure]) -> str:
    """Return the measures as a table of text."""
    lines = [
        f"{'':44} {'asked':>7} {'right':>7} {'which':>6} {'none':>6} {'wrong':>6} {'right':>8}"
    ]
    lines += [
        f"{m.name:44} {m.asked:7,} {m.right:7,} {m.which_one:6,} {m.unknown:6,} {m.wrong:6,} "
        f"{m.share:8.2%}"
        for m in measures
    ]
    return "\n".join(lines)


def _without_sector(record: SourceRecord) -> str:
    return re.sub(r"^ITU-[TR] ", "", record.identifier)


def _after_kind(record: SourceRecord) -> str:
    """Return the identifier after its kind in full, or after Rec., in turns."""
    kind = Kind(record.publication.kind)
    if kind in KINDS_OF_RADIO:
        return f"{kind.label} {record.identifier}"
    if record.pk % 2:
        return f"{Kind.RECOMMENDATION.label} {record.identifier}"
    return re.sub(r"^(ITU-[TR]) ", r"\1 Rec. ", record.identifier)


def _other_date(record: SourceRecord) -> str:
    """Return the identifier with its date in other forms, in turns; a version after v."""
    forms = ("({name} {year})", "{year}-{month}", "{month}/{year}", "({month}/{short})")

    def date(match: re.Match[str]) -> str:
        month, year = match[1], match[2]
        name = MONTH_WORDS.split()[int(month) - 1]
        form = forms[record.pk % len(forms)]
        return form.format(name=name, year=year, month=month, short=year[2:])

    text = DATE.sub(date, record.identifier)
    return re.sub(r"^(ITU-R [A-Z]+\.\d+)-(\d+)$", r"\1 v\2", text)


KINDS_OF_RADIO = (Kind.REPORT, Kind.QUESTION, Kind.RESOLUTION, Kind.HANDBOOK)
SPELLINGS: dict[str, Callable[[SourceRecord], str]] = {
    "as in the record": lambda record: record.identifier,
    "without ITU-T, ITU-R": _without_sector,
    "in lower case": lambda record: record.identifier.lower(),
    "blank for the dot": lambda r: re.sub(r"(?<=[A-Z])\.(?=\d)", " ", r.identifier),
    "hyphens": lambda record: re.sub(r"(?<=[A-Z])[. ](?=\d)", "-", record.identifier),
    "after Rec., Recommendation, Report …": _after_kind,
    "other forms of date and version": _other_date,
}


def measure_records() -> Iterator[Measure]:
    """Ask for every record that stands for a text, in every spelling."""
    records = list(
        SourceRecord.objects.of_texts().select_related("publication", "edition", "component")
    )
    for name, spell in SPELLINGS.items():
        measure = Measure(name)
        for record, answer in _answers(records, spell):
            measure.count(_verdict(record, answer), record.identifier, answer.query, answer.found)
        yield measure


def _answers(things: Sequence, spell: Callable) -> Iterator[tuple]:
    for start in range(0, len(things), PART):
        part = things[start : start + PART]
        yield from zip(part, resolve_many([spell(thing) for thing in part]), strict=True)


def _verdict(record: SourceRecord, answer: Answer) -> str:
    """Return what an answer is for a record.

    An identifier without date or version is that of a work as well, which is then right.
    """
    wanted = [record.component or record.edition]
    if not HAS_DATE_OR_VERSION.search(record.identifier):
        wanted.append(record.publication)
    if answer.found is not None and answer.found in wanted:
        return "right"
    if any(text in answer.others for text in wanted):
        return "which_one"
    return "wrong" if answer.found is not None else "unknown"


def measure_links(records: Iterable[Record]) -> Iterator[Measure]:
    """Ask for every link of the data set, and for those of ITU-T with another status letter."""
    holders: dict[str, list[str]] = {}
    for record in records:
        if record.link:
            holders.setdefault(record.link, []).append(record.source_identifier)
    known = {
        row.identifier: row
        for row in SourceRecord.objects.select_related("publication", "edition", "component")
    }
    spellings = {"links": lambda link: link, "links, other letter": _other_letter}
    spellings["links, http and tracking"] = lambda link: (
        f"http{link[link.index(':') :]}?utm_source=a"
    )
    for name, spell in spellings.items():
        measure = Measure(name)
        links = [link for link in holders if spell(link)]
        for link, answer in _answers(links, spell):
            rows = [known[identifier] for identifier in holders[link]]
            measure.count(_verdict_on_link(rows, answer), answer.query, answer.found, rows)
        yield measure


def _other_letter(link: str) -> str:
    match = re.fullmatch(r"(https?://www\.itu\.int/rec/T-REC-.+-\d{6}-)([A-Z])(.*)", link)
    return f"{match[1]}{'I' if match[2] == 'S' else 'S'}{match[3]}" if match else ""


def _verdict_on_link(rows: list[SourceRecord], answer: Answer) -> str:
    """Return what an answer is for a link that these records carry.

    One holder must be found; of several, all must be named, or the edition of which the others
    are components must be found. Of a draft the text must be found, or it is said to be none.
    """
    texts = [row.component or row.edition for row in rows]
    left_out = [row for row in rows if RecordRole(row.role).is_left_out]
    if left_out:
        works = [row.publication for row in left_out if row.publication]
        is_honest = answer.found is None or answer.work in works or answer.found in texts
        return "right" if is_honest else "wrong"
    if len(texts) == 1 and answer.found == texts[0]:
        return "right"
    if answer.found is None:
        return "which_one" if all(text in answer.others for text in texts) else "unknown"
    changed = [row.component for row in rows if row.component]
    is_base = answer.found in texts and all(part.edition == answer.found for part in changed)
    return "right" if is_base and len(changed) == len(set(texts)) - 1 else "wrong"


QUERIES = {
    "L.163": "ITU-T L.163",
    "A.13": "ITU-T A.13",
    "A Suppl. 2": "ITU-T A Suppl. 2",
    "G.780/Y.1351": "ITU-T G.780/Y.1351",
    "Z.100": "ITU-T Z.100",
    "H.264": "ITU-T H.264",
    "Y.3500": "ITU-T Y.3500",
    "G.989.2 Amd 1": "ITU-T G.989.2",
    "G.Suppl.47": "ITU-T G Suppl. 47",
}
NOT_HELD = ("OB.1096", "G.Imp712")


def measure_queries() -> Measure:
    """Ask the twelve recorded queries; the work, or the honest answer, must come first."""
    measure = Measure("the twelve recorded queries")
    for text, label in QUERIES.items():
        answer, hits = resolve(text), list(find(text)[:1])
        is_right = answer.work and answer.work.label == label and hits[0].identifier == label
        measure.count("right" if is_right else "wrong", text, answer.found, hits)
    for text in NOT_HELD:
        answer = resolve(text)
        is_right = answer.outcome is Outcome.NOT_HELD and answer.elsewhere.link
        measure.count("right" if is_right else "wrong", text, answer.outcome)
    rules = resolve("RR")
    is_right = rules.work and rules.work.name == "Radio Regulations"
    measure.count("right" if is_right else "wrong", "RR", rules.outcome, rules.found)
    return measure


def measure_names(search: Callable[[str], str]) -> Measure:
    """Search for each name in use that is the name of one text and of nothing else.

    `search` types a text into the search box and returns the path that it leads to; "" if it
    shows results.
    """
    measure = Measure("names in use of one text")
    rows = CommonName.objects.select_related("work__sector").order_by("name", "pk")
    by_name: dict[str, list[CommonName]] = {}
    for row in rows:
        by_name.setdefault(row.name.casefold(), []).append(row)
    for row, *more in by_name.values():
        if more or row.relation != NameRelation.IS or row.ambiguous_with:
            continue
        path = search(row.name)
        is_right = row.work is not None and path == row.work.get_absolute_url()
        measure.count("right" if is_right else "wrong" if path else "unknown", row, path)
    return measure


def telling_words(works: Sequence[Publication]) -> list[tuple[Publication, str]]:
    """Return works with the three words of their title that fewest other titles hold."""
    titles = Publication.objects.values_list("name", flat=True)
    holders: dict[str, int] = {}
    for title in titles:
        for word in set(_words(title)):
            holders[word] = holders.get(word, 0) + 1
    found = []
    for work in works:
        words = sorted(dict.fromkeys(_words(work.name)), key=lambda word: holders[word])[:3]
        if len(words) == 3:
            found.append((work, " ".join(words)))
    return found


def _words(title: str) -> list[str]:
    return [word for word in re.findall(r"\w+", title.lower()) if len(word) > 2]


def drawn_titles(number: int = 200) -> list[tuple[Publication, str]]:
    """Return this many works drawn at random, each with three telling words of its title."""
    works = list(Publication.objects.filter(from_source=True).order_by("key"))
    random.Random(SEED).shuffle(works)
    return telling_words(works[: number * 2])[:number]


def measure_titles() -> Measure:
    """Ask for 200 works by three words of the title; the work must be within the first ten."""
    measure = Measure("three telling words of 200 titles")
    for work, words in drawn_titles():
        keys = list(find(words, SearchEntry.objects.all())[:10].values_list("key", flat=True))
        measure.count("right" if work.key in keys else "unknown", words, work, keys)
    return measure
