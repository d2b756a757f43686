"""How the project's templates are read: without their indentation, which no reader sees.

What is the same in every answer is worked out when a template is read for the first time.
"""

from __future__ import annotations

import re

from django.template import Origin, Template
from django.template.loaders import cached
from django.template.loaders.filesystem import Loader

from itu_portal.constant_parts import fold

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class UnindentedLoader(Loader):
    """Reads templates from folders; lines lose what they begin with, but stay the same lines.

    Indentation is more than a third of a long page, and is written anew for every row. So no
    template may hold text whose blanks are shown (`<pre>`, `<textarea>`): `.ci/check_pages.py`
    sees to that.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the text of a template; raise TemplateDoesNotExist if there is none."""
        return INDENTATION.sub("", super().get_contents(origin))


class FoldingLoader(cached.Loader):
    """Keeps templates that were read; those of the project are folded before."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return a template; raise TemplateDoesNotExist if there is none of this name."""
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_folded"):
            if isinstance(template.origin.loader, UnindentedLoader):
                fold(template)
            template.is_folded = True
        return template
