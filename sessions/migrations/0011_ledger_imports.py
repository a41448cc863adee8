import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('study_sessions', '0010_remarks_by_principal_leaders'),
        ('units', '0007_throttle_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='导入时间')),
                ('edited_cells', models.PositiveIntegerField(default=0, verbose_name='导入前改动的格数')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_imports', to='units.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '台账导入',
                'verbose_name_plural': '台账导入',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='ledger',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='source', to='study_sessions.ledgerimport', verbose_name='台账导入'),
        ),
        migrations.AddField(
            model_name='studysession',
            name='ledger_import',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='study_sessions.ledgerimport', verbose_name='台账导入'),
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_of_one_thing',
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('plan__isnull', True), ('report__isnull', True), ('session__isnull', False)), models.Q(('plan__isnull', False), ('report__isnull', True), ('session__isnull', True)), models.Q(('plan__isnull', True), ('report__isnull', False), ('session__isnull', True)), _connector='OR'), ('ledger__isnull', True)), models.Q(('ledger__isnull', False), ('plan__isnull', True), ('report__isnull', True), ('session__isnull', True)), _connector='OR'), name='evidence_of_one_thing'),
        ),
    ]
