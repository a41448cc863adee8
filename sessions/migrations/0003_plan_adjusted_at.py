from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('study_sessions', '0002_one_record_a_form'),
    ]

    operations = [
        migrations.AddField(
            model_name='annualplan',
            name='adjusted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='调整时间'),
        ),
    ]
