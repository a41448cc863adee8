from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("study_sessions", "0009_sessions_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="outcome",
            name="by_principal",
            field=models.BooleanField(db_default=False, default=False, verbose_name="主要领导批示"),
        ),
    ]
