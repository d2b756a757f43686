"""How dates are written: 25 November 1988 in text, 25 Nov 1988 in tables; times in UTC."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = r"j F Y, H:i \U\T\C"
SHORT_DATETIME_FORMAT = r"j M Y, H:i \U\T\C"
YEAR_MONTH_FORMAT = "F Y"
