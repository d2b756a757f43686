"""Which edition stands for a work: today, and on a day in the past."""
