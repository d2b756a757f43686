"""Addresses of the catalogue, in the order in which they are tried."""

from django.urls import include, path, register_converter

from catalog.converters import CONVERTERS
from catalog.views import about, home, reports
from catalog.views.finding import batch, go, keys, opensearch, search, text_families, use_data
from catalog.views.lists import export_rows, exports, feeds, pages
from catalog.views.union import activities, groups, membership, series, structure, subjects
from catalog.views.works import entry_history, publications, which_one

for _name, _converter in CONVERTERS.items():
    register_converter(_converter, _name)

EXPORTS = {
    "publication-list": ("publications/", export_rows.PUBLICATIONS),
    "initiative-list": ("initiatives/", export_rows.INITIATIVES),
    "partner-list": ("partners/", export_rows.PARTNERS),
    "conference-list": ("conferences/", export_rows.CONFERENCES),
    "topic-list": ("topics/", export_rows.TOPICS),
    "change-list": ("changes/", export_rows.CHANGES),
    "claim-list": ("fact-check/", export_rows.CLAIMS),
    "search": ("search/", export_rows.SEARCH),
}

urlpatterns = [
    *(
        path(f"{prefix}index.{suffix}", view, {"export": export}, name=f"{name}-{suffix}")
        for name, (prefix, export) in EXPORTS.items()
        for suffix, view in (("csv", exports.as_csv), ("json", exports.as_json))
    ),
    path("", home.home, name="home"),
    path("", include("catalog.api.urls")),
    path("robots.txt", about.robots, name="robots"),
    # Lists
    path("publications/", pages.publications, name="publication-list"),
    path("initiatives/", pages.initiatives, name="initiative-list"),
    path("initiatives/not-found/", pages.not_found, name="not-found-list"),
    path("partners/", pages.partners, name="partner-list"),
    path("conferences/", pages.conferences, name="conference-list"),
    path("topics/", pages.topics, name="topic-list"),
    path("changes/", pages.changes, name="change-list"),
    path("changes/feed.atom", feeds.ChangesFeed(), name="change-feed"),
    path("fact-check/", pages.claims, name="claim-list"),
    path("claims/", pages.former_claims, {"route": "claim-list"}),
    path("claims/index.csv", pages.former_claims, {"route": "claim-list-csv"}),
    path("claims/index.json", pages.former_claims, {"route": "claim-list-json"}),
    path("search/", search.search, name="search"),
    path("search/suggest/", opensearch.suggest, name="search-suggest"),
    path("opensearch.xml", opensearch.description, name="opensearch"),
    # Identifiers and links to entries
    path("go/", go.go, name="go"),
    path("go/batch/", batch.batch, name="go-batch"),
    path("families/", text_families.text_families, name="text-family-list"),
    path("families/<key:slug>/", text_families.text_family, name="text-family"),
    # Entries
    path("initiatives/<key:slug>/", activities.initiative, name="initiative"),
    path(
        "initiatives/<key:slug>/<year:year>/", activities.summit_meeting, name="initiative-meeting"
    ),
    path("partners/<key:slug>/", activities.partner, name="partner"),
    path("conferences/<key:slug>/", activities.conference, name="conference"),
    path("conferences/<key:slug>/<year:year>/", activities.meeting, name="meeting"),
    path("topics/<key:slug>/", subjects.topic, name="topic"),
    path("sdgs/", subjects.goals, name="goal-list"),
    path("sdgs/<goal:number>/", subjects.goal, name="goal"),
    path("membership/", membership.comparison, name="membership"),
    path("membership/<key:slug>/", membership.membership_type, name="membership-type"),
    path("bodies/", structure.bodies, name="body-list"),
    path("bodies/<key:slug>/", structure.body, name="body"),
    path("sectors/", structure.sectors, name="sector-list"),
    path("id/<key:key>/", keys.by_key, name="by-key"),
    path("id/<key:key>/history/", entry_history.record_of_entry, name="entry-history"),
    # About
    path("about/", about.about, name="about"),
    path("about/states/", about.states, name="about-states"),
    path("about/verification/", about.verification, name="about-verification"),
    path("about/api/", use_data.api, name="about-api"),
    path("about/accessibility/", about.accessibility, name="about-accessibility"),
    path("report/", reports.report, name="report-problem"),
    # A sector and what it holds: group, kind word, series letters, number
    path("<sector:sector>/", structure.sector, name="sector"),
    path("<sector:sector>/<group:group>/", groups.study_group, name="study-group"),
    path("<sector:sector>/<group:group>/feed.atom", feeds.GroupFeed(), name="study-group-feed"),
    path("<sector:sector>/<family:family>/", structure.family, name="family"),
    path("<sector:sector>/<series:series>/", series.series, name="series"),
    path("<sector:sector>/<series:series>/feed.atom", feeds.SeriesFeed(), name="series-feed"),
    path(
        "<sector:sector>/<publication:publication>/", publications.publication, name="publication"
    ),
    path(
        "<sector:sector>/<publication:publication>/feed.atom",
        feeds.PublicationFeed(),
        name="publication-feed",
    ),
    path(
        "<sector:sector>/<publication:publication>/<edition:edition>/",
        publications.edition,
        name="edition",
    ),
    path(
        "<sector:sector>/<publication:publication>/<further_numbers:further_numbers>/",
        which_one.by_dual_number,
        name="dual-number",
    ),
    path(
        "<sector:sector>/<publication:publication>/<edition:edition>/history/",
        entry_history.record_of_edition,
        name="edition-history",
    ),
    path(
        "<sector:sector>/<publication:publication>/<edition:edition>/<part:part>/",
        publications.component,
        name="component",
    ),
    path(
        "<sector:sector>/<publication:publication>/<edition:edition>/<part:part>/history/",
        entry_history.record_of_component,
        name="component-history",
    ),
]
