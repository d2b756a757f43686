"""How dates are written: 25 November 1988 in text, 25 Nov 1988 in tables."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
YEAR_MONTH_FORMAT = "F Y"
