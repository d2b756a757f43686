"""Rows that the desk shows and nobody changes there."""

from __future__ import annotations


class ReadOnly:
    """Nothing is added, changed or deleted; stands before the admin class that it limits."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
