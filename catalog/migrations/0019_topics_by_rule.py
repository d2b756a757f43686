"""Topics of works follow from rules; what editors added or took out by hand stays, as choices."""

import django.db.models.deletion
from django.db import migrations, models

IN_DATABASE_ALREADY = [
    migrations.CreateModel(
        name="TopicOfWork",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "publication",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="topic_links",
                    to="catalog.publication",
                ),
            ),
            (
                "topic",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="work_links",
                    to="catalog.topic",
                ),
            ),
        ],
        options={
            "verbose_name": "topic of a work",
            "verbose_name_plural": "topics of works",
            "db_table": "catalog_publication_topics",
            "unique_together": {("publication", "topic")},
        },
    ),
    migrations.AlterField(
        model_name="publication",
        name="topics",
        field=models.ManyToManyField(
            blank=True,
            related_name="publications",
            through="catalog.TopicOfWork",
            to="catalog.topic",
            verbose_name="topics",
        ),
    ),
]
BASES = [
    ("title", "Its title"),
    ("number", "Its number"),
    ("series", "Its series"),
    ("group", "Its group"),
    ("kind", "Its kind"),
    ("family", "Its collection"),
    ("editor", "An editor"),
]


def keep_what_editors_chose(apps, schema_editor):
    """Make a choice of each link that differs from what the files said when they were loaded."""
    names = ("LoadedRow", "Publication", "TopicOfWork", "Topic", "TopicChoice")
    loaded, work, link, topic, choice = (apps.get_model("catalog", name) for name in names)
    said = {
        row.natural_key: {key for (key,) in row.values.get("topics", ())}
        for row in loaded.objects.filter(model="catalog.publication")
    }
    topics = dict(topic.objects.values_list("key", "pk"))
    now = {}
    for pk, key in link.objects.values_list("publication", "topic__key"):
        now.setdefault(pk, set()).add(key)
    rows = []
    for pk, key, identifier in work.objects.values_list("pk", "key", "identifier"):
        is_now, was = now.get(pk, set()), said.get(key, set())
        for kind, keys in (("listed", is_now - was), ("left-out", was - is_now)):
            rows += [
                choice(
                    topic_id=topics[name],
                    reference=identifier or key,
                    work_id=pk,
                    choice=kind,
                    reason="Decided by an editor.",
                )
                for name in sorted(keys & topics.keys())
            ]
    choice.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0018_kinds_of_partners"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=IN_DATABASE_ALREADY),
        migrations.AddField(
            model_name="topicofwork",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=BASES,
                default="",
                editable=False,
                max_length=24,
                verbose_name="by what",
            ),
        ),
        migrations.AddField(
            model_name="topicofwork",
            name="words",
            field=models.CharField(blank=True, default="", editable=False, max_length=400),
        ),
        migrations.AddConstraint(
            model_name="topicofwork",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", [*(word for word, _label in BASES), ""])),
                name="topicofwork_basis_known",
                violation_error_message="This word is not in the list of allowed ones.",
            ),
        ),
        migrations.RunPython(keep_what_editors_chose, migrations.RunPython.noop),
    ]
