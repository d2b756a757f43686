"""Pages that were made once and are served like files until the catalogue changes."""
