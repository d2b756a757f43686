"""Who asks, how often, for how much; what no password may be; what no database can look up."""
