"""How the project's templates are read: without their indentation, which no reader sees."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader

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
