"""Final Acts, proceedings and reports of conferences, as people ask for them."""

from __future__ import annotations

import pytest

from catalog.identifiers.conference_texts import read_conference_text
from catalog.identifiers.typed_spellings import read_asked
from tests.found import some

WRC = "=finalactsoftheworldradiocommunicationconferences"
PP = "=finalactsoftheplenipotentiaryconferencebucharest2022"
WTSA = "=proceedingsoftheworldtelecommunicationstandardizationassembly"
WTDC = "=finalreportandactionplanoftheworldtelecommunicationdevelopmentconference"
CPM = "=reportoftheconferencepreparatorymeetingcpmreport"
ITRS = "=internationaltelecommunicationregulations"
READ = [
    ("Final Acts of WRC-23", WRC, 2023),
    ("The Final Acts of the WRC-23", WRC, 2023),
    ("Final Acts WRC-23", WRC, 2023),
    ("Final Acts (WRC-23)", WRC, 2023),
    ("final acts wrc 2023", WRC, 2023),
    ("WRC-23 Final Acts", WRC, 2023),
    ("WRC-2000 Final Acts", WRC, 2000),
    ("Final Acts of WRC-97", WRC, 1997),
    ("Provisional Final Acts of WRC-19", WRC, 2019),
    ("Final Acts of the World Radiocommunication Conference (WRC-15)", WRC, 2015),
    ("Final Acts of the World Radiocommunication Conference (Geneva, 2015)", WRC, 2015),
    ("Final Acts of WRC-19 (Sharm el-Sheikh, 2019)", WRC, 2019),
    ("Final Acts of PP-22", PP, None),
    ("Final Acts PP-2022", PP, None),
    ("PP-22 Final Acts", PP, None),
    ("Final Acts of the Plenipotentiary Conference (Bucharest, 2022)", PP, None),
    ("Proceedings of WTSA-24", WTSA, 2024),
    ("WTSA-16 proceedings", WTSA, 2016),
    ("Proceedings of WTSA-16 (Hammamet, 2016)", WTSA, 2016),
    ("WTSA-20 Proceedings", WTSA, 2022),
    ("Final Report of WTDC-17", WTDC, 2017),
    ("WTDC 2022 final report", WTDC, 2022),
    ("CPM Report to WRC-19", CPM, 2019),
    ("CPM23-2 Report", CPM, 2023),
    ("Report of the CPM to WRC-12", CPM, 2011),
    ("ITRs of WCIT-12", ITRS, 2012),
]


@pytest.mark.parametrize(("text", "key", "year"), READ)
def test_the_results_of_a_conference_are_read_with_their_year(text, key, year):
    asked = read_asked(text)[0]
    assert (asked.keys, asked.year, asked.is_name) == ((key,), year, False)


def test_other_texts_are_not():
    texts = ("WRC-23", "Final Acts", "Final Acts WRC", "Resolution 750 (WRC-19)", "G.711 (11/88)")
    for text in some([*texts, "Final Acts of WRC-23 and Resolution 5", "", "acts wrc-23 " * 40]):
        assert read_conference_text(text.lower()) is None, text
