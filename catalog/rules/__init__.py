"""Rules of texts that need nothing of Django: characters, titles, fields that imports write."""
