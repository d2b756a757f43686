"""The app, and the admin site with the editors' grouping."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")


class CatalogAdminConfig(AdminConfig):
    """Django's admin, with the site that groups models by purpose."""

    default_site = "catalog.editors_site.EditorsSite"
