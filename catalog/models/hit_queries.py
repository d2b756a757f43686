"""What a page of results asks of the works that are found, prepared; each takes several keys."""

from __future__ import annotations

from catalog.models.common_names import CommonName
from catalog.models.names import PublicationName
from catalog.models.prepared import Prepared
from catalog.models.publications import Publication
from catalog.models.relations import PublicationRelation
from catalog.models.texts import Component, Edition

works_with_keys = Prepared(
    lambda works: Publication.objects.with_edition().filter(pk__in=works)
).of_any
names_of = Prepared(lambda works: PublicationName.objects.filter(publication__in=works)).of_any
# What people call works, by name.
called_works = Prepared(CommonName.objects.of_works).of_any
editions_of = Prepared(lambda works: Edition.objects.filter(publication__in=works)).of_any
components_of = Prepared(lambda works: Component.objects.filter(publication__in=works)).of_any
# Of address parts: the current works that have one of them.
current_works_at = Prepared(
    lambda slugs: Publication.objects.with_edition().current().filter(slug__in=slugs)
).of_any
same_texts_as = Prepared(PublicationRelation.objects.same_texts_as_any).of_any
