"""What each page shows, as one small object that its template knows as `page`.

What stands in them is worked out when the template asks for it, and once.
"""
