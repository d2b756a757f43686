"""What is said of texts of whatever kind."""

from catalog.models.publications import Publication
from catalog.models.texts import Component, Edition

Part = Edition | Component
Text = Publication | Edition | Component
